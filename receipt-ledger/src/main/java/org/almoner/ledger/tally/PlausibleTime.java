package org.almoner.ledger.tally;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Rates;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.usage.UsageLine;

/**
 * How much of the processor time that lines state is credited: no more than the instructions that
 * were counted take at a plausible rate, so that a figure made larger gains nothing.
 */
final class PlausibleTime {
  private final Outcomes outcomes;

  /** The best rate of each computer's starter units. */
  private final Map<AgentId, Long> starters = new HashMap<>();

  /**
   * @param lines all that were given, those of starter units among them
   */
  PlausibleTime(Collection<CheckedLine> lines, Outcomes outcomes) {
    this.outcomes = outcomes;
    for (CheckedLine line : lines) {
      if (outcomes.starter(line.leaf()) && line.line().cpuMs() > 0) {
        long rate = line.line().count() / line.line().cpuMs();
        starters.merge(line.agent(), Math.min(rate, Rates.RATE_MAX), Math::max);
      }
    }
  }

  /** Milliseconds that are credited to a line that counts, at most what it states. */
  long cpuMs(CheckedLine line) {
    UsageLine measured = line.line();
    Optional<Pace> pace = outcomes.pace(line.leaf(), measured.release());
    if (pace.isEmpty() || outcomes.outcome(line.leaf()) == Outcome.ACCEPTED_OUTPUT) {
      return measured.cpuMs();
    }
    long rate = pace.get().plausible(starters.getOrDefault(line.agent(), 0L));
    long whole = measured.count() / rate;
    return Math.min(measured.cpuMs(), measured.count() % rate == 0 ? whole : whole + 1);
  }
}
