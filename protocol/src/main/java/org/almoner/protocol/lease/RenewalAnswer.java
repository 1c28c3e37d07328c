package org.almoner.protocol.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * What a coordinator says to a renewal.
 *
 * @param leases what becomes of each lease, in the renewal's order
 * @param next when to come again
 */
public record RenewalAnswer(List<Word> leases, Duration next) {
  /** Longest reason, in characters. */
  public static final int REASON_MAX = 2_000;

  /** Copies the list. */
  public RenewalAnswer {
    leases = List.copyOf(leases);
  }

  /** Why a lease is to be stopped. */
  public enum Stop {
    /** The batch's owner, or the operator, wants no more of it. */
    CANCELLED("cancelled"),
    /** The software was recalled. */
    RECALLED("recalled"),
    /** Units of the batch kept failing. */
    FAILING("failing"),
    /** Its result would not be taken any more. */
    EXPIRED("expired"),
    /** Its line is in the log. */
    LOGGED("logged"),
    /** It was never given to this agent. */
    UNKNOWN("unknown");

    private final String word;

    Stop(String word) {
      this.word = word;
    }

    /** As it is written in answers. */
    public String word() {
      return word;
    }

    static Stop of(String word) {
      for (Stop stop : values()) {
        if (stop.word.equals(word)) {
          return stop;
        }
      }
      throw new IllegalArgumentException("expected a reason to stop, got " + word);
    }
  }

  /** What becomes of one lease. */
  public sealed interface Word {
    /** Which lease. */
    LeaseId lease();
  }

  /**
   * It is wanted.
   *
   * @param deadlineMs results must arrive before it, coordinator's clock
   */
  public record GoOn(LeaseId lease, long deadlineMs) implements Word {}

  /**
   * It is not wanted any more.
   *
   * @param reason one sentence for the volunteer
   */
  public record Drop(LeaseId lease, Stop stop, String reason) implements Word {}

  /** Reads the object that {@link #toJson} writes. */
  public static RenewalAnswer parse(JsonFields fields) throws MalformedJson {
    List<Word> leases = new ArrayList<>();
    for (JsonFields item : fields.objects("leases", 1, Renewal.LEASES_MAX)) {
      leases.add(word(item));
    }
    Duration next = Duration.ofMillis(fields.integer("nextMs", 0, JsonValue.INTEGER_MAX));
    fields.end();
    return new RenewalAnswer(leases, next);
  }

  private static Word word(JsonFields fields) throws MalformedJson {
    LeaseId lease = LeaseId.parse(fields);
    Word word =
        fields.has("stop")
            ? new Drop(
                lease, fields.parsed("stop", Stop::of), fields.freeText("reason", REASON_MAX))
            : new GoOn(lease, fields.integer("deadlineMs", 0, JsonValue.INTEGER_MAX));
    fields.end();
    return word;
  }

  /** One object. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("leases", leases.stream().map(RenewalAnswer::json).toList())
        .put("nextMs", next.toMillis())
        .build();
  }

  private static JsonValue.Obj json(Word word) {
    JsonValue.Builder out = word.lease().writeTo(JsonValue.Obj.of());
    if (word instanceof Drop drop) {
      return out.put("stop", drop.stop().word()).put("reason", drop.reason()).build();
    }
    return out.put("deadlineMs", ((GoOn) word).deadlineMs()).build();
  }
}
