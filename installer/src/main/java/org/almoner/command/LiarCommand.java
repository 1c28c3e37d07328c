package org.almoner.command;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.almoner.agent.VolunteerAgent;
import org.almoner.agent.run.wasm.ChildJvm;
import org.almoner.protocol.bytes.Hash;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The demonstration's cheat: a real agent whose runner lies once. */
@Command(name = "liar", hidden = true)
final class LiarCommand implements Callable<Integer> {
  @Mixin private AgentCommand.Place place = new AgentCommand.Place();

  @Option(names = "--code", required = true)
  private String code = "";

  @Option(names = "--module", required = true, description = "SHA-256 of the program to lie about.")
  private String module = "";

  @Option(names = "--stop-with-stdin")
  private boolean stopWithStdin;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Hash about = Hash.parseHex(module);
    VolunteerAgent agent =
        AgentCommand.agent(
            place,
            AgentCommand.small(),
            ChildJvm.sameAsThis(),
            honest -> new LyingRunner(honest, about, Mersenne.invented(), Clock.systemUTC()));
    return AgentCommand.lend(agent, code, stopWithStdin);
  }
}
