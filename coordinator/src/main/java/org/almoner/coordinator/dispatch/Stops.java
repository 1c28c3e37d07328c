package org.almoner.coordinator.dispatch;

import org.almoner.coordinator.batch.Progress;
import org.almoner.coordinator.batch.Stopped;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.coordinator.writer.Group;

/** Ends the leasing of a batch before its units have ended. Used on the writer's thread. */
final class Stops {
  private final Backlogs backlogs;
  private final Units units;
  private final Abandoned abandoned;

  Stops(Backlogs backlogs, Units units, Abandoned abandoned) {
    this.backlogs = backlogs;
    this.units = units;
    this.abandoned = abandoned;
  }

  /**
   * Leases nothing of the batch any more, if there is a reason that counts and something to stop: a
   * unit that waits, or a question about one that has ended.
   */
  BatchView stop(Group group, Backlog backlog, StopReason reason) {
    Progress progress = backlog.progress();
    boolean goesOn = !progress.stopped().isStop();
    boolean over =
        progress.view().done()
            && !units.isOpen(backlog.batch().id())
            && reason.kind() != StopReason.Kind.RECALLED;
    if (reason.replaces(progress.stopped()) && !over) {
      progress.stop(reason);
      group.touch(new Stopped(backlog.batch().id(), group.nowMs(), reason));
      group.touch(progress);
      if (goesOn) {
        backlogs.close(backlog);
        abandoned.close(backlog, units);
      }
    }
    return progress.view();
  }
}
