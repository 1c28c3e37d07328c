package org.almoner.agent.run.process;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.almoner.agent.consent.Restraint;

/** What the operating system lets an agent do to processes while they run. */
public interface ProcessControl {
  /**
   * Holds processes still until {@link #free}; their memory stays.
   *
   * @param processes those that run, each time it is asked: one that is not held yet may start
   *     another
   * @return those that are held; none where the system cannot
   */
  List<ProcessHandle> hold(Supplier<List<ProcessHandle>> processes);

  /** Lets held processes go on. */
  void free(List<ProcessHandle> processes);

  /** How hard units may drive the computer. */
  Restraint restraint();

  /**
   * Holds a process and its descendants still until {@link #resume}.
   *
   * @return false when this system cannot
   */
  default boolean pause(ProcessHandle process) {
    return !hold(() -> tree(process)).isEmpty();
  }

  /** Lets a held process and its descendants go on. */
  default void resume(ProcessHandle process) {
    free(tree(process));
  }

  private static List<ProcessHandle> tree(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  /** Control for the system with this name, which is the value of {@code os.name}. */
  static ProcessControl forSystem(String osName) {
    return forSystem(osName, Restraint.NONE);
  }

  /** The same, for an owner who wants the computer driven no harder than that. */
  static ProcessControl forSystem(String osName, Restraint restraint) {
    return osName.startsWith("Windows")
        ? new NoProcessControl(restraint)
        : new SignalProcessControl(restraint);
  }
}
