package org.almoner.agent;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.almoner.agent.contact.Answer;
import org.almoner.agent.contact.CoordinatorClient;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.lease.Renewal;
import org.almoner.protocol.lease.RenewalAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every few minutes how far the leases in hand have come, and ends the units that are not
 * wanted any more. Has a thread of its own, so that no upload and no patience keeps it from that.
 */
final class Renewing {
  /** No coordinator makes an agent come more often than this part of its own mean. */
  private static final int LEAST_PART = 10;

  private static final Logger LOG = LoggerFactory.getLogger(Renewing.class);

  private final AgentSettings settings;
  private final Station station;
  private final CoordinatorClient client;
  private final Bench bench;
  private final RandomGenerator random;
  private final Wakeup never = new Wakeup();

  Renewing(
      AgentSettings settings,
      Station station,
      CoordinatorClient client,
      Bench bench,
      RandomGenerator random) {
    this.settings = settings;
    this.station = station;
    this.client = client;
    this.bench = bench;
    this.random = random;
  }

  /** Starts the thread; an interrupt ends it. */
  Thread start() {
    Thread thread = new Thread(this::run, "renewals");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void run() {
    try {
      // A thousand agents that start together do not come together.
      Duration wait = drawn();
      while (true) {
        never.await(wait);
        wait = sayAnyway();
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("no more renewals are sent");
    } catch (RuntimeException e) {
      bench.broke(e);
    }
  }

  /** A disk that cannot keep what was answered now is told it again the next time. */
  private Duration sayAnyway() throws InterruptedException {
    try {
      return say();
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("A renewal was not heeded");
      return drawn();
    }
  }

  /** Says it once; returns how long to wait before it is said again. */
  private Duration say() throws IOException, InterruptedException {
    List<Renewal.Held> held = bench.held();
    if (held.isEmpty()) {
      return drawn();
    }
    Renewal renewal = new Renewal(station.coordinator().origin(), station.key().id(), held);
    Envelope signed = station.key().sign(Envelope.Kind.RENEWAL, renewal.toJson());
    Answer<RenewalAnswer> answer = client.renew(signed);
    if (answer instanceof Answer.Given<RenewalAnswer> given) {
      heed(given.value());
      return atMost(given.value().next());
    }
    if (answer instanceof Answer.Refused<RenewalAnswer> no) {
      LOG.atWarn().addKeyValue("reason", no.problem().detail()).log("A renewal was refused");
    } else if (answer instanceof Answer.Unavailable<RenewalAnswer> not) {
      LOG.atInfo().addKeyValue("reason", not.sentence()).log("A renewal was not answered");
      Duration asked = not.retryAfter();
      return atMost(asked.compareTo(drawn()) > 0 ? asked : drawn());
    }
    return drawn();
  }

  private void heed(RenewalAnswer answer) throws IOException {
    for (RenewalAnswer.Word word : answer.leases()) {
      if (word instanceof RenewalAnswer.Drop drop) {
        bench.drop(drop.lease(), drop.reason());
      } else if (word instanceof RenewalAnswer.GoOn goOn) {
        station.leases().renewed(goOn.lease(), goOn.deadlineMs());
      }
    }
  }

  private Duration atMost(Duration told) {
    Duration least = settings.renewal().dividedBy(LEAST_PART);
    Duration most = AgentSettings.RENEWAL_MAX;
    return told.compareTo(most) > 0 ? most : told.compareTo(least) < 0 ? least : told;
  }

  /** Half of the mean to one and a half times. */
  private Duration drawn() {
    long mean = settings.renewal().toMillis();
    return atMost(Duration.ofMillis(mean / 2 + random.nextLong(mean + 1)));
  }
}
