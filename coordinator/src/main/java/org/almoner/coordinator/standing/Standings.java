package org.almoner.coordinator.standing;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almoner.coordinator.batch.Batches;
import org.almoner.coordinator.desk.Standing;
import org.almoner.coordinator.intake.DonorLines;
import org.almoner.coordinator.row.RowStore;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;

/**
 * Adds up donors' lines from the rows, away from the writer's thread.
 *
 * <p>An answer reads every page with a report of the donor, so its cost grows with what the donor
 * ever gave. Therefore one is drawn up at a time, whoever asks, and given again for {@link #FRESH}.
 */
public final class Standings {
  /** How long an answer is given again. */
  public static final Duration FRESH = Duration.ofSeconds(10);

  /** Answers kept to be given again. */
  static final int KEPT_MAX = 256;

  private final RowStore store;
  private final Batches batches;
  private final Duration maturity;
  private final Map<DonorId, Answer> answers = new LinkedHashMap<>();

  /** Reads from {@code store}; lines mature {@code maturity} after they were received. */
  public Standings(RowStore store, Batches batches, Duration maturity) {
    this.store = store;
    this.batches = batches;
    this.maturity = maturity;
  }

  private record Answer(long atMs, Standing standing) {}

  /** How the lines of {@code agents} that belong to {@code donor} stand. */
  public synchronized Standing of(DonorId donor, List<AgentId> agents, InstantSource clock)
      throws IOException {
    long nowMs = clock.millis();
    Answer known = answers.get(donor);
    if (known != null && nowMs - known.atMs() < FRESH.toMillis()) {
      return known.standing();
    }
    Sum sum = new Sum(store, batches, maturity.toMillis());
    new DonorLines(store).each(donor, agents, sum::add);
    Standing standing = sum.standing();
    answers.remove(donor);
    answers.put(donor, new Answer(nowMs, standing));
    if (answers.size() > KEPT_MAX) {
      answers.remove(answers.keySet().iterator().next());
    }
    return standing;
  }
}
