package org.almoner.command;

import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/** How a batch stands, as a coordinator tells. */
record BatchCounts(
    String id,
    String project,
    String purpose,
    long units,
    long leased,
    long reported,
    long accepted,
    long failed,
    long rejected,
    long cpuMs) {
  static BatchCounts of(OperatorClient client, String id) {
    return Answer.read(client.get("/api/v1/batches/" + id), BatchCounts::parse);
  }

  static BatchCounts parse(JsonFields fields) throws MalformedJson {
    return new BatchCounts(
        fields.text("batch", 16),
        fields.text("project", 100),
        fields.text("purpose", 500),
        number(fields, "units"),
        number(fields, "leased"),
        number(fields, "reported"),
        number(fields, "accepted"),
        number(fields, "failed"),
        number(fields, "rejected"),
        number(fields, "cpuMs"));
  }

  boolean done() {
    return accepted + failed == units;
  }

  /** 0 to 4: how many quarters of the units have ended. */
  long quarter() {
    return 4 * (accepted + failed) / Math.max(1, units);
  }

  String line() {
    return String.format(
        "%s  %d of %d units accepted, %d leased, %d failed, %d results rejected, %.3f core-hours",
        project, accepted, units, leased, failed, rejected, cpuMs / 3_600_000.0);
  }

  private static long number(JsonFields fields, String name) throws MalformedJson {
    return fields.integer(name, 0, JsonValue.INTEGER_MAX);
  }
}
