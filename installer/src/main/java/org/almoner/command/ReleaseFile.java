package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.release.Release;
import org.almoner.tax.register.DurableFile;
import org.almoner.workload.check.CheckedWorkload;
import org.almoner.workload.spec.OpenSource;

/**
 * A signed release in a file: its envelope as one line of JSON.
 *
 * @param signed the envelope, its signature checked
 * @param release what it says, checked to be open source
 */
record ReleaseFile(Envelope signed, Release release) {
  /** Largest file: an envelope of the largest payload, in base64. */
  private static final int OCTETS_MAX = 400_000;

  /** Where the release of a workload file is kept: beside it, by name and version. */
  static Path beside(Path workload, Release release) {
    return workload
        .toAbsolutePath()
        .resolveSibling(release.name() + "-" + release.version() + ".release.json");
  }

  /** Signs what a workload file says. */
  static ReleaseFile sign(Release release, SigningKey owner) {
    return new ReleaseFile(Envelope.sign(Envelope.Kind.RELEASE, release.toJson(), owner), release);
  }

  /** Checks an envelope; ends the command with a sentence when it does not hold. */
  static ReleaseFile of(Envelope signed, String where) {
    try {
      Release release = Release.parse(signed.open());
      OpenSource.require(release);
      return new ReleaseFile(signed, release);
    } catch (BadSignature | MalformedJson | IllegalArgumentException e) {
      throw Failure.failed(where + " is no signed release: " + e.getMessage());
    }
  }

  /** Reads a file; ends the command with a sentence when signature or form is wrong. */
  static ReleaseFile read(Path file) {
    try {
      byte[] octets;
      try (var in = Files.newInputStream(file)) {
        octets = in.readNBytes(OCTETS_MAX + 1);
      }
      if (octets.length > OCTETS_MAX) {
        throw Failure.failed(file + " has more than " + OCTETS_MAX + " octets; no release has");
      }
      String text = new String(octets, StandardCharsets.UTF_8).strip();
      JsonValue.Obj json = JsonParser.parseObject(text.getBytes(StandardCharsets.UTF_8));
      return of(Envelope.parse(Envelope.Kind.RELEASE, JsonFields.of(json)), file.toString());
    } catch (MalformedJson e) {
      throw Failure.failed(file + " is no signed release: " + e.getMessage());
    } catch (IOException e) {
      throw Failure.failed(file + " cannot be read: " + e.getMessage());
    }
  }

  void write(Path file) {
    try {
      DurableFile.write(
          file.toAbsolutePath(),
          (Printed.line(signed.toJson()) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw Failure.failed(file + " cannot be written: " + e.getMessage());
    }
  }

  /**
   * The release to submit a workload with: the one that was signed before and lies beside the file,
   * or one signed now. A version that was signed is not signed again with another content.
   */
  static ReleaseFile forSubmission(Path workload, CheckedWorkload checked, SigningKey owner) {
    Release wanted = checked.release();
    Path kept = beside(workload, wanted);
    if (!Files.exists(kept)) {
      return sign(wanted, owner);
    }
    ReleaseFile before = read(kept);
    if (!before.signed().signer().equals(owner.publicKey())) {
      throw Failure.wrongUse(
          kept + " was signed with another key; name it with --key-file, or move the file away");
    }
    if (!before.serves(wanted)) {
      throw Failure.wrongUse(
          kept
              + " was signed with another content: "
              + before.difference(wanted)
              + "; raise release.version, or sign it again with 'almoner release sign --replace'");
    }
    return before;
  }

  /** Whether a batch that wants {@code wanted} may run under this release. */
  private boolean serves(Release wanted) {
    return release.covers(wanted.needs()) && difference(wanted).isEmpty();
  }

  /** The first field that differs, but for needs that are covered; empty when none does. */
  private String difference(Release wanted) {
    JsonValue.Obj mine = release.toJson();
    JsonValue.Obj theirs = wanted.toJson();
    for (String field : theirs.fields().keySet()) {
      boolean covered = field.equals("needs") && release.covers(wanted.needs());
      if (!covered && !theirs.fields().get(field).equals(mine.fields().get(field))) {
        return field + " differs";
      }
    }
    for (String field : mine.fields().keySet()) {
      if (!field.equals("needs") && !theirs.fields().containsKey(field)) {
        return field + " differs";
      }
    }
    return "";
  }

  String id() {
    return signed.digest().toHex();
  }

  /** For people. */
  String text() {
    StringBuilder out = new StringBuilder();
    line(out, "release", id());
    line(out, "name", release.title());
    line(out, "licence", release.licence());
    line(out, "source", release.repository() + " at " + release.commit());
    line(out, "toolchain", release.toolchain());
    line(
        out,
        "build",
        release.build().isStated()
            ? String.join("; ", release.build().commands())
                + " in "
                + release.build().folder()
                + ", with "
                + String.join(" ", release.build().packages())
            : "not stated");
    line(out, "runtime", release.program().runtime());
    line(
        out,
        "module",
        release.program().first().name()
            + ", "
            + release.program().first().bytes()
            + " octets, "
            + release.program().first().digest());
    line(
        out,
        "needs",
        release.needs().equals(Release.UNBOUNDED)
            ? "not stated"
            : "at most "
                + (release.needs().memoryBytes() >> 20)
                + " MiB of memory, "
                + (release.needs().diskBytes() >> 20)
                + " MiB of disk, "
                + release.needs().wallMs() / 1000
                + " s");
    line(out, "signed by", signed.signer().toHex());
    return out.toString().stripTrailing();
  }

  /** For scripts. */
  JsonValue.Obj json() {
    return JsonValue.Obj.of()
        .put("release", id())
        .put("record", release.toJson())
        .put("key", signed.signer().toHex())
        .build();
  }

  private static void line(StringBuilder out, String name, String value) {
    out.append(String.format("%-10s %s%n", name, value));
  }
}
