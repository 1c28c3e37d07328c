package org.almoner.command.bench.receipts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.almoner.command.bench.BenchFailed;
import org.almoner.ledger.append.Committed;
import org.almoner.ledger.append.FileCheckpointRegister;
import org.almoner.ledger.append.FileLogStore;
import org.almoner.ledger.append.LogRefused;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.append.SequencerStopped;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Rates;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.NoteSigner;
import org.almoner.ledger.read.LogReader;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.Energy;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.UsageReport;

/**
 * A log in files with the lines of many donors, spread over a year and over the log as they would
 * be: every donor's first report, every donor's second, and so on.
 */
final class ReceiptsLog implements AutoCloseable {
  static final String ORIGIN = "bench.almoner.local/receipts";

  /** The year in which all lines were made. */
  static final int YEAR = 2026;

  /** Settled in the log's own time: that of the bench never shows. */
  private static final long YEAR_BEGINS_MS =
      LocalDate.of(YEAR, 1, 1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();

  private static final long DAY_MS = 86_400_000;
  private static final int LINES_PER_REPORT_MAX = 10;
  private static final int MONTHS = 12;
  private static final int ENTRIES_PER_GROUP = 4_096;
  private static final int SETTLED_TOGETHER = 8_192;

  /** One line of so many did not count. */
  private static final int ONE_REFUSED_IN = 50;

  private static final long MEMORY_BYTES = 512L << 20;
  private static final long WALL_MS = 1_800_000;
  private static final SigningKey LOG_KEY = SigningKey.of(filled(1));
  private static final Hash RELEASE = Hash.sha256(filled(2));
  private static final long RATE = 1_000;

  private final Path folder;
  private final FileLogStore store;
  private final Sequencer sequencer;

  private ReceiptsLog(Path folder, FileLogStore store, Sequencer sequencer) {
    this.folder = folder;
    this.store = store;
    this.sequencer = sequencer;
  }

  /** Opens the log in {@code folder}, or makes an empty one there. */
  static ReceiptsLog open(Path folder) throws IOException, BenchFailed {
    boolean made = Files.exists(folder.resolve("public"));
    Files.createDirectories(folder.resolve("donors"));
    FileLogStore store = FileLogStore.open(folder.resolve("public"), folder.resolve("private"));
    FileCheckpointRegister register =
        new FileCheckpointRegister(
            folder.resolve("public").resolve("checkpoint"), folder.resolve("private/lock"));
    List<NoteSigner> signers = List.of(signer());
    try {
      if (!made) {
        Sequencer.create(ORIGIN, signers, store, register);
      }
      return new ReceiptsLog(folder, store, Sequencer.open(ORIGIN, signers, store, register));
    } catch (LogRefused e) {
      throw new BenchFailed("the log of the measurement does not open: " + e.getMessage(), e);
    }
  }

  /** Signs and logs {@code lines} lines of each of {@code donors} donors, and settles them. */
  void fill(int donors, int lines) throws IOException, BenchFailed {
    SplittableRandom drawn = new SplittableRandom(lines);
    List<SigningKey> keys = new ArrayList<>();
    List<Hash> last = new ArrayList<>(Collections.nCopies(donors, Hash.ZERO));
    for (int donor = 0; donor < donors; donor++) {
      keys.add(SigningKey.of(drawn(drawn).toArray()));
    }
    commit(List.of(new Rates(RATE, new TreeMap<>(Map.of(RELEASE, RATE))).entry().octets()));
    int perReport = Math.max(1, Math.min(LINES_PER_REPORT_MAX, lines / MONTHS));
    long first = checkpoint().checkpoint().size();
    List<Bytes> group = new ArrayList<>();
    long next = first;
    for (int done = 0, seq = 0; done < lines; done += perReport, seq++) {
      int now = Math.min(perReport, lines - done);
      for (int donor = 0; donor < donors; donor++) {
        List<UsageLine> made = new ArrayList<>();
        for (int i = 0; i < now; i++) {
          made.add(line(donor, done + i, lines, drawn));
        }
        SigningKey key = keys.get(donor);
        UsageReport report =
            new UsageReport(ORIGIN, AgentId.of(key.publicKey()), seq, last.get(donor), made);
        Envelope signed = Envelope.sign(Envelope.Kind.USAGE_REPORT, report.toJson(), key);
        last.set(donor, signed.digest());
        List<Hash> salts = new ArrayList<>();
        Hash record = Hash.sha256(signed.record().toArray());
        for (int part = 0; part < now; part++) {
          Hash salt = drawn(drawn);
          salts.add(salt);
          group.add(Commitment.of(Kind.USAGE, ORIGIN, salt, part, record).entry().octets());
        }
        donor(donor).add(signed, next, salts);
        next += now;
        if (group.size() >= ENTRIES_PER_GROUP) {
          commit(group);
          group.clear();
        }
      }
    }
    commit(group);
    settle(first, next);
  }

  private void settle(long first, long end) throws BenchFailed {
    for (long from = first; from < end; from += SETTLED_TOGETHER) {
      List<Outcome> outcomes = new ArrayList<>();
      for (long leaf = from; leaf < Math.min(end, from + SETTLED_TOGETHER); leaf++) {
        outcomes.add(leaf % ONE_REFUSED_IN == 0 ? Outcome.NO_QUORUM : Outcome.ACCEPTED);
      }
      commit(List.of(new Settlement(from, outcomes).entry().octets()));
    }
  }

  private static UsageLine line(int donor, int number, int of, SplittableRandom drawn) {
    long endMs = YEAR_BEGINS_MS + DAY_MS + 363L * DAY_MS * number / of;
    return new UsageLine(
        new LeaseId(BatchId.parseHex(String.format("%016x", donor)), number, 0),
        drawn(drawn),
        RELEASE,
        "almoner-meter/1",
        endMs - WALL_MS,
        endMs,
        WALL_MS,
        WALL_MS - drawn.nextLong(WALL_MS / 2),
        MEMORY_BYTES,
        MEMORY_BYTES / 2,
        MEMORY_BYTES,
        List.of(),
        drawn.nextLong(1L << 40),
        drawn(drawn),
        drawn(drawn),
        0,
        List.of(new Energy(20_000 + drawn.nextLong(10_000), Energy.Tier.M2)));
  }

  /** The log's key, which signs the code on a page too. */
  static NoteSigner signer() {
    return new Ed25519NoteSigner(ORIGIN, LOG_KEY);
  }

  DonorFile donor(int number) {
    return new DonorFile(folder.resolve("donors"), number);
  }

  static DonorId id(int donor) {
    return DonorId.parseHex(String.format("%032x", donor + 1));
  }

  SignedCheckpoint checkpoint() {
    return sequencer.checkpoint();
  }

  LogReader reader() {
    return new LogReader(store);
  }

  /** Makes entries part of the log; durable on return. */
  synchronized Committed commit(List<Bytes> entries) throws BenchFailed {
    try {
      return sequencer.commit(entries, Bytes.of(new byte[0]));
    } catch (SequencerStopped e) {
      throw new BenchFailed("the log of the measurement stopped: " + e.getMessage(), e);
    }
  }

  private static Hash drawn(SplittableRandom random) {
    byte[] octets = new byte[Hash.SIZE];
    random.nextBytes(octets);
    return Hash.of(octets);
  }

  private static byte[] filled(int value) {
    byte[] octets = new byte[Hash.SIZE];
    java.util.Arrays.fill(octets, (byte) value);
    return octets;
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
