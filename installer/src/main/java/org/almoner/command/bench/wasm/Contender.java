package org.almoner.command.bench.wasm;

import java.util.List;
import org.almoner.agent.run.Runner;
import org.almoner.protocol.lease.Engine;

/**
 * What runs the modules.
 *
 * @param name for people
 * @param engine which of the figures its times belong to; none when it is there only to agree with
 *     the others
 */
public record Contender(String name, List<Engine> engine, Runner runner) {
  /** Copies the list. */
  public Contender {
    engine = List.copyOf(engine);
  }
}
