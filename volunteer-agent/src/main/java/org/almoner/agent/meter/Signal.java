package org.almoner.agent.meter;

import com.sun.jna.LastErrorException;

/**
 * What can be sent to a process on a POSIX system. A call costs microseconds where the {@code kill}
 * program would cost a process each time: a unit that gets a quarter of a processor is held and
 * freed ten times a second.
 */
public enum Signal {
  /** Holds it still; no program can refuse. */
  STOP(19, 17),
  /** Lets it go on. */
  CONT(18, 19),
  /** Ends it; no program can refuse. */
  KILL(9, 9);

  private final int onLinux;
  private final int onOthers;

  Signal(int onLinux, int onOthers) {
    this.onLinux = onLinux;
    this.onOthers = onOthers;
  }

  /**
   * Sends it.
   *
   * @return false when there is no such process, or it is not this user's
   */
  public boolean send(ProcessHandle process) {
    boolean linux = System.getProperty("os.name", "").startsWith("Linux");
    try {
      return CLibrary.Loaded.C.kill(Math.toIntExact(process.pid()), linux ? onLinux : onOthers)
          == 0;
    } catch (LastErrorException e) {
      return false;
    }
  }
}
