package org.almoner.command;

import java.nio.file.Path;
import org.almoner.agent.consent.Restraint;
import org.almoner.agent.consent.Thermostat;
import org.almoner.agent.meter.Machine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How hard the owner lets units drive this computer, and what measures it. */
final class RestraintOptions {
  @Option(
      names = "--cpu-share",
      paramLabel = "PERCENT",
      defaultValue = "100",
      description =
          "Of the processors lent to a unit, what it may use on average, 1 to 100 (default:"
              + " ${DEFAULT-VALUE}).")
  private int percent = 100;

  @Option(
      names = "--max-temperature",
      paramLabel = "CELSIUS",
      description =
          "Units are held still while the processor is hotter, until it is 5 degrees cooler"
              + " (default: no ceiling).")
  private @Nullable Integer celsius;

  @Option(
      names = "--energy-file",
      paramLabel = "FILE",
      description =
          "A file to which a program of yours appends what a meter at the wall shows, a line"
              + " MILLISECONDS,JOULES at a time.")
  private @Nullable Path energyFile;

  /** This computer, with the meter at the wall if there is one. */
  Machine machine() {
    return energyFile == null ? new Machine() : new Machine(energyFile.toAbsolutePath());
  }

  /** What was asked for. */
  Restraint restraint(Machine machine) {
    try {
      if (celsius == null) {
        return new Restraint(percent, Thermostat.off());
      }
      if (machine.celsius().isEmpty()) {
        throw Failure.wrongUse(
            "--max-temperature: this computer does not tell its processor's temperature; leave the"
                + " option out");
      }
      return new Restraint(percent, new Thermostat(machine::celsius, celsius));
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse(String.valueOf(e.getMessage()));
    }
  }
}
