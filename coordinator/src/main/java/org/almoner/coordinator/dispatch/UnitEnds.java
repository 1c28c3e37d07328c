package org.almoner.coordinator.dispatch;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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
  private final Doubts doubts;
  private final KnownAnswers known = KnownAnswers.load();
  private final AtomicLong revisions = new AtomicLong();

  UnitEnds(
      Backlogs backlogs,
      Units units,
      Pilots pilots,
      Stops stops,
      Outcomes outcomes,
      Doubts doubts) {
    this.backlogs = backlogs;
    this.units = units;
    this.pilots = pilots;
    this.stops = stops;
    this.outcomes = outcomes;
    this.doubts = doubts;
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
    boolean questioned = unit.state() == Unit.State.QUESTIONED;
    if (backlog.batch().starter()) {
      endStarter(group, backlog, unit);
    } else if (!unit.hasEnded()) {
      Optional<Answer> agreed = agreed(group, backlog, unit);
      if (agreed.isPresent()) {
        end(group, backlog.progress(), unit, agreed.get());
      } else if (unit.exhausted(agree) || (backlog.stopped() && !unit.isOut())) {
        giveUp(group, backlog.progress(), unit);
      } else {
        backlogs.wait(group, backlog, unit);
      }
    }
    if (questioned && unit.hasEnded()) {
      revisions.incrementAndGet();
    }
    changed(group, backlog, unit, !questioned);
  }

  /** What enough donors agreed on, unless there are {@link Doubts} and nobody more has said so. */
  private Optional<Answer> agreed(Group group, Backlog backlog, Unit unit) throws IOException {
    int agree = backlog.agree();
    for (Answer answer : unit.answers()) {
      if (unit.agrees(answer, agree)) {
        if (unit.agrees(answer, agree + 1) || !doubts.about(group, backlog, unit, answer)) {
          return Optional.of(answer);
        }
        unit.contest();
      }
    }
    return Optional.empty();
  }

  /** How often a question was asked or decided. */
  long revisions() {
    return revisions.get();
  }

  /**
   * Takes the one answer of a unit without another's.
   *
   * @see Alone
   */
  void takeAlone(Group group, Backlog backlog, Unit unit, Replica replica) throws IOException {
    Progress progress = backlog.progress();
    unit.end(Unit.State.ACCEPTED);
    progress.acceptUnit();
    decide(group, progress, unit, replica, Outcome.ACCEPTED_ALONE);
    Answer taken = replica.answer().orElseThrow();
    group.touch(new OutputPlace(taken.output(), replica.page()));
    unit.took().ifPresent(progress::learn);
    changed(group, backlog, unit, true);
  }

  /**
   * Asks others whether a result that was taken from one computer alone is right.
   *
   * @param unit of an open chunk
   * @return whether others can be asked, or are being asked
   */
  boolean question(Group group, Backlog backlog, Unit unit) {
    if (unit.state() == Unit.State.QUESTIONED) {
      return true;
    }
    if (backlog.stopped() || !unit.isAlone() || unit.nextNumber() > LeaseId.REPLICA_MAX) {
      return false;
    }
    unit.question();
    revisions.incrementAndGet();
    backlogs.wait(group, backlog, unit);
    changed(group, backlog, unit, false);
    return true;
  }

  private void changed(Group group, Backlog backlog, Unit unit, boolean mayEnd) {
    group.touch(backlog.progress());
    Chunk chunk = units.openChunk(backlog.batch(), unit.index());
    if (mayEnd && unit.hasEnded() && !backlog.stopped() && !backlog.batch().starter()) {
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
    boolean again = unit.state() == Unit.State.QUESTIONED;
    unit.end(agreed.succeeded() ? Unit.State.ACCEPTED : Unit.State.FAILED);
    if (again && !agreed.succeeded()) {
      progress.unacceptUnit();
    } else if (!again && agreed.succeeded()) {
      progress.acceptUnit();
    } else if (!again) {
      progress.failUnit();
    }
    for (Replica replica : unit.replicas()) {
      Optional<Answer> answer = replica.answer();
      if (answer.isPresent()) {
        decide(group, progress, unit, replica, unit.judge(answer.get(), agreed));
      }
    }
    for (Replica replica : unit.replicas()) {
      if (replica.outcome().counts()) {
        group.touch(new OutputPlace(replica.answer().orElseThrow().output(), replica.page()));
        break; // What is delivered is the first that counts.
      }
    }
    if (!again) {
      unit.took().ifPresent(progress::learn);
    }
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
    if (unit.state() == Unit.State.QUESTIONED) {
      giveUpQuestion(group, progress, unit);
      return;
    }
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

  /**
   * What one computer said stays as it is when nobody answered; contradicted, it is worth nothing.
   */
  private void giveUpQuestion(Group group, Progress progress, Unit unit) throws IOException {
    List<Replica> logged =
        unit.replicas().stream().filter(r -> r.state() == Replica.State.LOGGED).toList();
    Answer taken = unit.agreed().orElseThrow();
    boolean contradicted =
        logged.stream()
            .flatMap(r -> r.answer().stream())
            .anyMatch(one -> one.succeeded() && !one.agreesWith(taken));
    unit.end(contradicted ? Unit.State.FAILED : Unit.State.ACCEPTED);
    if (contradicted) {
      progress.unacceptUnit();
    }
    for (Replica replica : logged) {
      decide(
          group,
          progress,
          unit,
          replica,
          contradicted || !replica.outcome().counts() ? Outcome.NO_QUORUM : Outcome.ACCEPTED_ALONE);
    }
  }

  private void decide(Group group, Progress progress, Unit unit, Replica replica, Outcome outcome)
      throws IOException {
    boolean counted = replica.outcome().counts();
    replica.decide(outcome);
    if (counted && !outcome.counts()) {
      progress.withdrawLine(replica.took().cpuMs());
    } else if (!counted && outcome.counts()) {
      progress.acceptLine(replica.took().cpuMs());
    } else if (!counted && outcome != Outcome.STARTER) {
      progress.rejectLine();
    }
    LeaseId lease = new LeaseId(progress.batch().id(), unit.index(), replica.number());
    outcomes.decided(group, lease, replica);
  }
}
