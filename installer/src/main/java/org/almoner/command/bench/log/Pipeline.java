package org.almoner.command.bench.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.coordinator.Stores;
import org.almoner.coordinator.ignite.IgniteStores;
import org.almoner.coordinator.journal.Commitments;
import org.almoner.coordinator.journal.Journal;
import org.almoner.coordinator.journal.Logged;
import org.almoner.coordinator.opening.FileKeyShelf;
import org.almoner.coordinator.opening.KeyId;
import org.almoner.coordinator.opening.OpeningKeys;
import org.almoner.coordinator.writer.Writer;
import org.almoner.ledger.append.LogRefused;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tree.InclusionProof;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.VerifiedReport;

/**
 * The way of a report through a coordinator, without leases and without HTTP: signature and record
 * checked, a commitment for each line, journal and log written by the one writer, each line proved.
 * The rooms are the coordinator's own.
 */
final class Pipeline implements AutoCloseable {
  static final String ORIGIN = "bench.almoner.local/log";

  /** Threads that check reports, and as many that build proofs. */
  private static final int THREADS = 2;

  private static final int QUEUE_MAX = 100_000;

  private final IgniteStores store;
  private final SecureRandom random;
  private final VerifierKey logKey;
  private final Journal journal;
  private final KeyId key;
  private final Sequencer sequencer;
  private final Writer writer;
  private final LogReader reader;
  private final ExecutorService checking = Executors.newFixedThreadPool(THREADS);
  private final ExecutorService proving = Executors.newFixedThreadPool(THREADS);
  private final AtomicLong lines = new AtomicLong();
  private final AtomicLong groups = new AtomicLong();

  private Pipeline(
      IgniteStores store,
      Sequencer sequencer,
      OpeningKeys keys,
      VerifierKey logKey,
      SecureRandom random)
      throws IOException {
    this.store = store;
    this.random = random;
    this.logKey = logKey;
    this.journal = Journal.load(store.stores().rows(), keys);
    this.sequencer = sequencer;
    this.reader = new LogReader(store.stores().log());
    this.writer =
        Writer.start(
            sequencer,
            store.stores().rows(),
            InstantSource.system(),
            keys::flush,
            (group, committed) -> {
              reader.learn(committed.tiles());
              groups.incrementAndGet();
            },
            QUEUE_MAX);
    this.key = writer.submit(keys::draw).join();
  }

  /** Opens a new log in {@code folder}. */
  static Pipeline open(Path folder, SecureRandom random) throws IOException {
    IgniteStores store = IgniteStores.open(folder);
    try {
      Ed25519NoteSigner signer = new Ed25519NoteSigner(ORIGIN, SigningKey.generate(random));
      Stores stores = store.stores();
      Sequencer.create(ORIGIN, List.of(signer), stores.log(), stores.register());
      Sequencer sequencer =
          Sequencer.open(ORIGIN, List.of(signer), stores.log(), stores.register());
      FileKeyShelf shelf = new FileKeyShelf(folder.resolve(FileKeyShelf.FILE));
      OpeningKeys keys = OpeningKeys.open(stores.rows(), shelf, random);
      return new Pipeline(store, sequencer, keys, signer.verifier(), random);
    } catch (LogRefused e) {
      store.close();
      throw new IOException("the new log does not open: " + e.getMessage(), e);
    }
  }

  /** Takes a report; done when all its lines are in a published checkpoint and proved. */
  CompletableFuture<Integer> take(Envelope envelope) {
    return CompletableFuture.supplyAsync(() -> check(envelope), checking)
        .thenCompose(checked -> log(envelope, checked))
        .thenApplyAsync(this::prove, proving);
  }

  private record Checked(VerifiedReport report, Commitments commitments) {}

  private Checked check(Envelope envelope) {
    try {
      VerifiedReport report = VerifiedReport.of(envelope);
      int parts = report.report().lines().size();
      return new Checked(
          report, Commitments.draw(Kind.USAGE, ORIGIN, envelope.record(), parts, random));
    } catch (BadSignature | MalformedJson e) {
      throw new IllegalStateException("the supply holds a bad report", e);
    }
  }

  private CompletableFuture<Logged> log(Envelope envelope, Checked checked) {
    List<LeaseId> leases =
        checked.report().report().lines().stream().map(UsageLine::lease).toList();
    return writer.submit(
        group ->
            journal.log(group, checked.commitments(), envelope, key, 0, leases, java.util.Map.of()),
        envelope.payload().size());
  }

  private int prove(Logged logged) {
    long size = sequencer.checkpoint().checkpoint().size();
    List<InclusionProof> proofs = new ArrayList<>();
    try {
      for (int part = 0; part < logged.salts().size(); part++) {
        proofs.add(reader.inclusion(logged.leaf() + part, size));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lines.addAndGet(proofs.size());
    return proofs.size();
  }

  /** Lines proved so far. */
  long lines() {
    return lines.get();
  }

  /** How often a file of the store was synced so far. */
  long syncs() {
    return store.syncs();
  }

  /** Groups published so far. */
  long groups() {
    return groups.get();
  }

  /** The newest checkpoint. */
  SignedCheckpoint checkpoint() {
    return sequencer.checkpoint();
  }

  Stores stores() {
    return store.stores();
  }

  LogReader reader() {
    return reader;
  }

  VerifierKey logKey() {
    return logKey;
  }

  @Override
  public void close() {
    checking.shutdown();
    writer.close();
    proving.shutdown();
    store.close();
  }
}
