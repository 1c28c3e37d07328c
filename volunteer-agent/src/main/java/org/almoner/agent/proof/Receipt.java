package org.almoner.agent.proof;

import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Grant;

/**
 * The coordinator's answer to a record it logged, as it came; nothing is proved until it is
 * checked.
 *
 * @param checkpoint signed note, whole text, at most {@link #CHECKPOINT_MAX} characters
 * @param lines one for each line of a report, one for any other record
 * @param consistency hashes from the size the agent knew to the checkpoint's
 */
public record Receipt(String checkpoint, List<LineProof> lines, List<Hash> consistency) {
  /** Longest checkpoint note, in characters. */
  public static final int CHECKPOINT_MAX = 16_384;

  /** Copies the lists. */
  public Receipt {
    lines = List.copyOf(lines);
    consistency = List.copyOf(consistency);
  }

  /** Reads the answer of the routes for enrolments, links and reports. */
  public static Receipt parse(JsonFields fields) throws MalformedJson {
    String status = fields.text("status", 20);
    if (!status.equals("logged")) {
      throw fields.at("status", "expected logged, got " + status);
    }
    List<LineProof> lines = new ArrayList<>();
    for (JsonFields line : fields.objects("lines", 1, Grant.LEASES_MAX)) {
      lines.add(LineProof.parse(line));
    }
    Receipt receipt =
        new Receipt(
            fields.freeText("checkpoint", CHECKPOINT_MAX),
            lines,
            LineProof.hashes(fields, "consistency"));
    fields.end();
    return receipt;
  }

  /** The object that {@link #parse} reads. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("status", "logged")
        .put("checkpoint", checkpoint)
        .put("lines", lines.stream().map(LineProof::toJson).toList())
        .putTexts("consistency", consistency.stream().map(Hash::toHex).toList())
        .build();
  }
}
