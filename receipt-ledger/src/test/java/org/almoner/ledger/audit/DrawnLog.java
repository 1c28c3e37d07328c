package org.almoner.ledger.audit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.ledger.check.Finding;
import org.almoner.ledger.entry.CheckSecret;
import org.almoner.ledger.entry.Day;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.entry.Voiding;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.UsageReport;

/** A log with lines of some agents, and what an audit of it finds. */
abstract class DrawnLog {
  static final String ORIGIN = "log.example/2026";
  static final SigningKey ADA = key(1);
  static final SigningKey BOHDAN = key(2);
  static final Hash RELEASE = Hash.sha256(new byte[] {7});
  private static final long NOVEMBER = 1_795_000_000_000L;
  static final LocalDate DATE = LocalDate.of(2026, 11, 2);

  static final BatchId BATCH = BatchId.parseHex("00112233445566aa");

  private final Map<Integer, Integer> replicas = new HashMap<>();
  final List<Bytes> log = new ArrayList<>();
  final List<UsageOpening> openings = new ArrayList<>();
  final TreeMap<Long, Outcome> outcomes = new TreeMap<>();
  private final Map<SigningKey, Long> seqs = new HashMap<>();
  private final Map<SigningKey, Hash> prevs = new HashMap<>();
  Bytes secret = Bytes.of(new byte[CheckSecret.SECRET_OCTETS]);
  Audit audited = new Audit(ORIGIN);
  int unit;

  final void begin() {
    log.add(new Day(DATE).entry().octets());
  }

  /** So many results of Ada's, agreed with Bohdan's. */
  final void agreed(int results) {
    for (int i = 0; i < results; i++) {
      line(ADA, unit, Outcome.ACCEPTED);
      line(BOHDAN, unit++, Outcome.ACCEPTED);
    }
  }

  final long alone() {
    return line(ADA, unit++, Outcome.ACCEPTED_ALONE);
  }

  /** A secret by which the leaf is due at one in {@code due}, and not at one in {@code notDue}. */
  final void secretFor(long leaf, int due, int notDue) {
    for (int i = 0; i < 65_536; i++) {
      Bytes candidate = Bytes.of(Hash.sha256(new byte[] {(byte) (i >> 8), (byte) i}).toArray());
      boolean isDue = due == 0 || CheckSecret.due(candidate, leaf, due);
      if (isDue && (notDue == 0 || !CheckSecret.due(candidate, leaf, notDue))) {
        secret = candidate;
        return;
      }
    }
    throw new AssertionError("no secret makes that of leaf " + leaf);
  }

  final List<String> findings() {
    audited = new Audit(ORIGIN);
    openings.forEach(audited::open);
    List<Bytes> all = new ArrayList<>(log);
    all.add(new Day(DATE.plusDays(1)).entry().octets());
    List<Outcome> digits = new ArrayList<>();
    for (long leaf = 0; leaf < log.size(); leaf++) {
      digits.add(outcomes.getOrDefault(leaf, Outcome.NONE));
    }
    all.add(new Settlement(0, digits).entry().octets());
    if (secret.size() > 0) {
      Entry open = CheckSecret.open(DATE, secret).entry();
      all.add(open.octets());
    }
    for (int index = 0; index < all.size(); index++) {
      audited.entry(index, all.get(index));
    }
    audited.end(all.size());
    return audited.findings().stream().map(Finding::toString).toList();
  }

  final long line(SigningKey agent, int ofUnit, Outcome outcome) {
    return line(agent, BATCH, ofUnit, outcome, 0);
  }

  final long line(SigningKey agent, BatchId batch, int ofUnit, Outcome outcome, int exit) {
    return log(sign(agent, batch, ofUnit, exit), outcome);
  }

  /** The next report of the agent, with one line. */
  final Envelope sign(SigningKey agent, BatchId batch, int ofUnit, int exit) {
    long seq = seqs.merge(agent, 1L, Long::sum) - 1;
    AgentId id = AgentId.of(agent.publicKey());
    UsageLine line =
        usage(new LeaseId(batch, ofUnit, replicas.merge(ofUnit, 1, Integer::sum)), exit);
    UsageReport report =
        new UsageReport(ORIGIN, id, seq, prevs.getOrDefault(agent, Hash.ZERO), List.of(line));
    Envelope signed = Envelope.sign(Envelope.Kind.USAGE_REPORT, report.toJson(), agent);
    prevs.put(agent, signed.digest());
    return signed;
  }

  final long log(Envelope signed, Outcome outcome) {
    UsageOpening opening = new UsageOpening(log.size(), signed.digest(), 0, signed);
    openings.add(opening);
    outcomes.put(opening.leaf(), outcome);
    log.add(opening.entry(ORIGIN).octets());
    return opening.leaf();
  }

  /** Settles all that is not settled. */
  final void settle() {
    List<Outcome> digits = new ArrayList<>();
    for (long leaf = 0; leaf < log.size(); leaf++) {
      digits.add(outcomes.getOrDefault(leaf, Outcome.NONE));
    }
    outcomes.clear();
    log.add(new Settlement(0, digits).entry().octets());
  }

  final void disprove(long leaf) {
    log.add(new Voiding(false, List.of(leaf), "disproved").entry().octets());
  }

  /** Nobody shows the line. */
  final void hide(long leaf) {
    openings.removeIf(opening -> opening.leaf() == leaf);
  }

  private static UsageLine usage(LeaseId lease, int exit) {
    return new UsageLine(
        lease,
        RELEASE,
        RELEASE,
        "almoner-meter/1",
        NOVEMBER - 1_000,
        NOVEMBER,
        1_000,
        900,
        80 << 20,
        64 << 20,
        128 << 20,
        List.of(),
        1_000_000,
        RELEASE,
        RELEASE,
        exit,
        List.of());
  }

  static SigningKey key(int octet) {
    byte[] seed = new byte[SigningKey.SEED_SIZE];
    Arrays.fill(seed, (byte) octet);
    return SigningKey.of(seed);
  }
}
