package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.almoner.coordinator.desk.Proven;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.ledger.append.CheckpointRegister;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.Signature;
import org.junit.jupiter.api.Test;

/** What the ledger promises to those who report, by the numbers of docs/design/ledger-tests.md. */
class LedgerPromisesTests {
  private static final int LINES = 3;

  /** Order of Ed25519's group, by which the second half of a signature can be lengthened. */
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private final Bench bench = new Bench();
  private StubAgent agent;
  private StubAgent.Report report;

  private void lease() {
    bench.open().approveOwner();
    bench.submit(16);
    agent = bench.agent(11);
    StubAgent.Granted granted = agent.lease(bench.desk(), LINES);
    bench.clock.pass(Duration.ofSeconds(1));
    report = agent.honest(granted);
  }

  private CompletableFuture<Receipted> send() {
    return bench.desk().report(report.envelope(), report.outputs(), 0);
  }

  private long usageLeaves() {
    return bench.entries().stream().filter(entry -> entry.kind() == Kind.USAGE).count();
  }

  @Test
  void l11OneReportOverManyConnectionsAtOnceIsOneLeafForEachLine() throws Exception {
    lease();
    int connections = 8;
    CyclicBarrier together = new CyclicBarrier(connections);
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    List<Future<Receipted>> answers = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      answers.add(
          threads.submit(
              () -> {
                together.await();
                return send().join();
              }));
    }
    Set<List<Proven>> proven = new HashSet<>();
    for (Future<Receipted> answer : answers) {
      proven.add(answer.get().proven());
    }
    threads.shutdown();
    assertThat(proven).hasSize(1);
    assertThat(usageLeaves()).isEqualTo(LINES);
    bench.close();
  }

  @Test
  void l11OneReportBeforeAndAfterACrashIsOneLeafForEachLine() {
    FaultyStores faults = new FaultyStores(bench.stores, bench.openings);
    bench.stores = faults.stores();
    bench.openings = faults.keys();
    lease();
    for (FaultyStores.Reach reach : FaultyStores.Reach.values()) {
      for (int write = 1; write <= 4; write++) {
        faults.failAt(write, reach);
        CompletableFuture<Receipted> answer = send();
        answer.handle((receipted, refused) -> true).join();
        faults.heal();
        bench.reopen();
        Set<List<Hash>> salts = new HashSet<>();
        for (int again = 0; again < 2; again++) {
          salts.add(send().join().proven().stream().map(Proven::salt).toList());
        }
        assertThat(salts).hasSize(1);
        assertThat(usageLeaves()).isEqualTo(LINES);
      }
    }
    bench.close();
  }

  @Test
  void l11AnotherSignatureUnderALoggedReportIsNoOtherLeaf() {
    lease();
    Receipted first = agent.send(bench.desk(), report);
    Envelope sent = report.envelope();
    byte[] octets = sent.signature().octets().toArray();
    Envelope flipped = resigned(sent, flipped(octets));
    Envelope lengthened = resigned(sent, lengthened(octets));
    for (Envelope altered : List.of(flipped, lengthened)) {
      var answer = bench.desk().report(altered, Map.of(), 0);
      assertThat(Bench.refusal(answer).problem().slug()).isEqualTo("bad-signature");
    }
    assertThat(send().join()).isEqualTo(first);
    assertThat(usageLeaves()).isEqualTo(LINES);
    bench.close();
  }

  private static Envelope resigned(Envelope sent, byte[] signature) {
    return new Envelope(
        sent.kind(), sent.payload(), sent.signer(), new Signature(Bytes.of(signature)));
  }

  private static byte[] flipped(byte[] signature) {
    byte[] other = signature.clone();
    other[3] ^= 1;
    return other;
  }

  /** The same point and a scalar larger by the group's order, which a lax verifier accepts. */
  private static byte[] lengthened(byte[] signature) {
    byte[] other = signature.clone();
    byte[] scalar = new byte[32];
    for (int i = 0; i < 32; i++) {
      scalar[i] = signature[63 - i];
    }
    byte[] longer = new BigInteger(1, scalar).add(ORDER).toByteArray();
    Arrays.fill(other, 32, 64, (byte) 0);
    for (int i = 0; i < longer.length && i < 32; i++) {
      other[32 + i] = longer[longer.length - 1 - i];
    }
    return other;
  }

  /** A register that publishes only when it is let. */
  private static final class Gate implements CheckpointRegister {
    private final CheckpointRegister whole;
    private final Semaphore entered = new Semaphore(0);
    private volatile CountDownLatch closed = new CountDownLatch(0);

    Gate(CheckpointRegister whole) {
      this.whole = whole;
    }

    @Override
    public Optional<String> read() throws IOException {
      return whole.read();
    }

    @Override
    public boolean compareAndSet(Optional<String> expected, String next) throws IOException {
      entered.release();
      try {
        closed.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return whole.compareAndSet(expected, next);
    }
  }

  @Test
  void l17NoReceiptBeforeItsCheckpointIsPublished() throws Exception {
    Gate gate = new Gate(bench.stores.register());
    bench.stores = new Stores(bench.stores.rows(), bench.stores.log(), gate);
    lease();
    for (int round = 0; round < 5; round++) {
      gate.entered.drainPermits();
      gate.closed = new CountDownLatch(1);
      CompletableFuture<Receipted> answer = send();
      gate.entered.acquire();
      assertThat(answer).isNotDone();
      long size = bench.checkpoint().checkpoint().size();
      gate.closed.countDown();
      Receipted receipted = answer.join();
      assertThat(receipted.checkpoint()).isEqualTo(gate.read().orElseThrow());
      assertThat(receipted.proven()).allMatch(proven -> proven.leaf() >= size);
      assertThat(bench.checkpoint().checkpoint().size()).isEqualTo(size + LINES);
      agent.logged(report);
      if (round < 4) {
        StubAgent.Granted granted = agent.lease(bench.desk(), LINES);
        bench.clock.pass(Duration.ofSeconds(1));
        report = agent.honest(granted);
      }
    }
    bench.close();
  }
}
