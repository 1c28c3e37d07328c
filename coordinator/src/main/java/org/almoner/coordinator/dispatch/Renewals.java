package org.almoner.coordinator.dispatch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.coordinator.writer.Group;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.lease.Renewal;
import org.almoner.protocol.lease.RenewalAnswer;
import org.almoner.protocol.lease.RenewalAnswer.Stop;

/**
 * Answers agents that say how far their leases have come: which are wanted, and until when. Used on
 * the writer's thread.
 *
 * <p>A row is written only when a deadline moves, at most once in half of a grant's time.
 */
final class Renewals {
  private final Backlogs backlogs;
  private final Units units;
  private final Lents lents;

  Renewals(Backlogs backlogs, Units units, Lents lents) {
    this.backlogs = backlogs;
    this.units = units;
    this.lents = lents;
  }

  /** How a lease stands: why it is not wanted, or else its grant. */
  private record Standing(Renewal.Held held, Optional<Stop> stop, String reason) {
    static Standing stop(Renewal.Held held, Stop stop, String reason) {
      return new Standing(held, Optional.of(stop), reason);
    }
  }

  /** One word for each lease, in the renewal's order. */
  List<RenewalAnswer.Word> answer(Group group, AgentId agent, Renewal renewal) throws IOException {
    Lent lent = lents.of(agent);
    Set<OpenGrant> named = new LinkedHashSet<>();
    boolean further = false;
    List<Standing> standings = new ArrayList<>();
    for (Renewal.Held held : renewal.leases()) {
      Standing standing = standing(group, agent, held);
      standings.add(standing);
      if (standing.stop().isEmpty()) {
        OpenGrant grant = lent.grantOf(held.lease());
        named.add(grant);
        further |= grant.comesFurther(held, cpuMsMost(held.lease()));
      }
    }
    if (further) {
      named.forEach(grant -> lents.renew(group, lent, grant));
    }
    return standings.stream().map(standing -> word(lent, standing)).toList();
  }

  private static RenewalAnswer.Word word(Lent lent, Standing standing) {
    LeaseId lease = standing.held().lease();
    if (standing.stop().isPresent()) {
      return new RenewalAnswer.Drop(lease, standing.stop().get(), standing.reason());
    }
    OpenGrant grant = lent.grantOf(lease);
    return new RenewalAnswer.GoOn(lease, grant.isLate() ? grant.overMs() : grant.untilMs());
  }

  private Standing standing(Group group, AgentId agent, Renewal.Held held) throws IOException {
    LeaseId lease = held.lease();
    Optional<Backlog> backlog = backlogs.find(lease.batch());
    Optional<Unit> unit =
        backlog.isEmpty()
            ? Optional.empty()
            : units.find(group, backlog.get().batch(), lease.unit());
    Optional<Replica> replica =
        unit.flatMap(u -> u.replica(lease.replica())).filter(r -> r.agent().equals(agent));
    if (backlog.isEmpty() || unit.isEmpty() || replica.isEmpty()) {
      return Standing.stop(held, Stop.UNKNOWN, "it was never leased to this computer");
    }
    StopReason stopped = backlog.get().progress().stopped();
    return switch (replica.get().state()) {
      case LOGGED -> Standing.stop(held, Stop.LOGGED, "its result is in the log already");
      case EXPIRED ->
          Standing.stop(
              held, Stop.EXPIRED, "its deadline passed, and its result is not taken any more");
      case LATE, OUT -> {
        if (stopped.isStop()) {
          yield Standing.stop(held, stop(stopped), stopped.sentence());
        }
        boolean useless = replica.get().state() == Replica.State.LATE && unit.get().hasEnded();
        yield useless
            ? Standing.stop(
                held, Stop.EXPIRED, "its deadline passed, and the unit has ended meanwhile")
            : new Standing(held, Optional.empty(), "");
      }
    };
  }

  private static Stop stop(StopReason reason) {
    return switch (reason.kind()) {
      case CANCELLED -> Stop.CANCELLED;
      case RECALLED -> Stop.RECALLED;
      case FAILING -> Stop.FAILING;
      case NONE -> throw new IllegalArgumentException("a batch that goes on is no reason to stop");
    };
  }

  private long cpuMsMost(LeaseId lease) {
    Allotment allotted = backlogs.of(lease.batch()).batch().spec().allotment();
    return allotted.wallMs() * allotted.cores();
  }
}
