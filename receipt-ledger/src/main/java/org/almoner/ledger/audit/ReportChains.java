package org.almoner.ledger.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.usage.UsageReport;

/**
 * The reports of each agent by number: an agent signs one report for each number, and names the one
 * before.
 *
 * <p>Numbers may be missing: a report of which nobody opened a line is not here.
 */
final class ReportChains {
  private final Map<AgentId, Map<Long, Link>> chains = new HashMap<>();
  private long reports;

  private record Link(Hash digest, Hash prev) {}

  /** Whether a report with that payload was taken. */
  boolean has(AgentId agent, long seq, Hash digest) {
    Link link = chains.getOrDefault(agent, Map.of()).get(seq);
    return link != null && link.digest().equals(digest);
  }

  /**
   * Takes a report that is not here yet.
   *
   * @param digest SHA-256 of its payload
   * @param fault is told in a sentence what does not fit the agent's other reports
   */
  void take(UsageReport report, Hash digest, Consumer<String> fault) {
    Map<Long, Link> chain = chains.computeIfAbsent(report.agent(), agent -> new HashMap<>());
    Link link = new Link(digest, report.prev());
    Link other = chain.putIfAbsent(report.seq(), link);
    if (other != null) {
      fault.accept("agent " + report.agent() + " signed two reports with number " + report.seq());
      return;
    }
    reports++;
    Link before = chain.get(report.seq() - 1);
    if (before != null && !before.digest().equals(report.prev())) {
      fault.accept(broken(report.agent(), report.seq()));
    }
    Link after = chain.get(report.seq() + 1);
    if (after != null && !after.prev().equals(digest)) {
      fault.accept(broken(report.agent(), report.seq() + 1));
    }
  }

  private static String broken(AgentId agent, long seq) {
    return "report " + seq + " of agent " + agent + " does not name its report " + (seq - 1);
  }

  long reports() {
    return reports;
  }

  int agents() {
    return chains.size();
  }
}
