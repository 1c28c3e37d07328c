package org.almoner.tax.issue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almoner.ledger.append.Committed;
import org.almoner.ledger.append.FileCheckpointRegister;
import org.almoner.ledger.append.FileLogStore;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.append.SequencerStopped;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.NoteSigner;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.ledger.witness.Cosigner;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.UsageReport;

/** A real log in files, with a few donors' signed reports in it. */
public final class SmallLog implements StatementLog {
  public static final String ORIGIN = "log.example/2026";
  public static final SigningKey LOG_KEY = SigningKey.of(filled(1));

  private final FileLogStore store;
  private final Map<Long, Long> withdrawn = new LinkedHashMap<>();
  private final List<Cosigner> witnesses = new ArrayList<>();
  private final SigningKey key;
  private final Sequencer sequencer;
  private final Map<DonorId, List<UsageOpening>> openings = new LinkedHashMap<>();
  private long unit;
  private int replica;
  private final Map<String, Logged> records = new HashMap<>();
  public final Set<DonorId> erased = new HashSet<>();
  public boolean refuseReceipts;

  /** Runs before and after a record is logged. */
  public Step die = () -> {};

  /** May end what is going on. */
  public interface Step {
    void run() throws IOException;
  }

  public SmallLog(Path folder) throws Exception {
    this(folder, LOG_KEY);
  }

  /** A log of the same name under another key. */
  public SmallLog(Path folder, SigningKey key) throws Exception {
    this.key = key;
    store = FileLogStore.open(folder.resolve("public"), folder.resolve("private"));
    FileCheckpointRegister register =
        new FileCheckpointRegister(
            folder.resolve("public").resolve("checkpoint"), folder.resolve("private/lock"));
    List<NoteSigner> signers = List.of(new Ed25519NoteSigner(ORIGIN, key));
    Sequencer.create(ORIGIN, signers, store, register);
    sequencer = Sequencer.open(ORIGIN, signers, store, register);
  }

  public static VerifierKey verifierKey() {
    return new VerifierKey(ORIGIN, LOG_KEY.publicKey());
  }

  public static DonorId donor(int number) {
    return new DonorId(Bytes.of(java.util.Arrays.copyOf(filled(number), DonorId.SIZE)));
  }

