package org.almoner.coordinator.standing;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almoner.coordinator.batch.Batches;
import org.almoner.coordinator.desk.LineOpening;
import org.almoner.coordinator.desk.Standing;
import org.almoner.coordinator.intake.DonorLines;
import org.almoner.coordinator.intake.Openings;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.validation.Rule;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;

/**
 * Adds up donors' lines, away from the writer's thread.
 *
 * <p>An answer opens every report of the donor, so its cost grows with what the donor ever gave.
 * Therefore one is drawn up at a time, whoever asks, and given again for {@link #FRESH}.
 */
public final class Standings {
  /** How long an answer is given again. */
  public static final Duration FRESH = Duration.ofSeconds(10);

  /** Answers kept to be given again. */
  static final int KEPT_MAX = 256;

  private final String origin;
  private final RowStore store;
  private final Batches batches;
  private final Openings openings;
  private final Duration maturity;
  private final Set<Rule> rules;
  private final SettledPaces paces = new SettledPaces();
  private final Map<DonorId, Answer> answers = new LinkedHashMap<>();

  /**
   * Reads from {@code store}; lines mature {@code maturity} after they were received.
   *
   * @param origin of the log
   * @param rules those in force
   */
  public Standings(
      String origin,
      RowStore store,
      Batches batches,
      Openings openings,
      Duration maturity,
      Set<Rule> rules) {
    this.origin = origin;
    this.store = store;
    this.batches = batches;
    this.openings = openings;
    this.maturity = maturity;
    this.rules = rules;
  }

  private record Answer(long atMs, Standing standing) {}

  /**
   * How the lines of {@code agents} that belong to {@code donor} stand.
   *
   * @param size how much of the log is published; lines behind it are as if they had not come
   */
  public synchronized Standing of(
      DonorId donor, List<AgentId> agents, LogReader log, long size, InstantSource clock)
      throws IOException {
    long nowMs = clock.millis();
    Answer known = answers.get(donor);
    if (known != null && nowMs - known.atMs() < FRESH.toMillis()) {
      return known.standing();
    }
    List<UsageOpening> opened = new ArrayList<>();
    for (LineOpening line : openings.of(donor, agents)) {
      if (line.leaf() < size) {
        opened.add(new UsageOpening(line.leaf(), line.salt(), line.part(), line.report()));
      }
    }
    Sum sum = new Sum(store, batches, maturity.toMillis(), rules);
    new DonorLines(store)
        .each(
            donor,
            agents,
            line -> {
              if (line.leaf() < size) {
                sum.add(line);
              }
            });
    paces.readOn(log, size);
    Standing standing;
    try {
      standing = sum.standing(UsageOpening.checkAll(origin, opened), paces, log);
    } catch (OpeningRejected e) {
      throw new IOException("a line of donor " + donor + " cannot be opened: " + e.getMessage(), e);
    }
    answers.remove(donor);
    answers.put(donor, new Answer(nowMs, standing));
    if (answers.size() > KEPT_MAX) {
      answers.remove(answers.keySet().iterator().next());
    }
    return standing;
  }
}
