package org.almoner.agent.world;

import java.nio.file.Path;
import org.almoner.agent.VolunteerAgent;
import org.almoner.agent.control.StopSignal;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.origin.CoordinatorAddress;

/** An agent in a process of its own, as its command starts it; arguments: home, address. */
public final class AgentProcess {
  private AgentProcess() {}

  public static void main(String[] args) throws Exception {
    VolunteerAgent agent =
        Harness.agent(
            Harness.settings(Path.of(args[0]), CoordinatorAddress.parse(args[1])),
            new StubRunner(),
            new FsyncDisk());
    StopSignal stop = new StopSignal();
    Thread main = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.stop();
                  try {
                    main.join(2_000);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  // A signal would otherwise be the exit code, as if the agent had failed.
                  Runtime.getRuntime().halt(main.isAlive() ? 1 : 0);
                }));
    agent.run(stop);
  }
}
