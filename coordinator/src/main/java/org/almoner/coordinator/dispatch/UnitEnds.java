package org.almoner.coordinator.dispatch;

import java.io.IOException;
import java.util.Optional;
import org.almoner.coordinator.batch.Estimate;
import org.almoner.coordinator.batch.Progress;
import org.almoner.coordinator.journal.OutputPlace;
import org.almoner.coordinator.starter.KnownAnswers;
import org.almoner.coordinator.validation.Answer;
import org.almoner.coordinator.validation.Judge;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.lease.LeaseId;

/**
 * Ends units: by what their answers amount to, by what was known beforehand, or because nobody is
 * asked any more. Used on the writer's thread.
 */
final class UnitEnds {
  private final Backlogs backlogs;
  private final Units units;
  private final Pilots pilots;
  private final Stops stops;
  private final Outcomes outcomes;
  private final KnownAnswers known = KnownAnswers.load();

  UnitEnds(Backlogs backlogs, Units units, Pilots pilots, Stops stops, Outcomes outcomes) {
    this.backlogs = backlogs;
    this.units = units;
    this.pilots = pilots;
    this.stops = stops;
    this.outcomes = outcomes;
  }

  /** A line of a unit that has ended was logged: what was agreed decides. */
  void judge(Group group, Backlog backlog, Unit unit, Replica replica) throws IOException {
    Answer late = replica.answer().orElseThrow();
    decide(group, backlog.progress(), unit, replica, unit.judge(late));
  }

  /** The rest of a batch is leased. */
  void open(Group group, Backlog backlog, Estimate found) {
    backlog.progress().endPilot(found);
    backlogs.reopen(backlog);
    group.touch(backlog.progress());
  }

  /** Ends the unit if it can be, or asks for another replica; has the rows written. */
  void settle(Group group, Backlog backlog, Unit unit) throws IOException {
    int agree = backlog.agree();
    if (backlog.batch().starter()) {
      endStarter(group, backlog, unit);
    } else if (unit.state() == Unit.State.OPEN) {
      Optional<Answer> agreed = unit.verdict(agree).match(Optional::of, open -> Optional.empty());
      if (agreed.isPresent()) {
        end(group, backlog.progress(), unit, agreed.get());
      } else if (unit.exhausted(agree) || (backlog.stopped() && !unit.isOut())) {
        giveUp(group, backlog.progress(), unit);
      } else {
        backlogs.wait(backlog, unit);
      }
    }
    group.touch(backlog.progress());
    Chunk chunk = units.openChunk(backlog.batch(), unit.index());
    if (unit.state() != Unit.State.OPEN && !backlog.stopped() && !backlog.batch().starter()) {
      lookBack(group, backlog, chunk, unit);
    }
    units.changed(group, chunk);
  }

  /** A unit has ended: the pilot may be over, or so many have failed that no more are run. */
  private void lookBack(Group group, Backlog backlog, Chunk chunk, Unit unit) {
    Progress progress = backlog.progress();
    if (progress.isPilot()) {
      Optional<Pilots.Result> result = pilots.result(backlog, chunk);
      if (result.isPresent() && result.get() instanceof Pilots.Result.Failed failed) {
        progress.endPilot(Estimate.UNKNOWN);
        stops.stop(group, backlog, failed.reason());
      } else if (result.isPresent() && result.get() instanceof Pilots.Result.Open found) {
        open(group, backlog, found.estimate());
      }
    } else if (unit.state() == Unit.State.FAILED && progress.failing() > 0) {
      stops.stop(
          group,
          backlog,
          Failing.newest(backlog.batch().id(), progress.failing(), Progress.ENDINGS, unit));
    }
  }

  private void end(Group group, Progress progress, Unit unit, Answer agreed) throws IOException {
    unit.end(agreed.succeeded() ? Unit.State.ACCEPTED : Unit.State.FAILED);
    if (agreed.succeeded()) {
      progress.acceptUnit();
    } else {
      progress.failUnit();
    }
    boolean placed = false;
    for (Replica replica : unit.replicas()) {
      Optional<Answer> answer = replica.answer();
      if (answer.isPresent()) {
        Outcome outcome = Judge.outcome(answer.get(), agreed);
        decide(group, progress, unit, replica, outcome);
        if (outcome == Outcome.ACCEPTED && !placed) {
          group.touch(new OutputPlace(agreed.output(), replica.page()));
          placed = true;
        }
      }
    }
    unit.took().ifPresent(progress::learn);
  }

  /** A starter unit has one replica: it is judged by the known answer, or has expired. */
  private void endStarter(Group group, Backlog backlog, Unit unit) throws IOException {
    Outcome outcome = Outcome.NONE;
    for (Replica replica : unit.replicas()) {
      Optional<Answer> answer = replica.answer();
      if (answer.isPresent()) {
        outcome =
            known
                .of(backlog.batch(), unit.index())
                .map(right -> Judge.starter(answer.get(), right))
                .orElse(Outcome.NO_QUORUM);
        decide(group, backlog.progress(), unit, replica, outcome);
      }
    }
    if (outcome == Outcome.STARTER) {
      unit.end(Unit.State.ACCEPTED);
      backlog.progress().acceptUnit();
    } else {
      unit.end(Unit.State.FAILED);
      backlog.progress().failUnit();
    }
  }

  /** Nothing was agreed; that is no failure of the unit when nobody may be asked any more. */
  private void giveUp(Group group, Progress progress, Unit unit) throws IOException {
    unit.end(Unit.State.FAILED);
    if (!progress.stopped().isStop()) {
      progress.failUnit();
    }
    for (Replica replica : unit.replicas()) {
      if (replica.state() == Replica.State.LOGGED) {
        decide(group, progress, unit, replica, Outcome.NO_QUORUM);
      }
    }
  }

  private void decide(Group group, Progress progress, Unit unit, Replica replica, Outcome outcome)
      throws IOException {
    replica.decide(outcome);
    if (outcome == Outcome.ACCEPTED) {
      progress.acceptLine(replica.took().cpuMs());
    } else if (outcome != Outcome.STARTER) {
      progress.rejectLine();
    }
    LeaseId lease = new LeaseId(progress.batch().id(), unit.index(), replica.number());
    outcomes.decided(group, lease, replica);
  }
}
