package org.almoner.trials.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.almoner.agent.contact.Allowance;
import org.almoner.agent.contact.Answer;
import org.almoner.agent.contact.Backoff;
import org.almoner.agent.contact.CoordinatorClient;
import org.almoner.agent.contact.LeaseAnswer;
import org.almoner.agent.contact.LogTiles;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.lease.VerifiedGrant;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.origin.LogKeys;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.outbox.Chain;
import org.almoner.agent.proof.CheckpointKeeper;
import org.almoner.agent.proof.LineProof;
import org.almoner.agent.proof.Receipt;
import org.almoner.agent.proof.ReceiptCheck;
import org.almoner.agent.proof.ReceiptRejected;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.protocol.usage.UsageLine;

/**
 * An agent that works without computing.
 *
 * <p>It asks, answers, and keeps sending the same octets until it has the receipt; a refusal is a
 * failure of the trial. Every receipt is checked as a real agent checks it, and the largest
 * checkpoint is kept on disk, so that a log that forgets or forks is found at once.
 */
public final class LoadAgent {
  private static final Duration STALL_MAX = Duration.ofSeconds(30);
  private static final Duration STANDSTILL_MAX = Duration.ofSeconds(150);
  private static final long PAUSE_MS = 25;
  private static final int WANT_MAX = 12;

  private final Pinned coordinator;
  private final Supplier<URI> address;
  private final HttpClient http = CoordinatorClient.transport().build();
  private final SigningAgent self;
  private final String donor;
  private final AcknowledgedLines list;
  private final CheckpointKeeper keeper;
  private final ReceiptCheck check;
  private final Random random;
  private final int lieOneIn;
  private Chain chain = Chain.START;

  /**
   * An agent that is not enrolled yet.
   *
   * @param address where the coordinator is at this moment
   * @param home for its largest checkpoint
   * @param donor a word for whom it belongs to
   * @param lieOneIn one answer in so many is wrong; 0 for an honest agent
   */
  public LoadAgent(
      Pinned coordinator,
      Supplier<URI> address,
      Path home,
      SigningKey key,
      String donor,
      AcknowledgedLines list,
      Random random,
      int lieOneIn)
      throws Exception {
    this.coordinator = coordinator;
    this.address = address;
    this.self = new SigningAgent(coordinator.origin(), key);
    this.donor = donor;
    this.list = list;
    this.random = random;
    this.lieOneIn = lieOneIn;
    FsyncDisk disk = new FsyncDisk();
    disk.makeDirectory(home);
    this.keeper =
        CheckpointKeeper.open(
            home, disk, LogKeys.open(home, disk, coordinator), () -> Rotations.NONE, this::between);
    this.check = new ReceiptCheck(coordinator.origin(), keeper, this::between);
  }

  /** Enrols and links to the donor of {@code code}. */
  public void introduce(String code) throws Exception {
    Envelope enrol = self.enrolment();
    prove(enrol, 1, client -> client.enrol(enrol));
    Envelope join = self.link(code);
    prove(join, 1, client -> client.link(join));
  }

  /** Works until told to stop and nothing is in hand. */
  public void work(AtomicBoolean stop) throws Exception {
    while (!stop.get()) {
      Envelope request = self.request(1 + random.nextInt(WANT_MAX), random);
      LeaseAnswer answer = insist(client -> client.lease(request));
      if (answer instanceof LeaseAnswer.Granted granted) {
        answer(VerifiedGrant.of(granted.grant(), coordinator, self.id()));
      } else {
        Thread.sleep(PAUSE_MS + random.nextInt(100));
      }
    }
  }

  private void answer(VerifiedGrant granted) throws Exception {
    List<UsageLine> lines = new ArrayList<>();
    List<Boolean> honest = new ArrayList<>();
    Map<Hash, Bytes> outputs = new HashMap<>();
    for (Lease lease : granted.grant().leases()) {
      boolean lies = lieOneIn > 0 && random.nextInt(lieOneIn) == 0;
      OutputBundle output = lies ? Rule.bundle("a lie of " + donor) : Rule.output(lease);
      outputs.put(output.digest(), Bytes.of(output.encode()));
      honest.add(!lies);
      lines.add(SigningAgent.line(granted.envelope(), lease, output));
    }
    Envelope envelope = self.report(chain, lines);
    long known = keeper.size();
    Receipt receipt =
        prove(envelope, lines.size(), client -> client.report(envelope, outputs, known));
    Hash record = Hash.sha256(envelope.record().toArray());
    List<AcknowledgedLine> acknowledged = new ArrayList<>();
    for (LineProof proof : receipt.lines()) {
      acknowledged.add(
          new AcknowledgedLine(
              lines.get(proof.part()).lease(),
              donor,
              honest.get(proof.part()),
              proof.leaf(),
              proof.salt(),
              proof.part(),
              record));
    }
    list.add(acknowledged);
    chain = Chain.after(chain.seq(), envelope.digest());
  }

  /** Sends until a receipt came, and checks it. */
  private Receipt prove(Envelope record, int parts, Request<Receipt> request) throws Exception {
    while (true) {
      Receipt receipt = insist(request);
      URI asked = address.get();
      try {
        check.check(record, parts, receipt);
        return receipt;
      } catch (ReceiptRejected e) {
        // Tiles that could not be fetched are no fault of the log while the coordinator is down.
        if (asked.equals(address.get()) && CoordinatorIsUp.at(asked)) {
          throw e;
        }
      }
    }
  }

  /** One call to the coordinator. */
  private interface Request<T> {
    Answer<T> to(CoordinatorClient client) throws InterruptedException;
  }

  private <T> T insist(Request<T> request) throws Exception {
    long end = System.nanoTime() + STANDSTILL_MAX.toNanos();
    while (true) {
      Answer<T> answer = request.to(client());
      if (answer instanceof Answer.Given<T> given) {
        return given.value();
      }
      if (answer instanceof Answer.Refused<T> no) {
        throw new AssertionError("the load was refused: " + no.problem());
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("no answer for " + STANDSTILL_MAX + ": " + answer);
      }
      Thread.sleep(PAUSE_MS);
    }
  }

  private CoordinatorClient client() {
    return new CoordinatorClient(
        new CoordinatorAddress(address.get().resolve("/")),
        http,
        STALL_MAX,
        new Backoff(random),
        wait -> Thread.sleep(Math.min(wait.toMillis(), PAUSE_MS)));
  }

  private org.almoner.ledger.tree.ConsistencyProof between(long first, long second)
      throws java.io.IOException {
    return new LogTiles(
            new CoordinatorAddress(address.get().resolve("/")),
            http,
            STALL_MAX,
            Allowance.unlimited())
        .between(first, second);
  }
}
