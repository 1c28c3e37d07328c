package org.almoner.agent.meter;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import oshi.SystemInfo;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.software.os.OperatingSystem;

/** This machine. Making one takes about half a second; one is enough for the life of an agent. */
public final class Machine {
  /** No file. */
  public static final Path NO_METER = Path.of("");

  private static final Path PROC = Path.of("/proc");
  private static final Path SYS = Path.of("/sys");
  private static final long IDLE_LOOK_SECONDS = 60;

  private final MachineFacts facts;
  private final Sight sight;
  private final Family family = new Family(PROC);
  private final Adoption adoption;
  private final EnergyMeter energy;
  private final Thermometer thermometer = new Thermometer(SYS);
  private final Uptime uptime = new Uptime(PROC);

  /**
   * Looks at the machine.
   *
   * @param wallMeter where a meter at the wall is read; {@link #NO_METER} where there is none
   */
  public Machine(Path wallMeter) {
    SystemInfo info = new SystemInfo();
    HardwareAbstractionLayer hardware = info.getHardware();
    OperatingSystem system = info.getOperatingSystem();
    facts =
        new MachineFacts(
            system.getFamily() + " " + system.getVersionInfo().getVersion(),
            System.getProperty("os.arch"),
            hardware.getProcessor().getProcessorIdentifier().getName().strip(),
            hardware.getProcessor().getLogicalProcessorCount(),
            hardware.getMemory().getTotal());
    boolean linux = Files.isRegularFile(PROC.resolve("self/stat"));
    sight = linux ? new ProcSight(PROC) : new SystemSight(system);
    adoption = new Adoption(linux, sight);
    BusyTime busy = new BusyTime(PROC);
    Optional<EnergyCounter> counter =
        wallMeter.equals(NO_METER)
            ? Powercap.find(SYS, uptime::ms)
            : Optional.of(new WallMeterFile(wallMeter));
    energy = new EnergyMeter(counter, busy::ms, facts.cores());
    if (counter.isPresent()) {
      watchIdleLevel();
    }
  }

  /** Looks at the machine, which has no meter at the wall. */
  public Machine() {
    this(NO_METER);
  }

  private void watchIdleLevel() {
    ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "idle-level");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        watch.scheduleAtFixedRate(
            energy::rest, IDLE_LOOK_SECONDS, IDLE_LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** What units take in energy. */
  public EnergyMeter energy() {
    return energy;
  }

  /** The processor's temperature in degrees Celsius; empty when nothing tells it. */
  public OptionalInt celsius() {
    return thermometer.celsius();
  }

  /** What kind of machine it is. */
  public MachineFacts facts() {
    return facts;
  }

  /** Time since the machine was started, sleep included; empty where the system does not tell. */
  public OptionalLong sinceBootMs() {
    return uptime.ms();
  }

  /**
   * A meter for {@code process} and everything it starts.
   *
   * @param nanos a monotonic clock
   */
  public ProcessMeter meter(ProcessHandle process, LongSupplier nanos) {
    return new ProcessMeter(sight, family, adoption, process, nanos);
  }
}
