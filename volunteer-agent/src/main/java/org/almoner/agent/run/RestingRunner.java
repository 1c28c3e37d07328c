package org.almoner.agent.run;

import java.io.IOException;
import java.util.Optional;
import org.almoner.agent.consent.Thermostat;

/** A runner on a computer whose owner does not want it too hot, that says when it rests. */
public final class RestingRunner implements Runner {
  private final Runner runner;
  private final Thermostat thermostat;

  /**
   * @param runner whose processes are held still by that very thermostat
   */
  public RestingRunner(Runner runner, Thermostat thermostat) {
    this.runner = runner;
    this.thermostat = thermostat;
  }

  @Override
  public Offered offered() {
    return runner.offered();
  }

  @Override
  public Running start(Task task) throws IOException {
    return runner.start(task);
  }

  @Override
  public Optional<String> resting() {
    return thermostat.reasonToRest();
  }
}
