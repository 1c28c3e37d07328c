package org.almoner.agent.run.nativ;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.almoner.agent.meter.Machine;
import org.almoner.agent.run.Offered;
import org.almoner.agent.run.Runner;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Software;
import org.almoner.agent.run.Task;
import org.almoner.agent.run.process.Ceiling;
import org.almoner.agent.run.process.ChildProcess;
import org.almoner.agent.run.process.Clocks;
import org.almoner.agent.run.process.ProcessControl;
import org.almoner.agent.run.sandbox.Cgroup;
import org.almoner.agent.run.sandbox.Inside;
import org.almoner.agent.run.sandbox.Limits;
import org.almoner.agent.run.sandbox.Sandbox;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.lease.Platform;

/**
 * Runs units whose software is a program for this kind of computer, in a sandbox and nowhere else.
 *
 * <p>Nothing is counted: a result is believed because other computers return the same.
 */
public final class NativeRunner implements Runner {
  /** Processes and threads of one unit. */
  static final int PROCESSES_MAX = 64;

  /** Files one of its processes may have open at one time. */
  static final int OPEN_FILES_MAX = 256;

  private final Sandbox sandbox;
  private final Platform platform;
  private final Machine machine;
  private final ProcessControl control;
  private final Clocks clocks;

  /**
   * A runner on {@code machine}.
   *
   * @param platform what this computer's programs are built for
   */
  public NativeRunner(
      Sandbox sandbox, Platform platform, Machine machine, ProcessControl control, Clocks clocks) {
    this.sandbox = sandbox;
    this.platform = platform;
    this.machine = machine;
    this.control = control;
    this.clocks = clocks;
  }

  @Override
  public Offered offered() {
    return new Offered(List.of(Engine.NATIVE), List.of(platform), false, List.of(platform));
  }

  @Override
  public Running start(Task task) throws IOException {
    if (!(task.software() instanceof Software.Program software)) {
      throw new IllegalArgumentException("the unit's software is no native program");
    }
    NativeFiles files = NativeFiles.in(task.directory());
    files.prepare(software, task.inputs(), sandbox);
    List<String> program = new ArrayList<>();
    program.add(NativeFiles.PROGRAM + "/" + software.program());
    program.addAll(task.args());
    Inside inside =
        new Inside(
            files.mounts(), NativeFiles.OUT, Inside.PLAIN_ENVIRONMENT, limits(task.allotment()));
    Cgroup group = sandbox.group(inside.limits(), task.allotment().cores());
    List<String> command = sandbox.command(inside, program, files.status(), group);
    return new NativeRunning(
        ChildProcess.start(
            command,
            files.child(),
            task.allotment(),
            new Ceiling(task.allotment().memoryBytes()), // the kernel's limit is of each process
            machine,
            control,
            clocks),
        files,
        task.allotment(),
        group);
  }

  private static Limits limits(Allotment allotment) {
    return new Limits(
        allotment.memoryBytes(), allotment.diskBytes(), PROCESSES_MAX, OPEN_FILES_MAX);
  }
}
