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
    Stop stopped,
    boolean done) {
  /** Why nothing more of a batch is leased; both are empty while it goes on. */
  record Stop(String kind, String reason) {
    /** Longest reason that is read, in characters. */
    private static final int REASON_MAX = 2_000;

    static Stop in(JsonFields batch) throws MalformedJson {
      if (!batch.has("stopped")) {
        return new Stop("", "");
      }
      JsonFields stopped = batch.object("stopped");
      return new Stop(stopped.text("kind", 20), stopped.freeText("reason", REASON_MAX));
    }
  }

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
        Stop.in(fields),
        fields.bool("done"));
  }

  /** Whether its owner or the operator wanted no more of it. */
  boolean cancelled() {
    return stopped.kind().equals("cancelled");
  }

  /**
   * 0 all units were accepted, 1 some failed, also when that stopped the batch, 3 it was cancelled
   * or its software was recalled.
   */
  int exitCode() {
    if (stopped.kind().isEmpty()) {
      return failed == 0 ? 0 : Failure.FAILED;
    }
    return stopped.kind().equals("failing") ? Failure.FAILED : Failure.CANCELLED;
  }

  /** 0 to 4: how many quarters of the units have ended. */
  long quarter() {
    return 4 * (accepted + failed) / Math.max(1, units);
  }

  String line() {
    return String.format(
        "%s  %d of %d units accepted, %d leased, %d failed, %d results rejected, %.3f core-hours%s",
        project, accepted, units, leased, failed, rejected, cpuMs / 3_600_000.0, ending());
  }

  private String ending() {
    if (cancelled()) {
      return ", cancelled";
    }
    return stopped.kind().isEmpty() ? "" : "; stopped: " + stopped.reason();
  }

  private static long number(JsonFields fields, String name) throws MalformedJson {
    return fields.integer(name, 0, JsonValue.INTEGER_MAX);
  }
}
