package org.almoner.simulation.world;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/**
 * The one clock and the one order of events. Time stands still while an event happens and then
 * jumps to the next; events of one moment happen in the order in which they were planned.
 *
 * <p>Everything drawn comes from the seed: the same seed gives the same world.
 */
public final class World implements InstantSource {
  /** When every world begins. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final long seed;
  private final PriorityQueue<Planned> planned = new PriorityQueue<>();
  private volatile long nowMs = START.toEpochMilli();
  private long numbers;
  private long happened;
  private String last = "the beginning";

  /** Something that happens at a moment. */
  @FunctionalInterface
  public interface Event {
    /** Makes it happen. */
    void happen() throws IOException;
  }

  private record Planned(long atMs, long number, String who, String what, Event event)
      implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      return atMs != other.atMs
          ? Long.compare(atMs, other.atMs)
          : Long.compare(number, other.number);
    }
  }

  /** A world in which nothing is planned yet. */
  public World(long seed) {
    this.seed = seed;
  }

  /** What it was made from. */
  public long seed() {
    return seed;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(nowMs);
  }

  @Override
  public long millis() {
    return nowMs;
  }

  /** Plans an event; one that lies in the past happens next. */
  public void at(long ms, String who, String what, Event event) {
    planned.add(new Planned(Math.max(ms, nowMs), numbers++, who, what, event));
  }

  /** Plans an event some time from now. */
  public void after(Duration wait, String who, String what, Event event) {
    at(nowMs + wait.toMillis(), who, what, event);
  }

  /** Lets everything happen that is planned up to a moment, which is then now. */
  public void runTo(Instant end) throws IOException {
    long endMs = end.toEpochMilli();
    for (Planned next = planned.peek();
        next != null && next.atMs() <= endMs;
        next = planned.peek()) {
      planned.remove();
      nowMs = Math.max(nowMs, next.atMs());
      happened++;
      last = next.who() + " " + next.what();
      next.event().happen();
    }
    nowMs = Math.max(nowMs, endMs);
  }

  /** Draws of their own for whoever is called {@code name}, whatever else is drawn. */
  public RandomGenerator draws(String name) {
    CRC32 sum = new CRC32();
    sum.update(name.getBytes(StandardCharsets.UTF_8));
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + sum.getValue());
  }

  /** How long it has lasted. */
  public Duration sinceStart() {
    return Duration.ofMillis(nowMs - START.toEpochMilli());
  }

  /** Events that happened so far. */
  public long happened() {
    return happened;
  }

  /** The last event, for people: its number, its moment and what it was. */
  public String last() {
    return "event " + happened + " at " + instant() + ": " + last;
  }
}
