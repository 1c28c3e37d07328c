package org.almoner.agent;

import java.io.IOException;
import java.util.Optional;
import org.almoner.agent.control.FinishFile;
import org.almoner.agent.control.StopSignal;
import org.almoner.agent.origin.ChangedIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work for one coordinator on a thread of its own. */
final class Engaged {
  private static final Logger LOG = LoggerFactory.getLogger(Engaged.class);

  private final Engagement engagement;
  private final Board board;
  private final FinishFile finish;
  private final StopSignal stop;
  private final Thread thread = new Thread(this::work, "coordinator");
  private volatile String reason = "stopped by its owner";
  private volatile Optional<Throwable> fault = Optional.empty();

  Engaged(Engagement engagement, Board board, FinishFile finish, StopSignal stop) {
    this.engagement = engagement;
    this.board = board;
    this.finish = finish;
    this.stop = stop;
  }

  void start() {
    board.starting();
    thread.start();
    stop.onStop(thread::interrupt);
  }

  /** Returns when it has ended; an interrupt of the caller is no reason to leave it behind. */
  void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
        thread.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says why it ended, once all have. */
  void sayEnded() {
    board.stopped(reason);
  }

  /** Throws what ended it, if it was not its owner. */
  void raise() throws IOException, ChangedIdentity {
    if (fault.isEmpty()) {
      return;
    }
    Throwable e = fault.get();
    if (e instanceof IOException io) {
      throw io;
    }
    if (e instanceof ChangedIdentity changed) {
      throw changed;
    }
    throw e instanceof RuntimeException broken ? broken : new IllegalStateException(e);
  }

  private void work() {
    try {
      engagement.run(stop);
      if (finish.asked()) {
        reason = "finished what it ran, as its owner asked";
      }
      board.stopped(reason);
    } catch (InterruptedException e) {
      LOG.atInfo().log("The agent stops");
      board.stopped(reason);
    } catch (IOException | ChangedIdentity | RuntimeException | Error e) {
      reason = String.valueOf(e.getMessage());
      fault = Optional.of(e);
      LOG.atError().addKeyValue("reason", reason).log("The work for a coordinator has ended");
      // The others may go on for long, and the owner should know.
      board.trouble(reason);
    }
  }
}
