package org.almoner.command;

import java.io.IOException;
import java.time.Duration;
import org.almoner.agent.run.Offered;
import org.almoner.agent.run.Runner;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Task;

/** A runner whose units in steps are put aside at a pace of the caller's. */
record PutAsideEvery(Runner runner, Duration every) implements Runner {
  @Override
  public Offered offered() {
    return runner.offered();
  }

  @Override
  public Running start(Task task) throws IOException {
    return runner.start(task.withSnapshots(every.toMillis()));
  }
}
