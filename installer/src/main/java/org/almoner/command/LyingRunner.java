package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.almoner.agent.run.Measured;
import org.almoner.agent.run.Offered;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Runner;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Software;
import org.almoner.agent.run.Spent;
import org.almoner.agent.run.Task;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.result.OutputBundle;

/**
 * A volunteer who cheats once, for the demonstration: instead of running its first unit of one
 * program it sleeps, makes a result up, and claims the processor time it never used.
 */
final class LyingRunner implements Runner {
  private static final long SLEEP_MS = 2_000;
  private static final long INSTRUCTIONS = 1_234_567_890;
  private static final long MEMORY_BYTES = 64L << 20;

  private final Runner honest;
  private final Hash module;
  private final OutputBundle madeUp;
  private final InstantSource clock;
  private boolean lied;

  /**
   * Lies about one unit of {@code module}.
   *
   * @param madeUp what to hand in
   */
  LyingRunner(Runner honest, Hash module, OutputBundle madeUp, InstantSource clock) {
    this.honest = honest;
    this.module = module;
    this.madeUp = madeUp;
    this.clock = clock;
  }

  @Override
  public Offered offered() {
    return honest.offered();
  }

  @Override
  public synchronized Running start(Task task) throws IOException {
    if (lied || !(task.software() instanceof Software.Wasm)) {
      return honest.start(task);
    }
    if (!Hash.sha256(Files.readAllBytes(task.module())).equals(module)) {
      return honest.start(task);
    }
    lied = true;
    Path made = Files.write(task.directory().resolve("made-up.bundle"), madeUp.encode());
    return new Sleeping(made, madeUp.digest(), clock);
  }

  private static final class Sleeping implements Running {
    private final Path bundle;
    private final Hash output;
    private final InstantSource clock;

    Sleeping(Path bundle, Hash output, InstantSource clock) {
      this.bundle = bundle;
      this.output = output;
      this.clock = clock;
    }

    @Override
    public RunOutcome await() throws InterruptedException {
      long began = clock.millis();
      Thread.sleep(SLEEP_MS);
      Measured claimed =
          new Measured(
              began,
              began + SLEEP_MS,
              SLEEP_MS,
              SLEEP_MS,
              MEMORY_BYTES,
              MEMORY_BYTES,
              MEMORY_BYTES);
      return new RunOutcome.Finished(0, INSTRUCTIONS, bundle, output, List.of(), claimed);
    }

    @Override
    public Engine engine() {
      return Engine.PORTABLE;
    }

    @Override
    public Spent spent() {
      return Spent.NOTHING;
    }

    @Override
    public void stop() {
      // sleeps no longer than an agent takes to end
    }

    @Override
    public void pause() {
      // nothing runs
    }

    @Override
    public void resume() {
      // nothing runs
    }
  }
}
