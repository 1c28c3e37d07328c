package org.almoner.agent.run.process;

import java.io.IOException;

/** What the operating system lets an agent do to a process while it runs. */
public interface ProcessControl {
  /**
   * Holds the process still until {@link #resume}; its memory stays.
   *
   * @return false when this system cannot
   */
  boolean pause(ProcessHandle process) throws IOException;

  /** Lets a held process go on. */
  void resume(ProcessHandle process) throws IOException;

  /** Control for the system with this name, which is the value of {@code os.name}. */
  static ProcessControl forSystem(String osName) {
    return osName.startsWith("Windows") ? new NoProcessControl() : new SignalProcessControl();
  }
}
