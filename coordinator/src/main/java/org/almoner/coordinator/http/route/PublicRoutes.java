package org.almoner.coordinator.http.route;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.http.page.LatestCheckpoint;
import org.almoner.protocol.json.JsonValue;

/** What anyone asks. */
public final class PublicRoutes {
  /** A group takes a few milliseconds; one that takes this long is not coming back soon. */
  public static final Duration HANGS_AFTER = Duration.ofSeconds(30);

  private final Desk desk;
  private final LatestCheckpoint checkpoint;
  private final URI source;
  private final Gate gate;

  /**
   * Speaks for the public to {@code desk}.
   *
   * @param source where the running program's source is
   * @param gate whether anything may be written now
   */
  public PublicRoutes(Desk desk, LatestCheckpoint checkpoint, URI source, Gate gate) {
    this.gate = gate;
    this.desk = desk;
    this.checkpoint = checkpoint;
    this.source = source;
  }

  /** Who this coordinator is. */
  public JsonValue origin() {
    return Replies.about(desk.about(), source);
  }

  /** Throws a {@code Refusal} unless work is accepted and written, and the log can be read. */
  public void requireReady() {
    gate.closed()
        .ifPresent(
            refusal -> {
              throw notReady(refusal.problem().detail());
            });
    desk.stopped()
        .ifPresent(
            why -> {
              throw notReady("the coordinator has stopped: " + why);
            });
    Duration atWork = desk.pulse().atWork();
    if (atWork.compareTo(HANGS_AFTER) > 0) {
      throw notReady(
          "the coordinator has been writing one group of requests for "
              + atWork.toSeconds()
              + " s: its disk may hang");
    }
    try {
      if (checkpoint.read().isEmpty()) {
        throw notReady("the log has no checkpoint yet");
      }
    } catch (IOException e) {
      throw notReady("the log's checkpoint cannot be read: " + e.getMessage());
    }
  }

  private static Refusal notReady(String why) {
    return new Refusal(503, "not-ready", "Not ready", why);
  }
}
