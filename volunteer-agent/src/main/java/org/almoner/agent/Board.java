package org.almoner.agent;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.almoner.agent.control.Status;
import org.almoner.agent.lease.HeldLease;
import org.almoner.protocol.lease.LeaseId;

/** Puts together what the parts of the agent know into the one state and sentence for its owner. */
final class Board {
  /** Where the news goes. */
  @FunctionalInterface
  interface Place {
    void write(Status status);
  }

  private final Place place;
  private final InstantSource clock;
  private final Map<LeaseId, String> running = new LinkedHashMap<>();
  private Optional<String> trouble = Optional.empty();
  private Optional<String> offline = Optional.empty();
  private String notice = "";
  private String firstUnit = "";
  private String noWork = "asking for work";
  private Optional<String> rest = Optional.empty();
  private boolean finishing;
  private long unitsDone;
  private long waiting;
  private long refused;
  private Optional<Status> shown = Optional.empty();

  Board(Place place, InstantSource clock) {
    this.place = place;
    this.clock = clock;
  }

  synchronized void started(HeldLease lease) {
    running.put(
        lease.id(),
        lease.work().project() + ", unit " + lease.id().unit() + ": " + lease.work().purpose());
    show();
  }

  synchronized void ended(LeaseId lease, boolean done) {
    running.remove(lease);
    unitsDone += done ? 1 : 0;
    show();
  }

  /** Why what runs is held still; empty when it is not. */
  synchronized void resting(Optional<String> reason) {
    if (!rest.equals(reason)) {
      rest = reason;
      show();
    }
  }

  synchronized void counts(long nowWaiting, long nowRefused) {
    waiting = nowWaiting;
    refused = nowRefused;
    show();
  }

  synchronized void online() {
    offline = Optional.empty();
    show();
  }

  synchronized void offline(String sentence) {
    offline = Optional.of(sentence);
    show();
  }

  synchronized void trouble(String sentence) {
    trouble = Optional.of(sentence);
    show();
  }

  /** Something is lost for good; work goes on. */
  synchronized void notice(String sentence) {
    notice = sentence;
    show();
  }

  /** How this computer did in the unit whose answer is known. */
  synchronized void firstUnit(String sentence) {
    if (!firstUnit.equals(sentence)) {
      firstUnit = sentence;
      show();
    }
  }

  synchronized void wellAgain() {
    trouble = Optional.empty();
    show();
  }

  synchronized void noWork(String reason) {
    noWork = reason;
    show();
  }

  /** What runs is the last. */
  synchronized void finishing() {
    finishing = true;
    show();
  }

  synchronized void starting() {
    write(Status.State.STARTING, "meeting the coordinator");
  }

  synchronized void stopped(String reason) {
    write(Status.State.STOPPED, reason);
  }

  /** The last sentence. */
  synchronized String reason() {
    return shown.map(Status::reason).orElse("");
  }

  private void show() {
    if (trouble.isPresent()) {
      write(Status.State.TROUBLE, trouble.get());
    } else if (!running.isEmpty() && rest.isPresent()) {
      write(Status.State.RESTING, rest.get());
    } else if (!running.isEmpty()) {
      String units = String.join("; ", running.values());
      write(Status.State.WORKING, finishing ? "finishes, then ends: " + units : units);
    } else if (offline.isPresent()) {
      write(Status.State.OFFLINE, offline.get());
    } else {
      write(Status.State.WAITING, finishing ? "ends when all is proved to be in the log" : noWork);
    }
  }

  private void write(Status.State state, String reason) {
    Status now =
        new Status(state, reason, notice, unitsDone, waiting, refused, firstUnit, clock.millis());
    // The same news again is not worth a write to disk.
    if (shown.isEmpty() || !now.sameNews(shown.get())) {
      place.write(now);
      shown = Optional.of(now);
    }
  }
}
