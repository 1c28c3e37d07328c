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
 * @param engines the engine it is wished to run on, so that replicas check each other; none when
 *     any will do. An agent that lacks it takes another one
 */
public record Lease(LeaseId id, List<String> args, List<BlobRef> inputs, List<Engine> engines) {
  /** Most arguments, and the longest one in characters. */
  public static final int ARGS_MAX = 64;

  /** Longest argument, in characters. */
  public static final int ARG_MAX = 1_000;

  /** Copies the lists. */
  public Lease {
    args = List.copyOf(args);
    inputs = List.copyOf(inputs);
    engines = List.copyOf(engines);
    if (engines.size() > 1) {
      throw new IllegalArgumentException("at most one engine is wished for");
    }
  }

  /** A lease that any engine may run. */
  public Lease(LeaseId id, List<String> args, List<BlobRef> inputs) {
    this(id, args, inputs, List.of());
  }

  /** Reads the object that {@link #toJson} writes. */
  public static Lease parse(JsonFields fields) throws MalformedJson {
    LeaseId id = LeaseId.parse(fields);
    List<String> args = fields.texts("args", 0, ARGS_MAX, ARG_MAX);
    List<BlobRef> inputs = new ArrayList<>();
    for (JsonFields input : fields.objects("inputs", 0, Work.FILES_MAX)) {
      inputs.add(BlobRef.parse(input));
    }
    List<Engine> engines =
        fields.has("engine") ? List.of(fields.parsed("engine", Engine::parse)) : List.of();
    fields.end();
    return new Lease(id, args, inputs, engines);
  }

  /** One object a lease. */
  public JsonValue.Obj toJson() {
    JsonValue.Builder out =
        id.writeTo(JsonValue.Obj.of())
            .putTexts("args", args)
            .put("inputs", inputs.stream().map(BlobRef::toJson).toList());
    engines.forEach(engine -> out.put("engine", engine.text()));
    return out.build();
  }
}
