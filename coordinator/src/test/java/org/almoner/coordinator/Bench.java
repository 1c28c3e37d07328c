package org.almoner.coordinator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.almoner.coordinator.desk.LineOpening;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.intake.Openings;
import org.almoner.coordinator.keys.Keys;
import org.almoner.coordinator.memory.MemoryKeyShelf;
import org.almoner.coordinator.memory.MemoryLog;
import org.almoner.coordinator.memory.MemoryRegister;
import org.almoner.coordinator.memory.MemoryRows;
import org.almoner.coordinator.opening.KeyShelf;
import org.almoner.coordinator.opening.OpeningKeys;
import org.almoner.ledger.append.LogRefused;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.read.LogReader;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.release.Release;
import org.almoner.workload.batch.BatchSpec;
import org.almoner.workload.batch.BatchUnits;

/** A coordinator on a bench: stores in memory, a clock that stands still, an owner with work. */
final class Bench implements AutoCloseable {
  static final String ORIGIN = "log.example.org/2026";
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  static final byte[] MODULE = StubAgent.utf8("a module");

  final TestClock clock;
  final MemoryBlobs blobs = new MemoryBlobs();
  final Keys keys;
  final SigningKey ownerKey;
  final SeededRandom random;
  Config config =
      Config.of(ORIGIN, "almoner/0.1.0", "almoner-meter/1")
          .withLeaseMin(Duration.ofMinutes(10))
          .withMaturity(Duration.ofDays(1));
  Stores stores = new Stores(new MemoryRows(), new MemoryLog(), new MemoryRegister());
  KeyShelf openings = new MemoryKeyShelf();
  Optional<String> moduleRefusal = Optional.empty();
  private Coordinator coordinator;

  Bench() {
    this(1, NOON);
  }

  Bench(long seed, Instant start) {
    clock = new TestClock(start);
    random = new SeededRandom(seed);
    keys = new Keys(SigningKey.generate(random), SigningKey.generate(random));
    ownerKey = SigningKey.generate(random);
    blobs.put(MODULE);
  }

  Bench open() {
    try {
      coordinator =
          Coordinator.open(
              config,
              stores,
              openings,
              blobs,
              (module, allotment) -> moduleRefusal,
              keys,
              clock,
              random);
      return this;
    } catch (LogRefused | IOException e) {
      throw new AssertionError(e);
    }
  }

  Coordinator desk() {
    return coordinator;
  }

  /** What opens the entry at {@code leaf}; empty when no agent signed what stands there. */
  Optional<LineOpening> opening(long leaf) {
    return openings(List.of(leaf)).stream().findFirst();
  }

  /** What opens the entries at these leaves, as far as any does. */
  List<LineOpening> openings(Collection<Long> leaves) {
    try {
      Openings all = new Openings(stores.rows(), OpeningKeys.open(stores.rows(), openings, random));
      List<LineOpening> found = new java.util.ArrayList<>();
      for (long leaf : leaves) {
        all.at(leaf).ifPresent(found::add);
      }
      return found;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Bench reopen() {
    coordinator.close();
    return open();
  }

  void approveOwner() {
    coordinator.approveOwner("Institute", ownerKey.publicKey()).join();
  }

  Envelope release(String version) {
    Release release =
        new Release(
            "adder",
            version,
            "MIT",
            "https://example.org/adder",
            "0".repeat(40),
            "clang 14",
            new BlobRef("adder.wasm", Hash.sha256(MODULE), MODULE.length),
            List.of("{first}", "{last}"));
    return Envelope.sign(Envelope.Kind.RELEASE, release.toJson(), ownerKey);
  }

  BatchSpec spec(long units, int agree) {
    return new BatchSpec(
        ORIGIN,
        "adder",
        "Add the numbers of a range, for a test.",
        release("1.0").digest(),
        new BatchUnits.Range(1, units * 10, 10),
        List.of(),
        new Allotment(2, 1 << 20, 1 << 20, 60_000),
        List.of(StubAgent.FILE),
        agree);
  }

  Envelope sign(BatchSpec spec) {
    return Envelope.sign(Envelope.Kind.BATCH, spec.toJson(), ownerKey);
  }

  org.almoner.protocol.lease.BatchId submit(long units) {
    return coordinator.submit(sign(spec(units, 2)), release("1.0")).join();
  }

  StubAgent agent(long seed) {
    StubAgent agent = new StubAgent(ORIGIN, seed);
    coordinator.enrol(agent.enrolment()).join();
    return agent;
  }

  /** Makes the agent one of a donor's. */
  org.almoner.protocol.identity.DonorId link(StubAgent agent) {
    var donor = coordinator.openAccount().join().donor();
    coordinator.link(agent.link(coordinator.drawCode(donor).join())).join();
    return donor;
  }

  SignedCheckpoint checkpoint() {
    try {
      return SignedCheckpoint.open(
          stores.register().read().orElseThrow(),
          ORIGIN,
          keys.log().stream().map(k -> new Ed25519NoteSigner(ORIGIN, k).verifier()).toList());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  List<Entry> entries() {
    long size = checkpoint().checkpoint().size();
    LogReader reader = new LogReader(stores.log());
    List<Entry> entries = new java.util.ArrayList<>();
    try {
      for (long i = 0; i < size; i++) {
        entries.add(Entry.parse(reader.entry(i, size)));
      }
    } catch (IOException | MalformedEntry e) {
      throw new AssertionError(e);
    }
    return entries;
  }

  /** What the settlements among {@code entries} say of a leaf; fails when two say something. */
  static Outcome outcome(List<Entry> entries, long leaf) {
    Outcome said = Outcome.NONE;
    for (Entry entry : entries) {
      try {
        if (entry.kind() == Kind.SETTLEMENT) {
          Outcome next = Settlement.parse(entry).outcome(leaf);
          if (said != Outcome.NONE && next != Outcome.NONE) {
            throw new AssertionError("leaf " + leaf + " is settled twice");
          }
          said = next == Outcome.NONE ? said : next;
        }
      } catch (MalformedEntry e) {
        throw new AssertionError(e);
      }
    }
    return said;
  }

  /** The refusal a future ends with. */
  static Refusal refusal(CompletableFuture<?> future) {
    try {
      Object answer = future.join();
      throw new AssertionError("expected a refusal, got " + answer);
    } catch (CompletionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        return refusal;
      }
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    coordinator.close();
  }
}
