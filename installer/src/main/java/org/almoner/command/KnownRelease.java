package org.almoner.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * A release as a coordinator tells of it; its signature is checked here, not believed.
 *
 * @param owner the owner's name; empty for the coordinator's own
 * @param leaf index of its entry in the log
 * @param rebuilt what came of building it again; none or one
 * @param recalled why it is leased no more; none or one
 */
record KnownRelease(
    ReleaseFile file, String owner, long leaf, List<String> rebuilt, List<String> recalled) {
  static boolean isDigest(String text) {
    return text.matches("[0-9a-f]{64}");
  }

  static String address(String digest) {
    if (!isDigest(digest)) {
      throw Failure.wrongUse(
          "a release is named by 64 hexadecimal digits, got "
              + digest
              + "; 'release list' has them");
    }
    return "/api/v1/releases/" + digest;
  }

  static List<KnownRelease> list(OperatorClient client) {
    return Answer.list(client.get("/api/v1/releases"), KnownRelease::parse);
  }

  /** As each owner signed it, at least one. */
  static List<KnownRelease> find(OperatorClient client, String digest) {
    List<KnownRelease> found = Answer.list(client.get(address(digest)), KnownRelease::parse);
    if (found.isEmpty() || found.stream().anyMatch(one -> !one.file().id().equals(digest))) {
      throw Failure.failed(client.base() + " answered with another release than " + digest);
    }
    return found;
  }

  static KnownRelease parse(JsonFields fields) throws MalformedJson {
    Envelope signed = Envelope.parse(Envelope.Kind.RELEASE, fields.object("signed"));
    List<String> rebuilt = new ArrayList<>();
    if (fields.has("rebuilt")) {
      JsonFields one = fields.object("rebuilt");
      rebuilt.add(
          one.text("outcome", 20)
              + " on "
              + one.text("day", 10)
              + " by the "
              + one.text("by", 20)
              + ", with "
              + one.text("toolchain", 500));
    }
    List<String> recalled = new ArrayList<>();
    if (fields.has("recalled")) {
      JsonFields one = fields.object("recalled");
      recalled.add("by the " + one.text("by", 20) + ": " + one.text("reason", 200));
    }
    String digest = fields.text("release", 64);
    ReleaseFile file = ReleaseFile.of(signed, "release " + digest);
    return new KnownRelease(
        file,
        fields.freeText("owner", 100),
        fields.integer("leaf", 0, JsonValue.INTEGER_MAX),
        rebuilt,
        recalled);
  }

  private Optional<String> first(List<String> texts) {
    return texts.stream().findFirst();
  }

  String line() {
    return file.id()
        + "  "
        + file.release().title()
        + "  "
        + file.release().licence()
        + first(rebuilt).map(r -> "  rebuilt from source: " + r).orElse("  not rebuilt")
        + first(recalled).map(r -> "  RECALLED " + r).orElse("");
  }

  String text() {
    return file.text()
        + String.format("%nowner      %s%nentry      %d%n", owner, leaf)
        + String.format("rebuilt    %s%n", first(rebuilt).orElse("not yet"))
        + first(recalled).map(r -> "recalled   " + r).orElse("").stripTrailing();
  }

  JsonValue.Obj json() {
    JsonValue.Builder out =
        JsonValue.Obj.of()
            .put("release", file.id())
            .put("record", file.release().toJson())
            .put("key", file.signed().signer().toHex())
            .put("owner", owner)
            .put("leaf", leaf);
    first(rebuilt).ifPresent(r -> out.put("rebuilt", r));
    first(recalled).ifPresent(r -> out.put("recalled", r));
    return out.build();
  }
}