  /** Logs one report of {@code lines} lines of a second each, ending at {@code endMs}. */
  public List<Long> report(DonorId donor, long endMs, int lines) throws Exception {
    SigningKey agent = SigningKey.of(Hash.sha256(donor.octets().toArray()).toArray());
    List<UsageLine> list = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      list.add(line(endMs));
    }
    Hash prev = Hash.sha256(new byte[] {(byte) unit});
    UsageReport report = new UsageReport(ORIGIN, AgentId.of(agent.publicKey()), unit, prev, list);
    Envelope signed = Envelope.sign(Envelope.Kind.USAGE_REPORT, report.toJson(), agent);
    List<Long> leaves = new ArrayList<>();
    for (int part = 0; part < lines; part++) {
      Hash salt = Hash.sha256(signed.record().toArray(), new byte[] {(byte) part});
      long leaf =
          log(Commitment.of(Kind.USAGE, ORIGIN, salt, part, signed.record()).entry()).firstIndex();
      openings
          .computeIfAbsent(donor, d -> new ArrayList<>())
          .add(new UsageOpening(leaf, salt, part, signed));
      leaves.add(leaf);
    }
    return leaves;
  }

  /** A donor of many. */
  public static DonorId numbered(int number) {
    byte[] octets =
        java.util.Arrays.copyOf(
            Hash.sha256(new byte[] {(byte) number, (byte) (number >> 8)}).toArray(), DonorId.SIZE);
    return new DonorId(Bytes.of(octets));
  }

  /** Logs a report of {@code lines} lines for each of {@code donors}, and accepts all of them. */
  public void reportForAll(int donors, int lines, long endMs) throws Exception {
    List<Bytes> entries = new ArrayList<>();
    List<Outcome> accepted = new ArrayList<>();
    long first = sequencer.checkpoint().checkpoint().size();
    for (int number = 1; number <= donors; number++) {
      DonorId donor = numbered(number);
      SigningKey agent = SigningKey.of(Hash.sha256(donor.octets().toArray()).toArray());
      List<UsageLine> list = new ArrayList<>();
      for (int i = 0; i < lines; i++) {
        list.add(line(endMs));
      }
      UsageReport report =
          new UsageReport(ORIGIN, AgentId.of(agent.publicKey()), 0, Hash.ZERO, list);
      Envelope signed = Envelope.sign(Envelope.Kind.USAGE_REPORT, report.toJson(), agent);
      List<UsageOpening> opened = new ArrayList<>();
      for (int part = 0; part < lines; part++) {
        Hash salt = Hash.sha256(signed.record().toArray(), new byte[] {(byte) part});
        opened.add(new UsageOpening(first + entries.size(), salt, part, signed));
        entries.add(
            Commitment.of(Kind.USAGE, ORIGIN, salt, part, signed.record()).entry().octets());
        accepted.add(Outcome.ACCEPTED);
      }
      openings.put(donor, opened);
    }
    sequencer.commit(entries, Bytes.of(new byte[0]));
    for (int from = 0; from < accepted.size(); from += SETTLED_TOGETHER) {
      int to = Math.min(from + SETTLED_TOGETHER, accepted.size());
      log(new Settlement(first + from, accepted.subList(from, to)).entry());
    }
  }

  private static final int SETTLED_TOGETHER = 1_000;

  /** Logs another replica of the unit that was logged last; returns its leaf. */
  public long replica(DonorId donor, long endMs) throws Exception {
    unit--;
    replica++;
    try {
      return report(donor, endMs, 1).get(0);
    } finally {
      replica--;
    }
  }

  /** Settles one leaf. */
  public void settle(long leaf, Outcome outcome) throws Exception {
    log(new Settlement(leaf, List.of(outcome)).entry());
  }

  public Committed log(Entry entry) throws SequencerStopped {
    return sequencer.commit(List.of(entry.octets()), Bytes.of(new byte[0]));
  }

  /** Logs {@code count} entries that nobody opens, in one batch. */
  public void fill(int count) throws SequencerStopped {
    List<Bytes> entries = new ArrayList<>();
    for (int part = 0; part < count; part++) {
      entries.add(Commitment.of(Kind.USAGE, ORIGIN, Hash.ZERO, part, Hash.ZERO).entry().octets());
    }
    sequencer.commit(entries, Bytes.of(new byte[0]));
  }

  /** The log as somebody outside reads it. */
  public FileLogStore tiles() {
    return store;
  }

  @Override
  public String origin() {
    return ORIGIN;
  }

  @Override
  public long maturitySeconds() {
    return 0;
  }

  @Override
  public boolean openPeriod() {
    return false;
  }

  @Override
  public List<DonorId> donors() {
    return List.copyOf(openings.keySet());
  }

  @Override
  public List<UsageOpening> openings(DonorId donor) {
    return List.copyOf(openings.getOrDefault(donor, List.of()));
  }

  /** Puts another opening in place of one. */
  public void replaceOpening(DonorId donor, int place, UsageOpening by) {
    openings.get(donor).set(place, by);
  }

  @Override
  public SignedCheckpoint checkpoint() {
    return sequencer.checkpoint();
  }

  @Override
  public LogReader reader() {
    return new LogReader(store);
  }

  @Override
  public boolean isErased(DonorId donor) {
    return erased.contains(donor);
  }

  @Override
  public List<Logged> logStatements(List<Content> statements) throws IOException {
    return logRecords(Kind.STATEMENT, statements);
  }

  @Override
  public List<Logged> logReceipts(List<Content> receipts) throws IOException {
    return logRecords(Kind.RECEIPT, receipts);
  }

  /** Logs what was not logged before, all of it in one batch. */
  private List<Logged> logRecords(Kind kind, List<Content> contents) throws IOException {
    if (contents.isEmpty()) {
      return List.of();
    }
    die.run();
    if (refuseReceipts && kind == Kind.RECEIPT) {
      throw new IOException("the power went");
    }
    List<Content> fresh =
        contents.stream().filter(c -> !records.containsKey(key(kind, c))).toList();
    if (!fresh.isEmpty()) {
      logFresh(kind, fresh);
    }
    die.run();
    return contents.stream().map(c -> records.get(key(kind, c))).toList();
  }

  @Override
  public long logWithdrawal(Withdrawal withdrawal) throws IOException {
    die.run();
    try {
      Long before = withdrawn.get(withdrawal.statement());
      if (before != null) {
        return before;
      }
      long leaf = log(withdrawal.entry()).firstIndex();
      withdrawn.put(withdrawal.statement(), leaf);
      die.run();
      return leaf;
    } catch (SequencerStopped e) {
      throw new IOException(e);
    }
  }

  private static String key(Kind kind, Content content) {
    return kind + Hash.sha256(content.record().toArray()).toHex();
  }

  private void logFresh(Kind kind, List<Content> fresh) throws IOException {
    try {
      List<Hash> salts = new ArrayList<>();
      List<Bytes> entries = new ArrayList<>();
      for (Content content : fresh) {
        Hash salt = Hash.sha256(content.record().toArray());
        salts.add(salt);
        entries.add(Commitment.of(kind, ORIGIN, salt, 0, content.record()).entry().octets());
      }
      Committed committed = sequencer.commit(entries, Bytes.of(new byte[0]));
      SignedCheckpoint checkpoint = witnessed();
      for (int i = 0; i < fresh.size(); i++) {
        long leaf = committed.firstIndex() + i;
        records.put(
            key(kind, fresh.get(i)),
            new Logged(leaf, salts.get(i), reader().inclusion(leaf, committed.size()), checkpoint));
      }
    } catch (SequencerStopped | NoteRejected | MalformedCheckpoint e) {
      throw new IOException(e);
    }
  }

  /** Lets somebody sign each checkpoint under which a record is proved. */
  public void witnessedBy(Cosigner witness) {
    witnesses.add(witness);
  }

  /** The newest checkpoint with those witnesses' lines. */
  public SignedCheckpoint witnessed() throws NoteRejected, MalformedCheckpoint {
    SignedNote note = sequencer.checkpoint().note();
    for (Cosigner witness : witnesses) {
      note = note.with(List.of(witness.sign(note.text(), 1_800_000_000)));
    }
    return SignedCheckpoint.open(note, ORIGIN, List.of(new VerifierKey(ORIGIN, key.publicKey())));
  }

  private UsageLine line(long endMs) {
    Hash any = Hash.sha256(new byte[] {7});
    unit++;
    return new UsageLine(
        new LeaseId(BatchId.parseHex("00112233445566aa"), unit, replica),
        any,
        any,
        "almoner-meter/1",
        endMs - 1_000,
        endMs,
        1_000,
        900,
        80 << 20,
        64 << 20,
        128 << 20,
        List.of(),
        1_000_000,
        any,
        any,
        0,
        List.of());
  }

  private static byte[] filled(int value) {
    byte[] octets = new byte[32];
    java.util.Arrays.fill(octets, (byte) value);
    return octets;
  }
}
