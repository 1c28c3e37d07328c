package org.almoner.agent.meter;

import java.util.Optional;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/** Processes as OSHI tells of them, on systems without {@code /proc}. */
final class SystemSight implements Sight {
  private final OperatingSystem system;

  SystemSight(OperatingSystem system) {
    this.system = system;
  }

  @Override
  public Optional<Seen> of(long pid) {
    OSProcess process = system.getProcess((int) pid);
    if (process == null || process.getState() == OSProcess.State.INVALID) {
      return Optional.empty();
    }
    long resident = process.getResidentMemory();
    return Optional.of(
        new Seen(
            pid,
            process.getStartTime(),
            process.getParentProcessID(),
            process.getState() == OSProcess.State.ZOMBIE,
            process.getUserTime() + process.getKernelTime(),
            0,
            resident,
            resident,
            0,
            new Seen.Io(true, process.getBytesRead(), process.getBytesWritten())));
  }
}
