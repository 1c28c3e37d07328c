package org.almoner.coordinator.settlement;

import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.dispatch.Unit;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.LeaseId;

/**
 * A stretch of the log whose lines have matured, whole pages.
 *
 * @param from first leaf
 * @param to behind the last leaf
 * @param lines its usage lines, in order
 */
record Slice(long from, long to, List<Line> lines) {
  /** Copies the list. */
  Slice {
    lines = List.copyOf(lines);
  }

  /**
   * A usage line.
   *
   * @param by who returned it; nobody when its unit has no row
   * @param release what its unit ran
   * @param project whose unit it was
   * @param cpuMs processor time that it states
   * @param outcome as the rows had it when the slice was read; {@link Outcome#NONE} also while
   *     others are asked about it
   * @param agree how many donors must agree on its unit
   * @param agreed the unit's agreed lines, itself among them when its outcome is accepted
   */
  record Line(
      long leaf,
      LeaseId lease,
      List<AgentId> by,
      Hash release,
      String project,
      long cpuMs,
      Outcome outcome,
      int agree,
      List<Voice> agreed) {
    /** Copies the lists. */
    Line {
      by = List.copyOf(by);
      agreed = List.copyOf(agreed);
    }

    /** The line as its unit stands. */
    static Line of(long leaf, LeaseId lease, Batch batch, Optional<Unit> unit) {
      Outcome outcome =
          unit.filter(u -> u.state() != Unit.State.QUESTIONED)
              .flatMap(u -> u.replica(lease.replica()))
              .map(r -> r.outcome())
              .orElse(Outcome.NONE);
      List<Voice> agreed =
          unit.stream()
              .flatMap(u -> u.replicas().stream())
              .filter(r -> r.outcome().counts())
              .map(r -> new Voice(r.agent(), r.leaf()))
              .toList();
      long cpuMs =
          unit.flatMap(u -> u.replica(lease.replica())).map(r -> r.took().cpuMs()).orElse(0L);
      List<AgentId> by =
          unit.flatMap(u -> u.replica(lease.replica())).stream().map(r -> r.agent()).toList();
      return new Line(
          leaf,
          lease,
          by,
          batch.spec().release(),
          batch.spec().project(),
          cpuMs,
          outcome,
          batch.spec().agree(),
          agreed);
    }
  }

  /**
   * One of those who agreed.
   *
   * @param leaf where its line is logged
   */
  record Voice(AgentId agent, long leaf) {}
}
