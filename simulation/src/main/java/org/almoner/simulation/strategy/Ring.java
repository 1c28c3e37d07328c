package org.almoner.simulation.strategy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.almoner.ledger.tally.UnitId;
import org.almoner.protocol.lease.LeaseId;

/** What the members of a ring tell each other: who was given which unit, and what was answered. */
public final class Ring {
  private final String name;
  private final Map<UnitId, Set<Integer>> given = new HashMap<>();
  private final Set<UnitId> computed = new HashSet<>();
  private int members;

  /** A ring without members. */
  public Ring(String name) {
    this.name = name;
  }

  /** Takes one more in, and says which one it is. */
  int join() {
    return members++;
  }

  String name() {
    return name;
  }

  private static UnitId unit(LeaseId lease) {
    return new UnitId(lease.batch(), lease.unit());
  }

  /** A member was given a lease. */
  void given(LeaseId lease, int member) {
    given.computeIfAbsent(unit(lease), unit -> new HashSet<>()).add(member);
  }

  /** Whether more than one of them was given the unit. */
  boolean shares(LeaseId lease) {
    return given.getOrDefault(unit(lease), Set.of()).size() > 1;
  }

  /** A member computes the unit, so that the others need only copy it. */
  void compute(LeaseId lease) {
    computed.add(unit(lease));
  }

  /** Whether a member computed the unit. */
  boolean isComputed(LeaseId lease) {
    return computed.contains(unit(lease));
  }
}
