package org.almoner.coordinator.writer;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.row.Images;
import org.almoner.coordinator.row.RowStore;
import org.almoner.ledger.append.Committed;
import org.almoner.ledger.append.Prepared;
import org.almoner.ledger.append.Pulse;
import org.almoner.ledger.append.Sequencer;
import org.almoner.protocol.bytes.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs one after the other on one thread and makes them durable in groups: as many as have
 * come while the group before was being written, at most {@link #GROUP_JOBS_MAX}.
 *
 * <p>A group is decided in memory; its journal page is written; it is staged (entries and the
 * images of all other rows in one durable record: from then on it will be, whatever happens),
 * written to its rows, published in the log, and only then answered. After any error of the store
 * it stops for good: every later request is told why.
 */
public final class Writer implements AutoCloseable {
  /** Most jobs of one group. */
  public static final int GROUP_JOBS_MAX = 1_000;

  /** Octets of requests after which a group takes no more: they are all staged as one record. */
  public static final long GROUP_OCTETS_MAX = 4L << 20;

  /** Octets of requests that may wait; more are told to come back. */
  public static final long QUEUE_OCTETS_MAX = 256L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  private final Sequencer sequencer;
  private final RowStore rows;
  private final InstantSource clock;
  private final BeforeGroup beforeGroup;
  private final AfterGroup afterGroup;
  private final BlockingQueue<Pending<?>> queue;
  private final AtomicLong queuedOctets = new AtomicLong();
  private final Thread thread;

  /** The clock may be set back; decisions never are. */
  private long lastMs;

  private volatile Optional<String> stopped = Optional.empty();

  /** Makes durable, on the writer's thread, what a group needs that is not in its rows. */
  @FunctionalInterface
  public interface BeforeGroup {
    /**
     * The group was decided and is about to be staged.
     *
     * @throws IOException when it is not known what became durable; the writer stops
     */
    void staging() throws IOException;
  }

  /** When a group was last published, or the writer started. */
  private volatile long publishedMs;

  /** Since when the group at work has been; negative when none is. */
  private volatile long atWorkMs = -1;

  /** Is told, on the writer's thread, that a group is durable and published. */
  @FunctionalInterface
  public interface AfterGroup {
    /** Takes the group's commit into account, before its requesters are answered. */
    void published(Group group, Committed committed);
  }

  private static final class Pending<T> {
    private final Job<T> job;
    private final long octets;
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private Optional<T> result = Optional.empty();
    private Optional<Refusal> refusal = Optional.empty();

    Pending(Job<T> job, long octets) {
      this.job = job;
      this.octets = octets;
    }

    void decide(Group group) throws IOException {
      try {
        result = Optional.of(job.decide(group));
      } catch (Refusal refused) {
        refusal = Optional.of(refused);
      }
    }

    void answer() {
      refusal.ifPresentOrElse(
          future::completeExceptionally, () -> result.ifPresent(future::complete));
    }
  }

  private Writer(
      Sequencer sequencer,
      RowStore rows,
      InstantSource clock,
      BeforeGroup beforeGroup,
      AfterGroup afterGroup,
      int queueMax) {
    this.sequencer = sequencer;
    this.rows = rows;
    this.clock = clock;
    this.beforeGroup = beforeGroup;
    this.afterGroup = afterGroup;
    this.queue = new ArrayBlockingQueue<>(queueMax);
    this.publishedMs = clock.millis();
    this.thread = new Thread(this::run, "almoner-writer");
  }

  /**
   * Starts the thread. What the sequencer recovered must have been applied to {@code rows} before.
   */
  public static Writer start(
      Sequencer sequencer,
      RowStore rows,
      InstantSource clock,
      BeforeGroup beforeGroup,
      AfterGroup afterGroup,
      int queueMax) {
    Writer writer = new Writer(sequencer, rows, clock, beforeGroup, afterGroup, queueMax);
    writer.thread.start();
    return writer;
  }

  /** Why nothing is decided any more; empty as long as all is well. */
  public Optional<String> stopped() {
    return stopped;
  }

  /** Requests that wait for their group. */
  public int waiting() {
    return queue.size();
  }

  /** How it does; asked by any thread, also while its own hangs in the store. */
  public Pulse pulse() {
    long now = clock.millis();
    long since = atWorkMs;
    return new Pulse(
        stopped.isPresent(),
        sequencer.checkpoint().checkpoint().size(),
        Duration.ofMillis(Math.max(0, now - publishedMs)),
        Duration.ofMillis(since < 0 ? 0 : Math.max(0, now - since)));
  }

  /** As the other method, for a request without outputs. */
  public <T> CompletableFuture<T> submit(Job<T> job) {
    return submit(job, 0);
  }

  /**
   * Queues a job; the future completes when what it decided is durable and published.
   *
   * @param octets what the request holds in memory and brings to its group
   */
  public <T> CompletableFuture<T> submit(Job<T> job, long octets) {
    Pending<T> pending = new Pending<>(job, octets);
    if (stopped.isPresent()) {
      pending.future.completeExceptionally(stoppedRefusal());
    } else if (!enqueue(pending)) {
      pending.future.completeExceptionally(
          new Refusal(
              503,
              "busy",
              "Busy",
              "the coordinator has as many requests waiting as it takes; try again in some"
                  + " seconds"));
    } else if (stopped.isPresent()) {
      refuseWaiting();
    }
    return pending.future;
  }

  private boolean enqueue(Pending<?> pending) {
    if (queuedOctets.addAndGet(pending.octets) <= QUEUE_OCTETS_MAX && queue.offer(pending)) {
      return true;
    }
    queuedOctets.addAndGet(-pending.octets);
    return false;
  }

  private void run() {
    List<Pending<?>> group = new ArrayList<>(GROUP_JOBS_MAX);
    try {
      while (stopped.isEmpty()) {
        drain(group);
        atWorkMs = clock.millis();
        if (sequencer.stopped().isPresent()) {
          break;
        }
        commit(group);
        atWorkMs = -1;
        group.clear();
      }
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      LOG.atError().setCause(e).addKeyValue("event", "writer-stopped").log("the writer stops");
      stop("its store or log failed: " + e.getMessage());
    }
    atWorkMs = -1;
    group.forEach(pending -> pending.future.completeExceptionally(stoppedRefusal()));
    refuseWaiting();
  }

  /** Waits for a job, then takes all that wait, within the limits of a group. */
  private void drain(List<Pending<?>> group) throws InterruptedException {
    long octets = 0;
    Pending<?> next = queue.take();
    while (next != null) {
      group.add(next);
      octets += next.octets;
      queuedOctets.addAndGet(-next.octets);
      boolean full = group.size() >= GROUP_JOBS_MAX || octets >= GROUP_OCTETS_MAX;
      next = full ? null : queue.poll();
    }
  }

  private void commit(List<Pending<?>> jobs) throws IOException {
    lastMs = Math.max(lastMs, clock.millis());
    Group group = new Group(rows, lastMs, sequencer.nextIndex());
    for (Pending<?> pending : jobs) {
      pending.decide(group);
    }
    if (!group.isEmpty()) {
      beforeGroup.staging();
      SortedMap<String, Bytes> ahead = group.images(true);
      if (!ahead.isEmpty()) {
        rows.putAll(ahead);
      }
      SortedMap<String, Bytes> images = group.images(false);
      Bytes rider = Images.encode(images);
      Prepared prepared = sequencer.stage(group.entries(), rider);
      rows.putAll(images);
      afterGroup.published(group, sequencer.publish(prepared));
      publishedMs = clock.millis();
    }
    jobs.forEach(Pending::answer);
  }

  /**
   * Stops for good because of something outside: nothing more is decided, staged or signed, what
   * waits is refused, and so is a group that is not signed yet. Returns at once.
   */
  public void halt(String why) {
    stop(why);
    sequencer.halt(why);
    wake();
  }

  private synchronized void stop(String why) {
    if (stopped.isEmpty()) {
      stopped = Optional.of(why);
    }
  }

  private void wake() {
    if (!queue.offer(new Pending<>(group -> true, 0))) {
      LOG.atDebug().log("the writer is at work and will see that it is to stop");
    }
  }

  private void refuseWaiting() {
    for (Pending<?> next = queue.poll(); next != null; next = queue.poll()) {
      next.future.completeExceptionally(stoppedRefusal());
    }
  }

  private Refusal stoppedRefusal() {
    return new Refusal(
        503,
        "stopped",
        "Coordinator stopped",
        "the coordinator has stopped because "
            + stopped.orElse("it is closing")
            + "; keep what you have and try again when the operator has restarted it");
  }

  /** Finishes the group at work and stops; what waits is refused. */
  @Override
  public void close() {
    stop("it is closing");
    wake();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
