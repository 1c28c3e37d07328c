package org.almoner.ledger.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almoner.ledger.check.EntryWatcher;
import org.almoner.ledger.check.Finding;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.entry.CheckSecret;
import org.almoner.ledger.entry.Day;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Rates;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.entry.Voiding;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tally.Outcomes;
import org.almoner.ledger.tally.Pace;
import org.almoner.ledger.tally.PaceBook;
import org.almoner.ledger.tally.Statement;
import org.almoner.ledger.tally.Tally;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.UsageReport;
import org.almoner.protocol.usage.VerifiedReport;

/**
 * Openings of many donors held against each other and against one log.
 *
 * <p>First {@link #open} each opening and say whose it is where that is known, then look on while
 * the log is checked, then {@link #end}, then {@link #recount} statements. Needs memory for some
 * hundred octets of each opened line. For one thread.
 */
public final class Audit implements EntryWatcher {
  /** Why a line is made void of which others came to another result. */
  private static final String DISPROVED = "disproved";

  private final String origin;
  private final Map<Long, OpenedLine> lines = new HashMap<>();
  private final Map<LeaseId, Long> leases = new HashMap<>();
  private final ReportChains chains = new ReportChains();
  private final DrawAudit draws = new DrawAudit();
  private final PaceBook paces = new PaceBook();
  private final Set<DonorId> donors = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();
  private List<Digested> lastReport = List.of();
  private Odds odds = new Odds(0, 0, 0, 0);
  private ErasedLeaves erased = ErasedLeaves.of("", List.of());
  private long usageLines;
  private long openedInLog;
  private long erasedInLog;

  /** A report and the digest of its payload. */
  private record Digested(Hash digest, UsageReport report) {}

  /** An audit of the log of that name. */
  public Audit(String origin) {
    this.origin = origin;
  }

  /** The line at {@code leaf}, opened before, is {@code donor}'s. */
  public void belongs(long leaf, DonorId donor) {
    donors.add(donor);
    OpenedLine line = lines.get(leaf);
    if (line == null) {
      return; // its opening was rejected, and that was found
    }
    if (line.donor().isEmpty()) {
      line.belongsTo(donor);
    } else if (!line.donor().contains(donor)) {
      find(
          leaf,
          "the usage line is in the openings of two donors, "
              + line.donor().get(0)
              + " and "
              + donor);
    }
  }

  /** Takes the operator's list of lines whose openings were destroyed, before looking on. */
  public void erased(ErasedLeaves list) {
    if (!list.origin().equals(origin)) {
      find(0, "the list of erased lines is of another log, " + list.origin());
      return;
    }
    erased = list;
  }

  /** Takes an opening. */
  public void open(UsageOpening opening) {
    try {
      CheckedLine checked = opening.check(origin);
      OpenedLine known = lines.putIfAbsent(checked.leaf(), new OpenedLine(checked.leafHash()));
      if (known != null && !known.leafHash().equals(checked.leafHash())) {
        find(checked.leaf(), "two openings show two different usage lines here");
        return;
      }
      Long other = leases.putIfAbsent(checked.line().lease(), checked.leaf());
      if (other != null && other != checked.leaf()) {
        find(
            checked.leaf(),
            "lease " + checked.line().lease() + " was logged before, at entry " + other);
      }
      UsageReport report = chain(opening, checked);
      if (known == null) {
        draws.open(checked, report.seq(), opening.part(), report.lines().size());
      }
    } catch (OpeningRejected e) {
      String sentence = String.valueOf(e.getMessage());
      String place = "entry " + opening.leaf() + ": ";
      find(
          opening.leaf(),
          sentence.startsWith(place) ? sentence.substring(place.length()) : sentence);
    }
  }

