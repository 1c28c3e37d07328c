package org.almoner.agent.run.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.almoner.agent.consent.Restraint;
import org.almoner.agent.meter.Machine;
import org.almoner.agent.run.Measured;
import org.almoner.protocol.lease.Allotment;

/** Runs processes of known cost as a unit is run, in a sandbox's namespaces and in a cgroup. */
final class Burners {
  static final Machine MACHINE = new Machine();
  private static final Clocks CLOCKS = new Clocks(Clock.systemUTC(), System::nanoTime);
  private static final long GIB = 1L << 30;

  private final Path directory;
  private final Path program;
  private Restraint restraint = Restraint.NONE;
  private int cores = MACHINE.facts().cores();
  private long wallMs = 120_000;

  /**
   * What was measured, and what the kernel booked.
   *
   * @param passedMs from start to end
   * @param own processor time of the measuring thread in between
   */
  record Ran(ChildProcess.End end, Measured measured, long truthMs, long passedMs, long own) {}

  private Burners(Path directory, Path program) {
    this.directory = directory;
    this.program = program;
  }

  /** Builds the program in {@code directory}; skips the test where a tool is missing. */
  static Burners in(Path directory) throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/stat")), "tool missing: /proc");
    assumeTrue(found("cc"), "tool missing: cc");
    assumeTrue(found("bwrap"), "tool missing: bwrap");
    Path source = Path.of(Burners.class.getResource("burner.c").toURI());
    Path program = directory.resolve("burner");
    Process cc =
        new ProcessBuilder("cc", "-O1", "-pthread", "-o", program.toString(), source.toString())
            .inheritIO()
            .start();
    assumeTrue(cc.waitFor() == 0, "tool missing: a C library to build with");
    return new Burners(directory, program);
  }

  private static boolean found(String tool) {
    for (String folder : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, tool))) {
        return true;
      }
    }
    return false;
  }

  Burners restrained(Restraint to) {
    restraint = to;
    return this;
  }

  Burners cores(int number) {
    cores = number;
    return this;
  }

  Burners wall(long ms) {
    wallMs = ms;
    return this;
  }

  ChildProcess start(Kernel kernel, String... words) throws IOException {
    List<String> command = new ArrayList<>(kernel.into());
    command.addAll(
        List.of(
            "bwrap",
            "--dev-bind",
            "/",
            "/",
            "--unshare-all",
            "--die-with-parent",
            "--new-session",
            program.toString()));
    command.addAll(List.of(words));
    return ChildProcess.start(
        command,
        new ChildFiles(Files.createTempDirectory(directory, "run")),
        new Allotment(cores, GIB, GIB, wallMs),
        MACHINE,
        ProcessControl.forSystem("Linux", restraint),
        CLOCKS);
  }

  Ran run(String... words) throws Exception {
    try (Kernel kernel = Kernel.open()) {
      long own = ownCpuMs();
      long began = System.nanoTime();
      ChildProcess process = start(kernel, words);
      ChildProcess.End end = process.await();
      long passedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      return new Ran(end, process.measured(0), kernel.cpuMs(), passedMs, ownCpuMs() - own);
    }
  }

  /** Of the thread that starts and measures, without Java's compilers. */
  private static long ownCpuMs() {
    return TimeUnit.NANOSECONDS.toMillis(
        ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }
}
