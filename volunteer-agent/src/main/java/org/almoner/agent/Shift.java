package org.almoner.agent;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.almoner.agent.contact.Backoff;
import org.almoner.agent.control.FinishFile;
import org.almoner.agent.control.StopSignal;
import org.almoner.agent.durable.NeedsOwner;
import org.almoner.agent.origin.ChangedIdentity;

/**
 * The one loop: units run beside it, and it speaks to the coordinator when there is something to
 * say, first about the agent, then of what is done, then for more work.
 */
final class Shift {
  /** Another process may leave a link behind; the agent looks at least so often. */
  private static final Duration LOOK_MAX = Duration.ofSeconds(5);

  private final Bench bench;
  private final Introducing introducing;
  private final Reporting reporting;
  private final Asking asking;
  private final Renewing renewing;
  private final FinishFile finish;
  private final Board board;
  private final Patience patience;
  private final Backoff backoff;
  private final Wakeup wakeup;
  private boolean diskFailed;

  Shift(
      Bench bench,
      Introducing introducing,
      Reporting reporting,
      Asking asking,
      Renewing renewing,
      FinishFile finish,
      Board board,
      Patience patience,
      Backoff backoff,
      Wakeup wakeup) {
    this.bench = bench;
    this.introducing = introducing;
    this.reporting = reporting;
    this.asking = asking;
    this.renewing = renewing;
    this.finish = finish;
    this.board = board;
    this.patience = patience;
    this.backoff = backoff;
    this.wakeup = wakeup;
  }

  /** Works until told to stop, or until what ran is finished; no unit runs when it returns. */
  void run(StopSignal stop)
      throws IOException, InterruptedException, ChangedIdentity, KeySuspended {
    Thread renewals = renewing.start();
    try {
      while (!stop.given() && !finish.asked()) {
        bench.fill();
        raise(bench.broken());
        slowDown();
        wakeup.await(longest(speak()));
      }
      finish(stop);
    } finally {
      boolean interrupted = Thread.interrupted();
      renewals.interrupt();
      bench.stop();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Lets what runs come to its end, and is told of its proof. */
  private void finish(StopSignal stop)
      throws IOException, InterruptedException, ChangedIdentity, KeySuspended {
    bench.takeNoMore();
    if (!stop.given()) {
      board.finishing();
    }
    while (!stop.given()) {
      raise(bench.broken());
      boolean idle = bench.idle();
      boolean told = patience.left().isZero() && tell();
      if (idle && told) {
        return;
      }
      wakeup.await(longest(patience.left()));
    }
  }

  /**
   * Says what there is to say.
   *
   * @return how long to be quiet; zero when there is nothing to wait for but a unit
   */
  private Duration speak() throws IOException, InterruptedException, ChangedIdentity, KeySuspended {
    if (patience.left().isZero() && tell() && ask()) {
      patience.answered();
      bench.fill();
      return asking.left();
    }
    return patience.left();
  }

  /** Says who it is and what is finished; whether all of that was answered. */
  private boolean tell() throws IOException, InterruptedException, ChangedIdentity, KeySuspended {
    return withDisk(() -> introducing.run() && reporting.run());
  }

  /**
   * Every step is kept before the next, and may be taken again: when the disk is full or fails, the
   * agent waits and does that.
   */
  private boolean withDisk(Step step)
      throws IOException, InterruptedException, ChangedIdentity, KeySuspended {
    try {
      boolean done = step.take();
      if (diskFailed) {
        diskFailed = false;
        board.wellAgain();
      }
      return done;
    } catch (NeedsOwner e) {
      throw e;
    } catch (IOException e) {
      diskFailed = true;
      patience.diskFailed(e);
      return false;
    }
  }

  @FunctionalInterface
  private interface Step {
    boolean take() throws IOException, InterruptedException, ChangedIdentity, KeySuspended;
  }

  /** Other work comes when the first unit was right: that is worth asking for at once. */
  private boolean ask() throws IOException, InterruptedException, ChangedIdentity, KeySuspended {
    if (reporting.newlyRight()) {
      asking.rest(Duration.ZERO);
    }
    return withDisk(asking::run);
  }

  private void slowDown() {
    int lost = bench.newlyLost();
    if (lost > 0) {
      asking.rest(backoff.after(lost, Duration.ZERO));
    }
  }

  private Duration longest(Duration quiet) {
    Duration longest = quiet.isZero() || quiet.compareTo(LOOK_MAX) > 0 ? LOOK_MAX : quiet;
    return bench.untilRetry().filter(r -> r.compareTo(longest) < 0).orElse(longest);
  }

  private static void raise(Optional<Exception> broken) throws IOException {
    if (broken.isPresent()) {
      Exception e = broken.get();
      throw e instanceof IOException io ? io : new IOException("the agent failed: " + e, e);
    }
  }
}
