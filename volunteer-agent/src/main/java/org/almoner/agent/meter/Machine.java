package org.almoner.agent.meter;

import java.util.function.LongSupplier;
import oshi.SystemInfo;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.software.os.OperatingSystem;

/** This machine. Making one takes about half a second; one is enough for the life of an agent. */
public final class Machine {
  private final OperatingSystem system;
  private final MachineFacts facts;

  /** Looks at the machine. */
  public Machine() {
    SystemInfo info = new SystemInfo();
    HardwareAbstractionLayer hardware = info.getHardware();
    system = info.getOperatingSystem();
    facts =
        new MachineFacts(
            system.getFamily() + " " + system.getVersionInfo().getVersion(),
            System.getProperty("os.arch"),
            hardware.getProcessor().getProcessorIdentifier().getName().strip(),
            hardware.getProcessor().getLogicalProcessorCount(),
            hardware.getMemory().getTotal());
  }

  /** What kind of machine it is. */
  public MachineFacts facts() {
    return facts;
  }

  /**
   * A meter for {@code process} and everything it starts.
   *
   * @param nanos a monotonic clock
   */
  public ProcessMeter meter(ProcessHandle process, LongSupplier nanos) {
    return new ProcessMeter(system, process, nanos);
  }
}
