package org.almoner.tax.issue;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.ledger.read.InclusionProofs;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tally.SettledOutcomes;
import org.almoner.ledger.tally.Tally;
import org.almoner.ledger.tally.UnitId;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;
import org.almoner.tax.evidence.Evidence;
import org.almoner.tax.evidence.ProvenEntry;
import org.almoner.tax.evidence.ProvenLine;

/**
 * The log at one checkpoint, read once for all donors of a run: its outcomes, and from them each
 * donor's totals with their evidence. Once it is read, several threads may draw.
 */
public final class Drawing {
  private final String origin;
  private final SignedCheckpoint checkpoint;
  private final LogReader reader;
  private final SettledOutcomes outcomes = new SettledOutcomes();
  private final List<Placed> outcomeEntries = new ArrayList<>();
  private final Set<Long> statements = new HashSet<>();
  private final Set<Long> receipts = new HashSet<>();

  private record Placed(long leaf, Entry entry) {}

  private record Opened(UsageOpening opening, CheckedLine line) {}

  /** What one donor gave, and what proves it. */
  public record Drawn(Tally tally, Evidence evidence) {}

  private Drawing(String origin, SignedCheckpoint checkpoint, LogReader reader) {
    this.origin = origin;
    this.checkpoint = checkpoint;
    this.reader = reader;
  }

  /**
   * Reads the whole log up to its newest checkpoint.
   *
   * @throws DrawingFailed when an entry is not what the log's rules allow
   */
  static Drawing read(StatementLog log) throws IOException, DrawingFailed {
    return read(log.origin(), log.checkpoint(), log.reader());
  }

  /**
   * Reads the whole log {@code origin} up to {@code checkpoint}.
   *
   * @throws DrawingFailed when an entry is not what the log's rules allow
   */
  public static Drawing read(String origin, SignedCheckpoint checkpoint, LogReader reader)
      throws IOException, DrawingFailed {
    Drawing drawing = new Drawing(origin, checkpoint, reader);
    long size = drawing.size();
    long leaf = 0;
    while (leaf < size) {
      for (Bytes octets : drawing.reader.entriesFrom(leaf, size)) {
        drawing.take(leaf, octets);
        leaf++;
      }
    }
    return drawing;
  }

  private void take(long leaf, Bytes octets) throws DrawingFailed {
    try {
      Entry entry = Entry.parse(octets);
      if (SettledOutcomes.concerns(entry.kind())) {
        outcomes.take(entry);
        outcomeEntries.add(new Placed(leaf, entry));
      } else if (entry.kind() == Kind.STATEMENT) {
        statements.add(leaf);
      } else if (entry.kind() == Kind.RECEIPT) {
        receipts.add(leaf);
      } else if (entry.kind() == Kind.WITHDRAWAL) {
        statements.remove(Withdrawal.parse(entry).statement());
      }
    } catch (MalformedEntry | OpeningRejected e) {
      throw new DrawingFailed("log entry " + leaf + ": " + e.getMessage());
    }
  }

  /** The checkpoint it was read up to. */
  public SignedCheckpoint checkpoint() {
    return checkpoint;
  }

  /** Indexes of the statements that no entry withdraws. */
  Set<Long> statements() {
    return Set.copyOf(statements);
  }

  /** Indexes of the entries that say that a document was issued. */
  Set<Long> receipts() {
    return Set.copyOf(receipts);
  }

  /** Entries in it. */
  public long size() {
    return checkpoint.checkpoint().size();
  }

  /**
   * Adds up one donor's lines in a period.
   *
   * @throws DrawingFailed when an opening does not open the entry the log holds
   */
  public Drawn draw(List<UsageOpening> openings, LocalDate from, LocalDate to)
      throws IOException, DrawingFailed {
    List<Opened> opened = new ArrayList<>();
    try {
      // What was logged after this checkpoint counts in a later statement.
      List<UsageOpening> logged = openings.stream().filter(o -> o.leaf() < size()).toList();
      List<CheckedLine> lines = UsageOpening.checkAll(origin, logged);
      for (int i = 0; i < lines.size(); i++) {
        CheckedLine line = lines.get(i);
        if (!line.leafHash().equals(reader.leaf(line.leaf(), size()))) {
          throw new DrawingFailed(
              "the opening of entry " + line.leaf() + " does not hash to what the log holds");
        }
        opened.add(new Opened(logged.get(i), line));
      }
      Tally tally = Tally.fold(lines, outcomes, from, to);
      return new Drawn(tally, evidence(opened, from, to));
    } catch (OpeningRejected e) {
      throw new DrawingFailed(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The lines of the period, and those of other days that bear on them: of the same units, and
   * right answers of the same computers' starter units.
   */
  private Evidence evidence(List<Opened> opened, LocalDate from, LocalDate to) throws IOException {
    Set<UnitId> units = new HashSet<>();
    Set<AgentId> agents = new HashSet<>();
    for (Opened one : opened) {
      if (!one.line().day().isBefore(from) && !one.line().day().isAfter(to)) {
        units.add(one.line().unit());
        agents.add(one.line().agent());
      }
    }
    InclusionProofs proofs = reader.inclusions(size());
    List<ProvenLine> proven = new ArrayList<>();
    SortedSet<Integer> deciding = new TreeSet<>();
    for (Opened one : opened) {
      long leaf = one.opening().leaf();
      boolean shows = outcomes.starter(leaf) && agents.contains(one.line().agent());
      if (shows || units.contains(one.line().unit())) {
        deciding.addAll(outcomes.deciding(leaf, one.line().line().release()));
        proven.add(new ProvenLine(one.opening(), proofs.of(leaf)));
      }
    }
    List<ProvenEntry> entries = new ArrayList<>();
    for (int place : deciding) {
      Placed placed = outcomeEntries.get(place);
      entries.add(new ProvenEntry(placed.leaf(), placed.entry(), proofs.of(placed.leaf())));
    }
    return new Evidence(checkpoint.format(), proven, entries);
  }
}
