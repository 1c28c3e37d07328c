package org.almoner.protocol.release;

import java.util.List;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.Lease;

/**
 * One version of a piece of software that volunteers run.
 *
 * @param name letters, digits and dashes
 * @param version the owner's own numbering
 * @param licence SPDX identifier of an OSI-approved licence
 * @param repository where the source is, an https address
 * @param commit which state of it, 40 lowercase hexadecimal digits
 * @param toolchain what built the module from it, in one line
 * @param runtime {@code wasm}
 * @param module the built module
 * @param args templates of the guest's arguments
 */
public record Release(
    String name,
    String version,
    String licence,
    String repository,
    String commit,
    String toolchain,
    String runtime,
    BlobRef module,
    List<String> args) {
  /** The one runtime of this version. */
  public static final String WASM = "wasm";

  /** Copies the list. */
  public Release {
    args = List.copyOf(args);
  }

  /** Name and version, as shown to people. */
  public String title() {
    return name + " " + version;
  }

  /** Reads a release's payload. */
  public static Release parse(JsonFields fields) throws MalformedJson {
    Release release =
        new Release(
            fields.text("name", 64),
            fields.text("version", 64),
            fields.text("licence", 64),
            fields.text("repository", 500),
            fields.text("commit", 40),
            fields.text("toolchain", 200),
            fields.text("runtime", 16),
            BlobRef.parse(fields.object("module")),
            fields.texts("args", 0, Lease.ARGS_MAX, Lease.ARG_MAX));
    fields.end();
    if (!release.runtime().equals(WASM)) {
      throw fields.at("runtime", "expected wasm, got " + release.runtime());
    }
    if (!release.commit().matches("[0-9a-f]{40}")) {
      throw fields.at("commit", "expected 40 lowercase hexadecimal digits");
    }
    return release;
  }

  /** The payload that the owner signs. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("name", name)
        .put("version", version)
        .put("licence", licence)
        .put("repository", repository)
        .put("commit", commit)
        .put("toolchain", toolchain)
        .put("runtime", runtime)
        .put("module", module.toJson())
        .putTexts("args", args)
        .build();
  }
}
