package org.almoner.agent.run.process;

import java.util.List;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * What a unit's process says at its end, as a file. The agent checks all of it that can be checked.
 *
 * @param end how the guest ended
 * @param exit its exit code when it finished, else 0
 * @param count instructions by the meter's rule
 * @param memoryRefused whether the guest ever asked for more memory than it may have
 * @param cpuMs user and system time of the process up to now
 * @param reason why there is no result, one sentence; empty when the guest finished
 * @param tail last lines the guest wrote to standard output and error
 */
public record ChildResult(
    End end,
    int exit,
    long count,
    boolean memoryRefused,
    long cpuMs,
    String reason,
    List<String> tail) {
  /** Ways in which a guest ends by itself. */
  public enum End {
    FINISHED,
    TRAPPED,
    REFUSED
  }

  /** Largest file that is read: what the fields can hold, with room to spare. */
  public static final int OCTETS_MAX = 1 << 17;

  private static final int TEXT_MAX = 20_000;

  public ChildResult {
    tail = List.copyOf(tail);
  }

  /** Reads what {@link #encode} wrote. */
  public static ChildResult parse(byte[] octets) throws MalformedJson {
    JsonFields fields = JsonFields.of(CanonicalJson.parse(octets));
    String tail = fields.freeText("tail", TEXT_MAX);
    ChildResult result =
        new ChildResult(
            fields.parsed("end", End::valueOf),
            fields.smallInteger("exit", 0, 255),
            fields.integer("count", 0, JsonValue.INTEGER_MAX),
            fields.bool("memoryRefused"),
            fields.integer("cpuMs", 0, JsonValue.INTEGER_MAX),
            fields.freeText("reason", TEXT_MAX),
            tail.isEmpty() ? List.of() : List.of(tail.split("\n", -1)));
    fields.end();
    return result;
  }

  /** The octets of the file. */
  public byte[] encode() {
    return CanonicalJson.encode(
        JsonValue.Obj.of()
            .put("end", end.name())
            .put("exit", exit)
            .put("count", count)
            .put("memoryRefused", memoryRefused)
            .put("cpuMs", cpuMs)
            .put("reason", reason)
            .put("tail", String.join("\n", tail))
            .build());
  }
}
