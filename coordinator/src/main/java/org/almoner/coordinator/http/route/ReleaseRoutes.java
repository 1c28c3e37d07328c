package org.almoner.coordinator.http.route;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.desk.Rebuilt;
import org.almoner.coordinator.desk.ReleaseView;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.release.Recall;
import org.jspecify.annotations.Nullable;

/** What anyone may see of releases, and what owners, the operator and auditors say of them. */
public final class ReleaseRoutes {
  /** Most releases in one listing. */
  public static final int RELEASES_MAX = 200;

  private final Desk desk;
  private final Tokens tokens;

  /** Asks {@code desk}. */
  public ReleaseRoutes(Desk desk, Tokens tokens) {
    this.desk = desk;
    this.tokens = tokens;
  }

  /** The newest releases, at most {@link #RELEASES_MAX}. */
  public JsonValue releases() {
    return array(desk.releases().all());
  }

  /** The release of that digest, as each owner signed it. */
  public JsonValue release(String digest) {
    List<ReleaseView> found = desk.releases().find(hash(digest));
    if (found.isEmpty()) {
      throw Refusals.notFound(
          "no release " + digest + " was logged here; GET /api/v1/releases lists them");
    }
    return array(found);
  }

  private static JsonValue array(List<ReleaseView> releases) {
    return new JsonValue.Array(
        releases.stream().limit(RELEASES_MAX).<JsonValue>map(ReleaseReplies::release).toList());
  }

  /** Recalls a release: by an owner's signed recall, or by the operator's token and a reason. */
  public CompletableFuture<JsonValue> recall(
      @Nullable String authorization, String digest, byte[] body) throws MalformedJson {
    Hash release = hash(digest);
    JsonFields fields = Body.fields(body);
    if (fields.has("payload")) {
      Envelope signed = Envelope.parse(Envelope.Kind.RECALL, fields);
      if (!names(signed, release)) {
        throw Refusals.malformed("the recall that came names another release than the address");
      }
      return desk.releases().recall(signed).thenApply(ReleaseReplies::release);
    }
    tokens.requireOperator(authorization);
    String reason = fields.parsed(Field.REASON, Recall::requireReason);
    fields.end();
    return desk.releases().recall(release, reason).thenApply(ReleaseReplies::release);
  }

  /** Whether the signature is good shows at the desk. */
  private static boolean names(Envelope signed, Hash release) {
    try {
      return Recall.parse(JsonFields.of(CanonicalJson.parse(signed.payload().toArray())))
          .release()
          .equals(release);
    } catch (MalformedJson e) {
      throw Refusals.malformed(e);
    }
  }

  /** Keeps what came of building a release again, by the operator or an appointed auditor. */
  public CompletableFuture<JsonValue> rebuilt(
      @Nullable String authorization, String digest, byte[] body) throws MalformedJson {
    boolean byAuditor = !tokens.isOperator(authorization);
    if (byAuditor) {
      var unused = tokens.requireAuditor(authorization);
    }
    Hash release = hash(digest);
    JsonFields fields = Body.fields(body);
    Rebuilt.Found found = fields.parsed(Field.OUTCOME, Rebuilt.Found::of);
    String toolchain = fields.text(Field.TOOLCHAIN, Rebuilt.TOOLCHAIN_MAX);
    LocalDate day = fields.parsed(Field.DAY, ReleaseRoutes::day);
    fields.end();
    Rebuilt rebuilt;
    try {
      rebuilt = new Rebuilt(found, byAuditor, toolchain, day);
    } catch (IllegalArgumentException e) {
      throw fields.at(Field.TOOLCHAIN, String.valueOf(e.getMessage()));
    }
    return desk.releases().keep(release, rebuilt).thenApply(ReleaseReplies::release);
  }

  private static LocalDate day(String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.getYear() < 2000 || day.getYear() > 9999) {
        throw new IllegalArgumentException("a year from 2000 to 9999 was expected, got " + text);
      }
      return day;
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("expected a date such as 2026-11-20, got " + text, e);
    }
  }

  private static Hash hash(String digest) {
    try {
      return Hash.parseHex(digest);
    } catch (IllegalArgumentException e) {
      throw Refusals.notFound("no release can have this digest: " + e.getMessage());
    }
  }
}
