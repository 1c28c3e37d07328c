package org.almoner.protocol.lease;

import java.util.List;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * What all leases of one batch in a grant share: the software, the purpose and the allotment.
 *
 * @param project the batch's name, shown to volunteers
 * @param purpose one sentence or two by the owner, shown to volunteers
 * @param release digest of the signed release
 * @param releaseName name and version, shown to volunteers
 * @param program what is run
 * @param inputs files every unit finds below {@code /in}
 * @param outputs files a unit must leave below {@code /out}
 */
public record Work(
    BatchId batch,
    String project,
    String purpose,
    Hash release,
    String releaseName,
    Program program,
    Allotment allotment,
    List<BlobRef> inputs,
    List<String> outputs) {
  /** Longest purpose, in characters. */
  public static final int PURPOSE_MAX = 500;

  /** Most input files, and most output files, of one unit. */
  public static final int FILES_MAX = 256;

  /** Copies the lists. */
  public Work {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Reads the object that {@link #toJson} writes. */
  public static Work parse(JsonFields fields) throws MalformedJson {
    List<BlobRef> inputs = new java.util.ArrayList<>();
    for (JsonFields input : fields.objects("inputs", 0, FILES_MAX)) {
      inputs.add(BlobRef.parse(input));
    }
    Work work =
        new Work(
            fields.parsed("batch", BatchId::parseHex),
            fields.text("project", 100),
            fields.text("purpose", PURPOSE_MAX),
            fields.hash("release"),
            fields.text("releaseName", 200),
            Program.parse(fields),
            Allotment.parse(fields.object("allotment")),
            inputs,
            fields.texts("outputs", 0, FILES_MAX, BlobRef.NAME_MAX));
    fields.end();
    return work;
  }

  /** One object a batch. */
  public JsonValue.Obj toJson() {
    return program
        .writeTo(JsonValue.Obj.of())
        .put("batch", batch.toHex())
        .put("project", project)
        .put("purpose", purpose)
        .put("release", release.toHex())
        .put("releaseName", releaseName)
        .put("allotment", allotment.toJson())
        .put("inputs", inputs.stream().map(BlobRef::toJson).toList())
        .putTexts("outputs", outputs)
        .build();
  }
}