  /** The report of the line; lines of one report follow each other, and one of them is enough. */
  private UsageReport chain(UsageOpening opening, CheckedLine checked) throws OpeningRejected {
    Hash digest = opening.report().digest();
    if (!lastReport.isEmpty() && lastReport.get(0).digest().equals(digest)) {
      return lastReport.get(0).report();
    }
    try {
      UsageReport report = VerifiedReport.of(opening.report()).report();
      if (!chains.has(report.agent(), report.seq(), digest)) {
        chains.take(report, digest, sentence -> find(checked.leaf(), sentence));
      }
      lastReport = List.of(new Digested(digest, report));
      return report;
    } catch (BadSignature | MalformedJson e) {
      throw new OpeningRejected(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void entry(long index, Bytes octets) {
    OpenedLine line = lines.get(index);
    boolean usage = false;
    if (line != null) {
      if (TreeHash.leaf(octets).equals(line.leafHash())) {
        openedInLog++;
      } else {
        find(index, "the opening does not lead to the entry that the log holds");
      }
    }
    try {
      Entry entry = Entry.parse(octets);
      usage = entry.kind() == Kind.USAGE;
      take(index, entry);
    } catch (MalformedEntry e) {
      // The check of the log names it; it settles nothing.
    }
    if (erased.contains(index)) {
      takeErased(index, usage, line != null);
    }
  }

  /** A line that was erased may be opened all the same: its volunteer has kept what opens it. */
  private void takeErased(long index, boolean usage, boolean opened) {
    if (!usage) {
      find(index, "the operator lists it among erased usage lines, and it is none");
    } else if (!opened) {
      erasedInLog++;
    }
  }

  private void take(long index, Entry entry) throws MalformedEntry {
    switch (entry.kind()) {
      case USAGE -> usage(index);
      case SETTLEMENT -> settle(index, Settlement.parse(entry));
      case VOID, REINSTATE -> turn(index, Voiding.parse(entry));
      case RATES -> paces.take(index, Rates.parse(entry));
      case DAY -> draws.day(index, Day.parse(entry).date());
      case CHECK_SECRET -> draws.secret(CheckSecret.parse(entry));
      default -> {}
    }
  }

  private void usage(long index) {
    usageLines++;
    if (!lines.containsKey(index)) {
      draws.unopened(index);
    }
  }

  private void settle(long index, Settlement settlement) {
    for (long leaf = settlement.from(); leaf < settlement.to(); leaf++) {
      Outcome outcome = settlement.outcome(leaf);
      OpenedLine line = lines.get(leaf);
      if (line != null) {
        line.settle(index, outcome);
      } else {
        draws.settleUnopened(index, leaf, outcome);
      }
      if (outcome == Outcome.ACCEPTED_ALONE) {
        draws.acceptedAlone(leaf);
      }
    }
  }

  private void turn(long index, Voiding voiding) {
    for (long leaf : voiding.leaves()) {
      OpenedLine line = lines.get(leaf);
      boolean disproved = !voiding.reinstates() && voiding.reason().equals(DISPROVED);
      if (line != null) {
        line.turn(index, voiding.reinstates());
        if (disproved) {
          line.disprove(index);
        }
      } else if (disproved) {
        draws.disproveUnopened(index, leaf);
      }
    }
  }

  /**
   * The log ended after {@code size} entries: what was opened behind its end is found, and each
   * draw that was due.
   */
  public void end(long size) {
    lines.keySet().stream()
        .filter(leaf -> leaf >= size)
        .sorted()
        .forEach(leaf -> find(leaf, "it was opened, but the log ends with entry " + (size - 1)));
    if (erased.end() > size) {
      find(erased.end() - 1, "it is said to be erased, but the log ends with entry " + (size - 1));
    }
    List<Finding> drawn = new ArrayList<>();
    odds = draws.end(lines, drawn);
    drawn.forEach(finding -> find(finding.index(), finding.reason()));
  }

  /**
   * Adds up a statement's lines again, by what the log says and not the evidence.
   *
   * @param lines all that the statement's evidence opens, each taken before
   * @param now entries of the log
   * @return how many of the accepted lines count no more, since the statement was drawn up
   * @throws OpeningRejected when they do not add up to the statement
   */
  public long recount(Statement statement, Collection<CheckedLine> lines, long now)
      throws OpeningRejected {
    long size = statement.logSize();
    if (size > now) {
      throw new OpeningRejected(
          "it was drawn up from " + size + " entries, and the log has " + now);
    }
    for (CheckedLine line : lines) {
      if (line.leaf() >= size) {
        throw new OpeningRejected(
            "it was drawn up from " + size + " entries, and its evidence opens " + line.leaf());
      }
    }
    Outcomes then = outcomes(size);
    Tally tally = Tally.fold(lines, then, statement.from(), statement.to());
    if (!tally.lines().equals(statement.lines())) {
      throw new OpeningRejected(
          "by the log's settlements other lines count than those that the statement names");
    }
    if (!tally.months().equals(statement.months())) {
      throw new OpeningRejected("by the log's settlements its lines do not add up to its months");
    }
    if (!tally.releases().equals(statement.releases())) {
      throw new OpeningRejected(
          "by the log's settlements its lines do not add up to what it gives for each release");
    }
    if (!tally.equals(statement.tally())) {
      throw new OpeningRejected(
          "by the log's settlements its days, devices or excluded lines are others");
    }
    Outcomes today = outcomes(now);
    return Tally.counting(lines, then).stream().filter(leaf -> !today.counts(leaf)).count();
  }

  /** What the first {@code size} entries of the log say of the opened lines. */
  private Outcomes outcomes(long size) {
    return new Outcomes() {
      @Override
      public Outcome outcome(long leaf) {
        OpenedLine line = lines.get(leaf);
        return line == null ? Outcome.NONE : line.outcome(size);
      }

      @Override
      public boolean isVoid(long leaf) {
        OpenedLine line = lines.get(leaf);
        return line != null && line.isVoid(size);
      }

      @Override
      public Optional<Pace> pace(long leaf, Hash release) {
        OpenedLine line = lines.get(leaf);
        return line == null ? Optional.empty() : paces.before(line.settledAt(size), release);
      }
    };
  }

  /** What is wrong, in the order in which it was found, at most {@link LogCheck#FINDINGS_MAX}. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** What could be repeated of the draws of lines that were accepted alone, after {@link #end}. */
  public Odds odds() {
    return odds;
  }

  /** What was opened, and how much of the log was not. */
  public Coverage coverage() {
    return new Coverage(
        openedInLog,
        erasedInLog,
        usageLines - openedInLog - erasedInLog,
        donors.size(),
        chains.reports(),
        chains.agents());
  }

  private void find(long index, String sentence) {
    if (findings.size() < LogCheck.FINDINGS_MAX) {
      findings.add(new Finding(index, sentence));
    }
  }
}
