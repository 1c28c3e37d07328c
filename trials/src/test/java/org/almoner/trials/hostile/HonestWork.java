package org.almoner.trials.hostile;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.almoner.agent.outbox.Chain;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.trials.load.Rule;
import org.almoner.trials.load.SigningAgent;
import org.almoner.trials.world.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An honest agent at an honest pace: it leases a unit, reports it, rests a little. Its cycles are
 * counted; time is not. Nothing it sends may be refused.
 */
final class HonestWork implements AutoCloseable {
  /** Rest after a cycle: far below what one agent may ask, far above what a person would. */
  private static final long REST_MS = 150;

  private static final Logger LOG = LoggerFactory.getLogger(HonestWork.class);

  private final SigningAgent self;
  private final Caller anyone;
  private final Random random;
  private final AtomicLong cycles;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::work, "honest");
  private volatile boolean stopping;

  HonestWork(SigningAgent self, Caller anyone, Random random, AtomicLong cycles) {
    this.self = self;
    this.anyone = anyone;
    this.random = random;
    this.cycles = cycles;
    thread.start();
  }

  /** Fails when anything it sent was refused. */
  void check() {
    Throwable why = failure.get();
    if (why != null) {
      throw new AssertionError("an honest agent could not work", why);
    }
  }

  private void work() {
    try {
      Chain chain = Chain.START;
      while (!stopping) {
        Envelope asked = self.request(1, random);
        Caller.Reply reply = insist("/api/v1/leases", asked.toJson());
        if (reply.object().fields().containsKey("grant")) {
          Envelope grant = Envelope.parse(Envelope.Kind.GRANT, reply.fields().object("grant"));
          Lease lease = SigningAgent.grant(grant).leases().get(0);
          chain = report(chain, grant, lease);
          cycles.incrementAndGet();
        }
        Thread.sleep(REST_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception | AssertionError e) {
      failure.set(e);
    }
  }

  private Chain report(Chain chain, Envelope grant, Lease lease) throws Exception {
    OutputBundle output = Rule.output(lease);
    Envelope report = self.report(chain, List.of(SigningAgent.line(grant, lease, output)));
    String octets = Base64.getEncoder().encodeToString(output.encode());
    JsonValue.Obj body =
        JsonValue.Obj.of()
            .put("report", report.toJson())
            .put("outputs", JsonValue.Obj.of().put(output.digest().toHex(), octets).build())
            .put("knownSize", 0)
            .build();
    insist("/api/v1/reports", body);
    return Chain.after(chain.seq(), report.digest());
  }

  /**
   * Sends until there is an answer, as a real agent does: a machine with much other work may be
   * late (503). To be told that it asks too often (429), or anything else, fails the trial.
   */
  private Caller.Reply insist(String path, JsonValue.Obj body) throws InterruptedException {
    while (true) {
      try {
        Caller.Reply reply = anyone.post(path, body);
        if (reply.status() != 503) {
          return reply.good();
        }
      } catch (IOException e) {
        LOG.atDebug().setCause(e).log("a connection ended; agents open another");
      }
      Thread.sleep(REST_MS);
    }
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
