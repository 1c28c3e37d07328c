package org.almoner.command;

import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.result.LastLines;
import org.almoner.protocol.usage.UsageLine;

/**
 * What became of one unit, as a coordinator tells its owner.
 *
 * @param state {@code open}, {@code accepted} or {@code failed}
 */
record UnitStory(long unit, String state, List<Attempt> attempts) {
  private static final int ATTEMPTS_MAX = 1_000;
  private static final int WORD_MAX = 50;
  private static final int FAULT_MAX = 1_000;

  UnitStory {
    attempts = List.copyOf(attempts);
  }

  /** A lease that is over. */
  sealed interface Attempt {
    /** Its deadline passed and nothing came. */
    record Expired(int replica) implements Attempt {}

    /**
     * It came back.
     *
     * @param fault why it is no result although its program ended well; empty when it is one
     */
    record Logged(
        int replica,
        String outcome,
        int exit,
        boolean complete,
        long count,
        long cpuMs,
        long wallMs,
        long memPeakBytes,
        int cores,
        int memoryGib,
        String fault,
        List<String> tail)
        implements Attempt {
      public Logged {
        tail = List.copyOf(tail);
      }

      /** Whether its result counts. */
      boolean accepted() {
        return outcome.startsWith("accepted"); // or accepted-alone, or another way it was believed
      }
    }
  }

  /** Some units and where to go on. */
  record Page(List<UnitStory> units, long next) {
    Page {
      units = List.copyOf(units);
    }
  }

  /** Units from {@code from} on in that state, or in any when it is empty. */
  static Page page(OperatorClient client, String batch, long from, int limit, String state) {
    String query = "?from=" + from + "&limit=" + limit;
    JsonValue answer =
        client.get(
            BatchCounts.address(batch)
                + "/units"
                + query
                + (state.isEmpty() ? "" : "&state=" + state));
    return Answer.read(
        answer,
        fields -> {
          List<UnitStory> units = new ArrayList<>();
          for (JsonFields unit : fields.objects("units", 0, limit)) {
            units.add(parse(unit));
          }
          return new Page(units, fields.integer("next", 0, LeaseId.UNIT_MAX + 1));
        });
  }

  private static UnitStory parse(JsonFields fields) throws MalformedJson {
    List<Attempt> attempts = new ArrayList<>();
    for (JsonFields attempt : fields.objects("attempts", 0, ATTEMPTS_MAX)) {
      attempts.add(attempt(attempt));
    }
    return new UnitStory(
        fields.integer("unit", 0, LeaseId.UNIT_MAX), fields.text("state", WORD_MAX), attempts);
  }

  private static Attempt attempt(JsonFields fields) throws MalformedJson {
    int replica = fields.smallInteger("replica", 0, LeaseId.REPLICA_MAX);
    String outcome = fields.text("outcome", WORD_MAX);
    if (outcome.equals("expired")) {
      return new Attempt.Expired(replica);
    }
    return new Attempt.Logged(
        replica,
        outcome,
        fields.smallInteger("exit", 0, UsageLine.EXIT_MAX),
        fields.bool("complete"),
        fields.integer("count", 0, JsonValue.INTEGER_MAX),
        fields.integer("cpuMs", 0, JsonValue.INTEGER_MAX),
        fields.integer("wallMs", 0, JsonValue.INTEGER_MAX),
        fields.integer("memPeakBytes", 0, JsonValue.INTEGER_MAX),
        fields.smallInteger("cores", 1, Integer.MAX_VALUE),
        fields.smallInteger("memoryGib", 1, Integer.MAX_VALUE),
        fields.has("fault") ? cleaned(fields.freeText("fault", FAULT_MAX)) : "",
        LastLines.of(tail(fields)).lines());
  }

  private static String cleaned(String line) {
    return String.join(" ", LastLines.of(List.of(line)).lines());
  }

  /** Cleaned once more before they reach a terminal. */
  private static List<String> tail(JsonFields fields) throws MalformedJson {
    List<String> lines = new ArrayList<>();
    if (fields.value("tail") instanceof JsonValue.Array array) {
      for (JsonValue item : array.items()) {
        if (item instanceof JsonValue.Text line) {
          lines.add(line.value());
        }
      }
    }
    return lines;
  }

  JsonValue.Obj toJson() {
    List<JsonValue.Obj> all = new ArrayList<>();
    for (Attempt attempt : attempts) {
      all.add(toJson(attempt));
    }
    return JsonValue.Obj.of().put("unit", unit).put("state", state).put("attempts", all).build();
  }

  private static JsonValue.Obj toJson(Attempt attempt) {
    if (attempt instanceof Attempt.Logged line) {
      return JsonValue.Obj.of()
          .put("replica", line.replica())
          .put("outcome", line.outcome())
          .put("exit", line.exit())
          .put("complete", line.complete())
          .put("count", line.count())
          .put("cpuMs", line.cpuMs())
          .put("wallMs", line.wallMs())
          .put("memPeakBytes", line.memPeakBytes())
          .put("cores", line.cores())
          .put("memoryGib", line.memoryGib())
          .put("fault", line.fault())
          .putTexts("tail", line.tail())
          .build();
    }
    int replica = ((Attempt.Expired) attempt).replica();
    return JsonValue.Obj.of().put("replica", replica).put("outcome", "expired").build();
  }
}
