package org.almoner.protocol.lease;

import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * A Wasm module compiled ahead of time for one platform, published with its release for computers
 * that have no compiler.
 *
 * @param kit what built it: version of the engine's host, translator and compiler, in one line of
 *     at most {@link #KIT_MAX} characters
 * @param file a statically linked program
 */
public record Built(Platform platform, String kit, BlobRef file) {
  /** Longest description of what built it, in characters. */
  public static final int KIT_MAX = 200;

  static Built parse(JsonFields fields) throws MalformedJson {
    Built built =
        new Built(
            fields.parsed("platform", Platform::new),
            fields.text("kit", KIT_MAX),
            BlobRef.parse(fields.object("file")));
    fields.end();
    return built;
  }

  JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("platform", platform.text())
        .put("kit", kit)
        .put("file", file.toJson())
        .build();
  }
}
