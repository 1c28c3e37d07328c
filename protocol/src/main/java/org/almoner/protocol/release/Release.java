package org.almoner.protocol.release;

import java.util.List;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.Program;

/**
 * One version of a piece of software that volunteers run.
 *
 * @param name letters, digits and dashes
 * @param version the owner's own numbering
 * @param licence SPDX expression of OSI-approved licences, at most {@link #LICENCE_MAX} characters
 * @param repository where the source is, an https or git address
 * @param commit which state of it, 40 or 64 lowercase hexadecimal digits
 * @param toolchain what built the module from it, in one line
 * @param program what is run, and by which runtime
 * @param args templates of the guest's arguments
 * @param build how the module is built again; {@link Build#UNSTATED} when its owner does not say
 * @param needs the most that a batch may allot to a unit; {@link #UNBOUNDED} when its owner does
 *     not say
 */
public record Release(
    String name,
    String version,
    String licence,
    String repository,
    String commit,
    String toolchain,
    Program program,
    List<String> args,
    Build build,
    Allotment needs) {
  /** Longest licence expression, in characters. */
  public static final int LICENCE_MAX = 200;

  /** What any unit may take at the most: a release without {@code needs} says no more than that. */
  public static final Allotment UNBOUNDED =
      new Allotment(
          Allotment.CORES_MAX,
          Allotment.MEMORY_BYTES_MAX,
          Allotment.DISK_BYTES_MAX,
          Allotment.WALL_MS_MAX);

  /** Copies the list. */
  public Release {
    args = List.copyOf(args);
  }

  /** A Wasm module; it says neither how it is built again nor what it needs. */
  public Release(
      String name,
      String version,
      String licence,
      String repository,
      String commit,
      String toolchain,
      BlobRef module,
      List<String> args) {
    this(
        name,
        version,
        licence,
        repository,
        commit,
        toolchain,
        new Program.Wasm(module, List.of()),
        args,
        Build.UNSTATED,
        UNBOUNDED);
  }

  /** Name and version, as shown to people. */
  public String title() {
    return name + " " + version;
  }

  /** Whether a unit that is given {@code allotment} gets no more than the release needs. */
  public boolean covers(Allotment allotment) {
    return allotment.cores() <= needs.cores()
        && allotment.memoryBytes() <= needs.memoryBytes()
        && allotment.diskBytes() <= needs.diskBytes()
        && allotment.wallMs() <= needs.wallMs();
  }

  /** Reads a release's payload. */
  public static Release parse(JsonFields fields) throws MalformedJson {
    Release release =
        new Release(
            fields.text("name", 64),
            fields.text("version", 64),
            fields.text("licence", LICENCE_MAX),
            fields.text("repository", 500),
            fields.text("commit", 64),
            fields.text("toolchain", 200),
            parseProgram(fields),
            fields.texts("args", 0, Lease.ARGS_MAX, Lease.ARG_MAX),
            fields.has("build") ? Build.parse(fields.object("build")) : Build.UNSTATED,
            fields.has("needs") ? Allotment.parse(fields.object("needs")) : UNBOUNDED);
    fields.end();
    if (fields.has("needs") && release.needs().equals(UNBOUNDED)) {
      throw fields.at("needs", "leave it out when it bounds nothing");
    }
    if (!release.commit().matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
      throw fields.at("commit", "expected 40 or 64 lowercase hexadecimal digits");
    }
    return release;
  }

  private static Program parseProgram(JsonFields fields) throws MalformedJson {
    String runtime = fields.text("runtime", 16);
    Program program = Program.parse(fields);
    if (!program.runtime().equals(runtime)) {
      throw fields.at(
          "runtime",
          "expected "
              + program.runtime()
              + ", the one that goes with the files named, got "
              + runtime);
    }
    return program;
  }

  /** The payload that the owner signs. */
  public JsonValue.Obj toJson() {
    JsonValue.Builder out =
        JsonValue.Obj.of()
            .put("name", name)
            .put("version", version)
            .put("licence", licence)
            .put("repository", repository)
            .put("commit", commit)
            .put("toolchain", toolchain)
            .put("runtime", program.runtime())
            .putTexts("args", args);
    program.writeTo(out);
    if (build.isStated()) {
      out.put("build", build.toJson());
    }
    if (!needs.equals(UNBOUNDED)) {
      out.put("needs", needs.toJson());
    }
    return out.build();
  }
}
