package org.almoner.agent.contact;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.RecordFile;
import org.almoner.agent.durable.SetAside;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the agent may send and receive in one day (UTC), to and from all coordinators together.
 *
 * <p>Octets of HTTP count: bodies, and {@link #HEADERS} for the rest of each request and answer.
 * What a request may take is set aside before it is sent, so the day's octets are never exceeded.
 * The last tenth, {@link #RESERVE_MAX} at most, is for reports of finished work and what belongs to
 * them. On disk stands always at least what was used: a killed agent may count up to {@link #AHEAD}
 * too many, never too few. Safe for use by several threads.
 */
public final class Allowance {
  /** Name of the file, in the agent's home. */
  public static final String FILE = "traffic.json";

  /** Fewest octets a day: 16 MiB. */
  public static final long DAILY_MIN = 16L << 20;

  /** Most octets that are kept for reports: 64 MiB. */
  public static final long RESERVE_MAX = 64L << 20;

  /** Counted for the headers of a request and of its answer together. */
  public static final long HEADERS = 1_024;

  /** On disk stands up to so much more than was used: 1 MiB. */
  public static final long AHEAD = 1L << 20;

  private static final int RESERVE_PART = 10;

  private static final Logger LOG = LoggerFactory.getLogger(Allowance.class);

  /** What octets are moved for. */
  public enum Use {
    /** Asking for work, fetching its files, uploading what came of it. */
    WORK,
    /** Reports of finished work, proofs, enrolment, links and renewals. */
    PROOF
  }

  private final long daily;
  private final Optional<RoomOnDisk> room;
  private final InstantSource clock;
  private long day;
  private long used;
  private long written;

  private record RoomOnDisk(Path file, Disk disk) {}

  private record Count(long day, long octets) {
    static Count parse(JsonFields fields) throws MalformedJson {
      return new Count(
          fields.integer("day", 0, JsonValue.INTEGER_MAX),
          fields.integer("octets", 0, JsonValue.INTEGER_MAX));
    }
  }

  private Allowance(long daily, Optional<RoomOnDisk> room, InstantSource clock) {
    this.daily = daily;
    this.room = room;
    this.clock = clock;
    this.day = today();
  }

  /** Any number of octets; nothing is counted. */
  public static Allowance unlimited() {
    return new Allowance(Long.MAX_VALUE, Optional.empty(), () -> Instant.EPOCH);
  }

  /**
   * Goes on with what {@code home} tells of this day.
   *
   * @param daily octets a day, at least {@link #DAILY_MIN}
   * @param aside where a damaged count goes; the whole day counts as used then
   */
  public static Allowance open(
      Path home, Disk disk, InstantSource clock, long daily, SetAside aside) throws IOException {
    if (daily < DAILY_MIN) {
      throw new IllegalArgumentException(
          "octets a day: expected at least " + DAILY_MIN + " (16 MiB), got " + daily);
    }
    Path file = home.resolve(FILE);
    boolean there = disk.read(file, RecordFile.OCTETS_MAX).isPresent();
    Optional<Count> count =
        aside.read(file, Count::parse, "today counts as used up: the limit is kept");
    Allowance allowance = new Allowance(daily, Optional.of(new RoomOnDisk(file, disk)), clock);
    if (count.isPresent()) {
      allowance.day = count.get().day();
      allowance.used = count.get().octets();
      allowance.written = allowance.used;
    } else if (there) {
      allowance.used = daily;
      allowance.write(daily);
    }
    return allowance;
  }

  /** Octets that one day gives for that use. */
  public long daily(Use use) {
    boolean all = use == Use.PROOF || daily == Long.MAX_VALUE;
    return all ? daily : daily - Math.min(RESERVE_MAX, daily / RESERVE_PART);
  }

  /** Octets that are left today for that use. */
  public synchronized long left(Use use) {
    newDay();
    return Math.max(0, daily(use) - used);
  }

  /** Why no work is asked for today any more; nothing while it may be. */
  public synchronized Optional<String> spent() {
    return left(Use.WORK) < CoordinatorClient.ANSWER_OCTETS_MAX + HEADERS
        ? Optional.of(sentence(Use.WORK))
        : Optional.empty();
  }

  /** Sets octets aside for a request and its answer. */
  synchronized void take(Use use, long octets) throws AllowanceSpent {
    if (left(use) < octets) {
      throw new AllowanceSpent(sentence(use), untilTomorrow());
    }
    if (daily != Long.MAX_VALUE) {
      used += octets;
      keep();
    }
  }

  /** A request that {@code taken} octets were set aside for moved {@code moved}. */
  synchronized void settle(long taken, long moved) {
    if (daily != Long.MAX_VALUE) {
      used = Math.max(0, used + moved - taken);
      keep();
    }
  }

  /** Writes down exactly what was used, so that the next start goes on from there. */
  public synchronized void close() {
    if (used != written) {
      write(used);
    }
  }

  private void keep() {
    if (used > written) {
      write(used + AHEAD);
    }
  }

  private void write(long octets) {
    try {
      if (room.isPresent()) {
        JsonValue.Obj count =
            JsonValue.Obj.of().put("day", day).put("octets", Math.min(octets, daily)).build();
        RecordFile.write(room.get().disk(), room.get().file(), count);
      }
      written = octets;
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("The day's octets are not on disk");
    }
  }

  /** A clock that is set back by a day or less brings no new day. */
  private void newDay() {
    if (today() > day || today() < day - 1) {
      day = today();
      used = 0;
      written = 0;
    }
  }

  private String sentence(Use use) {
    return "the "
        + daily
        + " octets that may be sent and received a day are used up"
        + (use == Use.WORK ? " but for what reports need; work" : "; everything")
        + " goes on at 00:00 UTC";
  }

  private Duration untilTomorrow() {
    Instant tomorrow = LocalDate.ofEpochDay(today() + 1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return Duration.between(clock.instant(), tomorrow);
  }

  private long today() {
    return Math.floorDiv(clock.millis(), Duration.ofDays(1).toMillis());
  }
}
