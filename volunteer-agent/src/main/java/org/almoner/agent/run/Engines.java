package org.almoner.agent.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.almoner.protocol.lease.Engine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engines of one computer: each unit is given to the one it is wished to run on where that is
 * here, else to the fastest that can run it.
 *
 * <p>A Wasm module that the fast engine could not start, or that crashed in it, runs on the
 * portable one from then on.
 */
public final class Engines implements Runner {
  private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

  /** Modules remembered as failing in the fast engine; with one more all are tried again. */
  private static final int FAILING_MAX = 1_000;

  private final Map<Engine, Runner> runners;
  private final Offered offered;
  private final Set<Path> failing = ConcurrentHashMap.newKeySet();

  /**
   * Runs units by these.
   *
   * @param runners at least one
   * @param offered what is told of them; its engines are those of {@code runners}
   */
  public Engines(Map<Engine, Runner> runners, Offered offered) {
    this.runners = new EnumMap<>(runners);
    this.offered = offered;
    if (!this.runners.keySet().equals(Set.copyOf(offered.list()))) {
      throw new IllegalArgumentException(
          "engines " + this.runners.keySet() + " are here, " + offered.list() + " are offered");
    }
  }

  @Override
  public Offered offered() {
    return offered;
  }

  @Override
  public Running start(Task task) throws IOException {
    if (task.software() instanceof Software.Program) {
      Runner runner = runners.get(Engine.NATIVE);
      if (runner == null) {
        throw new IOException("this computer runs no native programs");
      }
      return runner.start(task);
    }
    List<Engine> order = order(task);
    if (order.isEmpty()) {
      throw new IOException("this computer has no engine for Wasm modules");
    }
    if (order.get(0) == Engine.FAST) {
      return order.size() == 1 ? runner(Engine.FAST).start(task) : fast(task);
    }
    return runner(order.get(0)).start(task);
  }

  /** Engines that run the task's module here, the one to try first before the others. */
  private List<Engine> order(Task task) {
    List<Engine> order = new ArrayList<>();
    if (!failing.contains(task.module())) {
      order.addAll(task.engines());
      order.add(Engine.FAST);
    }
    order.add(Engine.PORTABLE);
    order.add(Engine.FAST);
    return order.stream()
        .filter(engine -> engine != Engine.NATIVE && runners.containsKey(engine))
        .distinct()
        .toList();
  }

  private Runner runner(Engine engine) {
    Runner runner = runners.get(engine);
    if (runner == null) {
      throw new IllegalStateException("no engine " + engine.text());
    }
    return runner;
  }

  private Running fast(Task task) throws IOException {
    try {
      return new Watched(runner(Engine.FAST).start(task), task.module());
    } catch (IOException e) {
      note(task.module(), String.valueOf(e.getMessage()));
      return runner(Engine.PORTABLE).start(task);
    }
  }

  private void note(Path module, String reason) {
    if (failing.size() >= FAILING_MAX) {
      failing.clear();
    }
    failing.add(module);
    LOG.atWarn()
        .addKeyValue("module", module.getFileName())
        .addKeyValue("reason", reason)
        .log("The fast engine cannot run a module; the portable one does");
  }

  /** A unit in the fast engine; if it crashes, the next try is not made there. */
  private final class Watched implements Running {
    private final Running fast;
    private final Path module;

    Watched(Running fast, Path module) {
      this.fast = fast;
      this.module = module;
    }

    @Override
    public RunOutcome await() throws InterruptedException {
      RunOutcome outcome = fast.await();
      if (outcome instanceof RunOutcome.Crashed crashed) {
        note(module, crashed.reason());
      }
      return outcome;
    }

    @Override
    public Engine engine() {
      return fast.engine();
    }

    @Override
    public Spent spent() {
      return fast.spent();
    }

    @Override
    public void stop() {
      fast.stop();
    }

    @Override
    public void pause() {
      fast.pause();
    }

    @Override
    public void resume() {
      fast.resume();
    }
  }
}
