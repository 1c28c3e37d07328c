package org.almoner.agent.outbox;

import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.usage.UsageLine;

/**
 * A unit that is finished and stands in no report yet.
 *
 * @param alone whether it must be reported by itself, since a report of several was refused
 */
record FinishedLine(UsageLine line, boolean alone) {
  static FinishedLine parse(JsonFields fields) throws MalformedJson {
    return new FinishedLine(UsageLine.parse(fields.object("line")), fields.bool("alone"));
  }

  JsonValue.Obj toJson() {
    return JsonValue.Obj.of().put("line", line.toJson()).put("alone", alone).build();
  }
}
