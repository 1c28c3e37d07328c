package org.almoner.command;

import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Allotment;

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
    long cpuMs,
    Allotment allotment,
    boolean cancelled,
    boolean done) {
  static BatchCounts of(OperatorClient client, String id) {
    return of(client.get(address(id)));
  }

  static BatchCounts of(JsonValue answer) {
    return Answer.read(answer, BatchCounts::parse);
  }

  /** Where a coordinator tells it. */
  static String address(String id) {
    return "/api/v1/batches/" + id;
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
        number(fields, "cpuMs"),
        Allotment.parse(fields.object("allotment")),
        fields.bool("cancelled"),
        fields.bool("done"));
  }

  /** 0 all units were accepted, 1 some failed, 3 the batch was cancelled. */
  int exitCode() {
    if (cancelled) {
      return Failure.CANCELLED;
    }
    return failed == 0 ? 0 : Failure.FAILED;
  }

  /** 0 to 4: how many quarters of the units have ended. */
  long quarter() {
    return 4 * (accepted + failed) / Math.max(1, units);
  }

  String line() {
    return String.format(
        "%s  %d of %d units accepted, %d leased, %d failed, %d results rejected, %.3f core-hours%s",
        project,
        accepted,
        units,
        leased,
        failed,
        rejected,
        cpuMs / 3_600_000.0,
        cancelled ? ", cancelled" : "");
  }

  private static long number(JsonFields fields, String name) throws MalformedJson {
    return fields.integer(name, 0, JsonValue.INTEGER_MAX);
  }
}
