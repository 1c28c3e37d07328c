package org.almoner.workload.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.Work;
import org.almoner.workload.compare.Comparison;

/**
 * A batch as its owner signs it: which release runs, on which units, with what, and when a result
 * is believed.
 *
 * @param origin the coordinator's log it is submitted to
 * @param project name shown to volunteers, 3 to 63 of {@code a-z 0-9 -}
 * @param purpose shown to volunteers, 20 to 500 characters
 * @param release digest of the signed release's payload
 * @param inputs files every unit finds below {@code /in}
 * @param outputs files a unit must leave below {@code /out}, 1 to {@link #OUTPUTS_MAX}
 * @param agree distinct donors who must return the same result, 2 to 7
 * @param deadlineMs when the results are wanted, milliseconds since 1970 UTC; 0 for no such time.
 *     Of one owner's batches the earliest comes first until then; it ends nothing
 * @param compare when two results are the same
 * @param checks whether a result may be taken from one computer alone, when {@code agree} is 2
 */
public record BatchSpec(
    String origin,
    String project,
    String purpose,
    Hash release,
    BatchUnits units,
    List<BlobRef> inputs,
    Allotment allotment,
    List<String> outputs,
    int agree,
    long deadlineMs,
    Comparison compare,
    Checks checks) {
  /** Shortest purpose, in characters. */
  public static final int PURPOSE_MIN = 20;

  /** Most shared input files, and most files a unit must leave. */
  public static final int INPUTS_MAX = 64;

  /** Most files a unit must leave. */
  public static final int OUTPUTS_MAX = 64;

  /** Fewest donors who must agree: one result proves nothing. */
  public static final int AGREE_MIN = 2;

  /** Most donors who must agree: more spends their computers without proving more. */
  public static final int AGREE_MAX = 7;

  private static final String PROJECT = "[a-z0-9][a-z0-9-]{1,61}[a-z0-9]";

  /** Refuses what {@link #parse} would refuse, in the same words. */
  public BatchSpec {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    require("origin", origin.length() >= 1 && origin.length() <= 200, "expected 1 to 200 letters");
    require("project", project.matches(PROJECT), "expected 3 to 63 of a-z 0-9 -, got " + project);
    require(
        "purpose",
        purpose.length() >= PURPOSE_MIN && purpose.length() <= Work.PURPOSE_MAX,
        "expected " + PURPOSE_MIN + " to " + Work.PURPOSE_MAX + " characters");
    require("inputs", inputs.size() <= INPUTS_MAX, "expected at most " + INPUTS_MAX);
    require(
        "outputs",
        !outputs.isEmpty() && outputs.size() <= OUTPUTS_MAX,
        "expected 1 to " + OUTPUTS_MAX + " files");
    require(
        "agree",
        agree >= AGREE_MIN && agree <= AGREE_MAX,
        "expected " + AGREE_MIN + " to " + AGREE_MAX + ", got " + agree);
    require(
        "deadlineMs",
        deadlineMs >= 0 && deadlineMs <= JsonValue.INTEGER_MAX,
        "expected milliseconds since 1970, got " + deadlineMs);
    requireNames(inputs, units, outputs);
    try {
      compare.requireOutputs(outputs);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("field \"compare\": " + e.getMessage(), e);
    }
  }

  /** A batch of which a computer with a good record is checked by chance. */
  public BatchSpec(
      String origin,
      String project,
      String purpose,
      Hash release,
      BatchUnits units,
      List<BlobRef> inputs,
      Allotment allotment,
      List<String> outputs,
      int agree,
      long deadlineMs,
      Comparison compare) {
    this(
        origin,
        project,
        purpose,
        release,
        units,
        inputs,
        allotment,
        outputs,
        agree,
        deadlineMs,
        compare,
        Checks.DRAWN);
  }

  /** The same, with results that are compared octet by octet. */
  public BatchSpec(
      String origin,
      String project,
      String purpose,
      Hash release,
      BatchUnits units,
      List<BlobRef> inputs,
      Allotment allotment,
      List<String> outputs,
      int agree,
      long deadlineMs) {
    this(
        origin,
        project,
        purpose,
        release,
        units,
        inputs,
        allotment,
        outputs,
        agree,
        deadlineMs,
        Comparison.EXACT);
  }

  /** The same, without a deadline. */
  public BatchSpec(
      String origin,
      String project,
      String purpose,
      Hash release,
      BatchUnits units,
      List<BlobRef> inputs,
      Allotment allotment,
      List<String> outputs,
      int agree) {
    this(origin, project, purpose, release, units, inputs, allotment, outputs, agree, 0);
  }

  /** Reads a batch's payload. */
  public static BatchSpec parse(JsonFields fields) throws MalformedJson {
    String origin = fields.text("origin", 200);
    String project = fields.text("project", 63);
    String purpose = fields.text("purpose", Work.PURPOSE_MAX);
    Hash release = fields.hash("release");
    BatchUnits units = BatchUnits.parse(fields.object("units"));
    List<BlobRef> inputs = new ArrayList<>();
    for (JsonFields input : fields.objects("inputs", 0, INPUTS_MAX)) {
      inputs.add(BlobRef.parse(input));
    }
    Allotment allotment = Allotment.parse(fields.object("allotment"));
    List<String> outputs = fields.texts("outputs", 1, OUTPUTS_MAX, BlobRef.NAME_MAX);
    int agree = fields.smallInteger("agree", AGREE_MIN, AGREE_MAX);
    long deadlineMs =
        fields.has("deadlineMs") ? fields.integer("deadlineMs", 1, JsonValue.INTEGER_MAX) : 0;
    Comparison compare =
        fields.has("compare") ? Comparison.parse(fields.object("compare")) : Comparison.EXACT;
    Checks checks = fields.has("checks") ? checks(fields) : Checks.DRAWN;
    fields.end();
    try {
      return new BatchSpec(
          origin,
          project,
          purpose,
          release,
          units,
          inputs,
          allotment,
          outputs,
          agree,
          deadlineMs,
          compare,
          checks);
    } catch (IllegalArgumentException e) {
      throw new MalformedJson(String.valueOf(e.getMessage()));
    }
  }

  /** There is one spelling of every batch, so what holds anyway is refused. */
  private static Checks checks(JsonFields fields) throws MalformedJson {
    String word = fields.text("checks", 8);
    if (!word.equals(Checks.EVERY.word())) {
      throw fields.at(
          "checks", "expected " + Checks.EVERY.word() + ", or no such field, got " + word);
    }
    return Checks.EVERY;
  }

  /** The payload that the owner signs. */
  public JsonValue.Obj toJson() {
    JsonValue.Builder out = JsonValue.Obj.of();
    if (deadlineMs > 0) {
      out.put("deadlineMs", deadlineMs);
    }
    if (!compare.isExact()) {
      out.put("compare", compare.toJson());
    }
    if (checks != Checks.DRAWN) {
      out.put("checks", checks.word());
    }
    return out.put("origin", origin)
        .put("project", project)
        .put("purpose", purpose)
        .put("release", release.toHex())
        .put("units", units.toJson())
        .put("inputs", inputs.stream().map(BlobRef::toJson).toList())
        .put("allotment", allotment.toJson())
        .putTexts("outputs", outputs)
        .put("agree", agree)
        .build();
  }

  /** The name of the batch whose payload has this digest: its first octets. */
  public static BatchId idOf(Hash payloadDigest) {
    byte[] head = java.util.Arrays.copyOf(payloadDigest.toArray(), BatchId.SIZE);
    return new BatchId(Bytes.of(head));
  }

  private static void requireNames(List<BlobRef> inputs, BatchUnits units, List<String> outputs) {
    Set<String> inNames = new HashSet<>();
    for (BlobRef input : inputs) {
      require("inputs", inNames.add(input.name()), "file " + input.name() + " stands twice");
    }
    if (units instanceof BatchUnits.Files files) {
      for (BlobRef file : files.files()) {
        require(
            "units", !inNames.contains(file.name()), "file " + file.name() + " is an input too");
      }
    }
    Set<String> outNames = new HashSet<>();
    for (String output : outputs) {
      require("outputs", BlobRef.safeName(output), "expected a plain relative path, got " + output);
      require("outputs", outNames.add(output), "file " + output + " stands twice");
    }
  }

  private static void require(String field, boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException("field \"" + field + "\": " + sentence);
    }
  }
}
