package org.almoner.trials.liars;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.MonthTotal;
import org.almoner.ledger.tally.Quantities;
import org.almoner.ledger.tally.SettledOutcomes;
import org.almoner.ledger.tally.Tally;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.identity.DonorId;
import org.almoner.trials.world.MirroredLog;

/** What an auditor finds who mirrors the whole log over HTTP and is given the openings. */
public final class Books {
  private static final LocalDate EVER = LocalDate.of(2000, 1, 1);
  private static final LocalDate ALWAYS = LocalDate.of(9999, 1, 1);

  private final TimedCoordinator coordinator;
  private final List<Entry> entries;
  private final SettledOutcomes outcomes = new SettledOutcomes();

  private Books(TimedCoordinator coordinator, List<Entry> entries) {
    this.coordinator = coordinator;
    this.entries = entries;
  }

  /** Draws them up as the log stands; a log that breaks a rule fails. */
  public static Books of(TimedCoordinator coordinator, Path folder) throws Exception {
    Path mirror = Files.createTempDirectory(folder, "mirror");
    MirroredLog log = MirroredLog.copy(coordinator.anyone(), coordinator.pinned().logKey(), mirror);
    assertThat(log.findings()).isEmpty();
    Books books = new Books(coordinator, log.entries());
    for (Entry entry : books.entries) {
      books.outcomes.take(entry);
    }
    return books;
  }

  /** What became of the line. */
  public Outcome outcome(long leaf) {
    return outcomes.outcome(leaf);
  }

  /** Lines in the log, whosoever. */
  public long lines() {
    return entries.stream().filter(e -> e.kind() == Kind.USAGE).count();
  }

  /**
   * The donor's lines that count, and that what they add up to is nothing exactly when none does.
   */
  public long counted(DonorId donor) throws Exception {
    List<CheckedLine> lines = new ArrayList<>();
    for (UsageOpening opening : coordinator.openings(donor)) {
      CheckedLine line = opening.check(TimedCoordinator.ORIGIN);
      assertThat(entries.get((int) line.leaf()).leafHash()).isEqualTo(line.leafHash());
      lines.add(line);
    }
    Tally tally = Tally.fold(lines, outcomes, EVER, ALWAYS);
    long accepted = tally.months().stream().mapToLong(MonthTotal::accepted).sum();
    Quantities given =
        tally.months().stream().map(MonthTotal::given).reduce(Quantities.NONE, Quantities::plus);
    assertThat(given.equals(Quantities.NONE)).isEqualTo(accepted == 0);
    return accepted;
  }
}
