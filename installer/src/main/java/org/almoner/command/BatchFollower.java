package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * Follows a batch until it is over: by the coordinator's events, or by asking now and then where
 * there are none. Lives through ten minutes without an answer.
 */
final class BatchFollower {
  /** Longest time without an answer that is lived through. */
  static final Duration UNANSWERED_MAX = Duration.ofMinutes(10);

  /** Longest silence of a stream; a coordinator says something every 15 s. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(45);

  /** The first rest before asking again; doubled each time up to {@link #REST_MAX}. */
  private static final Duration REST = Duration.ofSeconds(1);

  private static final Duration REST_MAX = Duration.ofSeconds(15);

  /** How often is asked where there are no events. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final OperatorClient client;
  private final String address;
  private final Rest rest;

  /** Waits. */
  @FunctionalInterface
  interface Rest {
    void of(Duration time) throws InterruptedException;
  }

  /**
   * How the batch stood at one moment.
   *
   * @param answer as the coordinator told it
   */
  record Look(JsonValue answer, BatchCounts counts) {
    static Look of(JsonValue answer) {
      return new Look(answer, BatchCounts.of(answer));
    }
  }

  BatchFollower(OperatorClient client, String batch, Rest rest) {
    this.client = client;
    this.address = BatchCounts.address(batch);
    this.rest = rest;
  }

  /** A follower that really waits. */
  static BatchFollower of(OperatorClient client, String batch) {
    return new BatchFollower(client, batch, time -> Thread.sleep(time.toMillis()));
  }

  /**
   * Tells {@code each} how the batch stands, first and after each change, until it is over.
   *
   * @return how it stood in the end
   * @throws Failure when there is no such batch, or nobody answers at first or for too long
   */
  Look follow(Consumer<Look> each) throws InterruptedException {
    Look look = Look.of(client.get(address));
    each.accept(look);
    int broken = 0;
    while (!look.counts().done()) {
      Optional<Look> last = streamed(each);
      if (last.filter(seen -> seen.counts().done()).isPresent()) {
        return last.get();
      }
      broken = last.isPresent() ? 1 : broken + 1;
      rest.of(longer(LOOK, Math.min(broken, 3)));
      look = answered();
      each.accept(look);
    }
    return look;
  }

  /**
   * What the stream told last; empty when there is none, or it broke off before it told anything.
   */
  private Optional<Look> streamed(Consumer<Look> each) throws InterruptedException {
    Optional<Look> last = Optional.empty();
    try (ServerEvents events = client.events(address + "/events")) {
      Optional<String> data = events.next(SILENCE_MAX);
      while (data.isPresent()) {
        last = Optional.of(read(data.get()));
        each.accept(last.get());
        data = last.get().counts().done() ? Optional.empty() : events.next(SILENCE_MAX);
      }
    } catch (IOException noStream) {
      return last;
    }
    return last;
  }

  private static Look read(String data) throws IOException {
    try {
      return Look.of(JsonParser.parse(data.getBytes(StandardCharsets.UTF_8)));
    } catch (MalformedJson e) {
      throw new IOException("an event is not JSON", e);
    }
  }

  /** Through a restart of the coordinator: no answer for a while ends nothing. */
  private Look answered() throws InterruptedException {
    Duration rested = Duration.ZERO;
    for (int tries = 1; ; tries++) {
      try {
        return Look.of(client.get(address));
      } catch (Failure e) {
        if (!e.isUnreachable() || rested.compareTo(UNANSWERED_MAX) >= 0) {
          throw e;
        }
        Duration next = longer(REST, tries);
        rest.of(next);
        rested = rested.plus(next);
      }
    }
  }

  private static Duration longer(Duration first, int tries) {
    Duration longer = first.multipliedBy(1L << Math.min(tries - 1, 10));
    return longer.compareTo(REST_MAX) > 0 ? REST_MAX : longer;
  }
}
