package org.almoner.protocol.lease;

import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * One unit allotted to one agent.
 *
 * @param args the guest's arguments after its own name
 * @param inputs files of this unit alone, below {@code /in}
 */
public record Lease(LeaseId id, List<String> args, List<BlobRef> inputs) {
  /** Most arguments, and the longest one in characters. */
  public static final int ARGS_MAX = 64;

  /** Longest argument, in characters. */
  public static final int ARG_MAX = 1_000;

  /** Copies the lists. */
  public Lease {
    args = List.copyOf(args);
    inputs = List.copyOf(inputs);
  }

  /** Reads the object that {@link #toJson} writes. */
  public static Lease parse(JsonFields fields) throws MalformedJson {
    LeaseId id = LeaseId.parse(fields);
    List<String> args = fields.texts("args", 0, ARGS_MAX, ARG_MAX);
    List<BlobRef> inputs = new ArrayList<>();
    for (JsonFields input : fields.objects("inputs", 0, Work.FILES_MAX)) {
      inputs.add(BlobRef.parse(input));
    }
    fields.end();
    return new Lease(id, args, inputs);
  }

  /** One object a lease. */
  public JsonValue.Obj toJson() {
    return id.writeTo(JsonValue.Obj.of())
        .putTexts("args", args)
        .put("inputs", inputs.stream().map(BlobRef::toJson).toList())
        .build();
  }
}
