package org.almoner.command.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * How many agents come back, and to where.
 *
 * @param agents each with a key, an address and a finished unit of its own
 * @param folder where the coordinator's data folder is made
 * @param jvm options of the coordinator's Java
 */
public record OutageSettings(int agents, Path folder, List<String> jvm) {
  /** Most agents: each is a thread and a connection of this process. */
  public static final int AGENTS_MAX = 20_000;

  /** Refuses what cannot be measured, naming the option. */
  public OutageSettings {
    jvm = List.copyOf(jvm);
    if (agents < 1 || agents > AGENTS_MAX) {
      throw new IllegalArgumentException("--agents takes 1 to " + AGENTS_MAX + ", got " + agents);
    }
  }
}
