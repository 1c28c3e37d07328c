package org.almoner.command.audit;

import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * How an audit began: the checkpoint was fixed before the dice fell.
 *
 * @param beganMs when, milliseconds since 1970 UTC, the auditor's clock
 * @param checkpoint the signed note
 * @param log where the log is read: an address or a folder
 * @param erased the operator's list of erased lines, as it was then
 * @param repeats whether checkpoint and dice are another audit's
 */
public record Begun(
    long beganMs, String checkpoint, String log, ErasedPledge erased, boolean repeats) {
  static final int NOTE_MAX = 100_000;
  private static final int ADDRESS_MAX = 4_000;

  static Begun parse(JsonFields fields) throws MalformedJson {
    Begun begun =
        new Begun(
            fields.integer("beganMs", 0, JsonValue.INTEGER_MAX),
            fields.freeText("checkpoint", NOTE_MAX),
            fields.text("log", ADDRESS_MAX),
            ErasedPledge.parse(fields.object("erased")),
            fields.bool("repeats"));
    fields.end();
    return begun;
  }

  JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("beganMs", beganMs)
        .put("checkpoint", checkpoint)
        .put("erased", erased.toJson())
        .put("log", log)
        .put("repeats", repeats)
        .build();
  }
}
