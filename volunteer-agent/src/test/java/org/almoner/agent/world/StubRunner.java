package org.almoner.agent.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.almoner.agent.run.Measured;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Runner;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Software;
import org.almoner.agent.run.Spent;
import org.almoner.agent.run.Task;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.OutputBundle;

/** Runs units in no time, in this process; their first argument says how they end. */
public final class StubRunner implements Runner {
  public final AtomicInteger started = new AtomicInteger();
  public final AtomicInteger ended = new AtomicInteger();

  /** Units that wait go on when it is counted down. */
  public final CountDownLatch finish = new CountDownLatch(1);

  private final Engine engine;

  /** Says that it is the portable engine. */
  public StubRunner() {
    this(Engine.PORTABLE);
  }

  /** Says that it is {@code engine}. */
  public StubRunner(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Running start(Task task) throws IOException {
    int number = started.incrementAndGet();
    boolean module = task.software() instanceof Software.Wasm;
    if ((module && !Files.isReadable(task.module())) || !Files.isDirectory(task.directory())) {
      throw new IOException("the task is not laid out");
    }
    String[] words = (String.join(" ", task.args()) + " -").split(" ");
    if (words[0].equals("cannot")) {
      ended.incrementAndGet();
      throw new IOException("no process can be started");
    }
    long startMs = Instant.now().toEpochMilli();
    return new Running() {
      @Override
      public Engine engine() {
        return engine;
      }

      private final CountDownLatch stopped = new CountDownLatch(1);

      @Override
      public RunOutcome await() throws InterruptedException {
        try {
          return outcome();
        } catch (IOException e) {
          throw new IllegalStateException(e);
        } finally {
          ended.incrementAndGet();
        }
      }

      private RunOutcome outcome() throws IOException, InterruptedException {
        switch (words[0]) {
          case "trap":
            return new RunOutcome.Trapped("unreachable", 7, List.of(), measured());
          case "oom":
            return new RunOutcome.OutOfMemory("asked for 2 GiB", 8, List.of(), measured());
          case "timeout":
            return new RunOutcome.TimedOut("60 s are over", measured());
          case "refuse":
            return new RunOutcome.Refused("it imports a socket", measured());
          case "crash":
            return new RunOutcome.Crashed("killed by the system", measured());
          case "crash-once":
            return number == 1
                ? new RunOutcome.Crashed("killed by the system", measured())
                : finished(0, "after a crash");
          case "hang":
            stopped.await();
            return new RunOutcome.Stopped(measured());
          case "wait":
            finish.await();
            return finished(0, "waited");
          case "big":
            return finished(0, "x".repeat(Integer.parseInt(words[1])));
          case "exit":
            return finished(Integer.parseInt(words[1]), "failed");
          default:
            return finished(0, String.join(" ", words));
        }
      }

      private RunOutcome finished(int exit, String text) throws IOException {
        OutputBundle bundle =
            new OutputBundle(
                List.of(new OutputBundle.OutputFile(new BundlePath("out.txt"), Bytes.utf8(text))));
        Path file = Files.write(task.directory().resolve("bundle"), bundle.encode());
        Hash digest = bundle.digest();
        return new RunOutcome.Finished(exit, 1_000, file, digest, List.of(), measured());
      }

      private Measured measured() {
        return new Measured(
            startMs, Instant.now().toEpochMilli(), 10, 9, 3_000_000, 2_000_000, 1 << 20);
      }

      @Override
      public Spent spent() {
        return new Spent(10, 9);
      }

      @Override
      public void stop() {
        stopped.countDown();
      }

      @Override
      public void pause() {}

      @Override
      public void resume() {}
    };
  }
}
