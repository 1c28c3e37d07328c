package org.almoner.protocol.access;

import java.util.EnumSet;
import java.util.Set;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * What an owner asks about tokens; signed with the key that the operator approved, so that it needs
 * no token. The text of a token never travels with it.
 */
public sealed interface TokenRequest {
  /** Longest life of a token, in days. */
  int DAYS_MAX = 365;

  /** Life of a token whose maker does not say, in days. */
  int DAYS_DEFAULT = 90;

  /** The coordinator's log it is meant for. */
  String origin();

  /** When it was signed, the owner's clock, milliseconds since 1970 UTC. */
  long issuedMs();

  /** The fields of this kind of request, besides those of every request. */
  JsonValue.Builder fields();

  /**
   * Makes a token.
   *
   * @param name what the owner calls it: 1 to 63 of {@code a-z 0-9 -}, no dash at the ends
   * @param scopes what it opens, at least one
   * @param days how long it opens that, 1 to {@link #DAYS_MAX}
   * @param token SHA-256 of its text, which the owner drew
   */
  record Create(String origin, long issuedMs, String name, Set<Scope> scopes, int days, Hash token)
      implements TokenRequest {
    /** Refuses names, scopes and times out of bounds. */
    public Create {
      requireName(name);
      if (scopes.isEmpty()) {
        throw new IllegalArgumentException("a token opens at least one of submit, read, manage");
      }
      scopes = Set.copyOf(scopes);
      if (days < 1 || days > DAYS_MAX) {
        throw new IllegalArgumentException("a token lives 1 to " + DAYS_MAX + " days, not " + days);
      }
    }

    @Override
    public JsonValue.Builder fields() {
      return JsonValue.Obj.of()
          .put("action", "create")
          .put("name", name)
          .putTexts("scopes", Scope.words(scopes))
          .put("days", days)
          .put("token", token.toHex());
    }
  }

  /** Asks which tokens there are. */
  record Listing(String origin, long issuedMs) implements TokenRequest {
    @Override
    public JsonValue.Builder fields() {
      return JsonValue.Obj.of().put("action", "list");
    }
  }

  /** Takes a token back. */
  record Revoke(String origin, long issuedMs, String name) implements TokenRequest {
    /** Refuses names out of bounds. */
    public Revoke {
      requireName(name);
    }

    @Override
    public JsonValue.Builder fields() {
      return JsonValue.Obj.of().put("action", "revoke").put("name", name);
    }
  }

  /** Refuses what cannot be a token's name. */
  static String requireName(String name) {
    if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new IllegalArgumentException(
          "a token's name has 1 to 63 of a-z 0-9 -, no dash at the ends; got " + name);
    }
    return name;
  }

  /** Reads a payload. */
  static TokenRequest parse(JsonFields fields) throws MalformedJson {
    String origin = fields.text("origin", 200);
    long issuedMs = fields.integer("issuedMs", 0, JsonValue.INTEGER_MAX);
    String action = fields.text("action", 20);
    TokenRequest request =
        switch (action) {
          case "create" ->
              new Create(
                  origin,
                  issuedMs,
                  fields.parsed("name", TokenRequest::requireName),
                  scopes(fields),
                  fields.smallInteger("days", 1, DAYS_MAX),
                  fields.hash("token"));
          case "list" -> new Listing(origin, issuedMs);
          case "revoke" ->
              new Revoke(origin, issuedMs, fields.parsed("name", TokenRequest::requireName));
          default -> throw fields.at("action", "expected create, list or revoke, got " + action);
        };
    fields.end();
    return request;
  }

  private static Set<Scope> scopes(JsonFields fields) throws MalformedJson {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String word : fields.texts("scopes", 1, Scope.values().length, 20)) {
      try {
        if (!scopes.add(Scope.of(word))) {
          throw fields.at("scopes", word + " stands there twice");
        }
      } catch (IllegalArgumentException e) {
        throw fields.at("scopes", String.valueOf(e.getMessage()));
      }
    }
    return scopes;
  }

  /** The payload that the owner signs. */
  default JsonValue.Obj toJson() {
    return fields().put("origin", origin()).put("issuedMs", issuedMs()).build();
  }
}
