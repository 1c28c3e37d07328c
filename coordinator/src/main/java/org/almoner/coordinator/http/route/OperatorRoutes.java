package org.almoner.coordinator.http.route;

import java.util.concurrent.CompletableFuture;
import org.almoner.coordinator.account.Auditor;
import org.almoner.coordinator.desk.Desk;
import org.almoner.ledger.entry.Revocation;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** What the operator asks; each verb first checks the operator's token. */
public final class OperatorRoutes {
  /** Longest name of an owner, in characters. */
  public static final int OWNER_NAME_MAX = 100;

  private static final int REASON_MAX = 40;

  private final Desk desk;
  private final Tokens tokens;

  /** Speaks for the operator to {@code desk}. */
  public OperatorRoutes(Desk desk, Tokens tokens) {
    this.desk = desk;
    this.tokens = tokens;
  }

  /** Opens a donor's account; the token is shown this once. */
  public CompletableFuture<JsonValue> openAccount(@Nullable String authorization, byte[] body)
      throws MalformedJson {
    tokens.requireOperator(authorization);
    Body.empty(body);
    return desk.openAccount()
        .thenApply(
            account ->
                JsonValue.Obj.of()
                    .put(Field.DONOR, account.donor().toHex())
                    .put(Field.TOKEN, account.token())
                    .build());
  }

  /** Draws a one-time code that links an agent to {@code donor}. */
  public CompletableFuture<JsonValue> drawCode(
      @Nullable String authorization, String donor, byte[] body) throws MalformedJson {
    tokens.requireOperator(authorization);
    Body.empty(body);
    return desk.drawCode(donorId(donor))
        .thenApply(code -> JsonValue.Obj.of().put(Field.CODE, code).build());
  }

  /** Approves an owner's key; the token is shown this once. */
  public CompletableFuture<JsonValue> approveOwner(@Nullable String authorization, byte[] body)
      throws MalformedJson {
    tokens.requireOperator(authorization);
    JsonFields fields = Body.fields(body);
    String name = fields.text(Field.NAME, OWNER_NAME_MAX);
    PublicKey key = fields.parsed(Field.KEY, PublicKey::parseHex);
    fields.end();
    return desk.approveOwner(name, key)
        .thenApply(
            token -> JsonValue.Obj.of().put(Field.NAME, name).put(Field.TOKEN, token).build());
  }

  /** Appoints an auditor; the token is shown this once. */
  public CompletableFuture<JsonValue> appointAuditor(@Nullable String authorization, byte[] body)
      throws MalformedJson {
    tokens.requireOperator(authorization);
    JsonFields fields = Body.fields(body);
    String name = fields.text(Field.NAME, Auditor.NAME_MAX);
    int days = fields.smallInteger(Field.DAYS, 1, Auditor.DAYS_MAX);
    int leaves =
        fields.has(Field.LEAVES)
            ? fields.smallInteger(Field.LEAVES, 1, Auditor.LEAVES_MAX)
            : Auditor.LEAVES_DEFAULT;
    fields.end();
    return desk.appointAuditor(name, days, leaves)
        .thenApply(
            appointed ->
                JsonValue.Obj.of()
                    .put(Field.NAME, appointed.name())
                    .put(Field.TOKEN, appointed.token())
                    .put(Field.UNTIL_MS, appointed.untilMs())
                    .build());
  }

  /** Takes an auditor's token back. */
  public CompletableFuture<JsonValue> dismissAuditor(@Nullable String authorization, byte[] body)
      throws MalformedJson {
    tokens.requireOperator(authorization);
    JsonFields fields = Body.fields(body);
    String name = fields.text(Field.NAME, Auditor.NAME_MAX);
    fields.end();
    return desk.dismissAuditor(name)
        .thenApply(dismissed -> JsonValue.Obj.of().put(Field.NAME, dismissed).build());
  }

  /** Settles what has matured. */
  public CompletableFuture<JsonValue> settle(@Nullable String authorization, byte[] body)
      throws MalformedJson {
    tokens.requireOperator(authorization);
    Body.empty(body);
    return desk.settle().thenApply(n -> JsonValue.Obj.of().put(Field.SETTLED, n).build());
  }

  /** Takes the key of the agent that was enrolled at a leaf out of use. */
  public CompletableFuture<JsonValue> revoke(@Nullable String authorization, byte[] body)
      throws MalformedJson {
    tokens.requireOperator(authorization);
    JsonFields fields = Body.fields(body);
    long enrolment = fields.integer(Field.ENROLMENT, 0, JsonValue.INTEGER_MAX);
    String reason = fields.text(Field.REASON, REASON_MAX);
    fields.end();
    Revocation revocation;
    try {
      revocation = new Revocation(enrolment, reason);
    } catch (IllegalArgumentException e) {
      throw fields.at(Field.REASON, String.valueOf(e.getMessage()));
    }
    return desk.revoke(revocation)
        .thenApply(leaf -> JsonValue.Obj.of().put(Field.LEAF, leaf).build());
  }

  /** Pseudonyms of all donors. */
  public JsonValue donors(@Nullable String authorization) {
    tokens.requireOperator(authorization);
    return new JsonValue.Array(
        desk.donors().stream().<JsonValue>map(d -> new JsonValue.Text(d.toHex())).toList());
  }

  private static DonorId donorId(String donor) {
    try {
      return DonorId.parseHex(donor);
    } catch (IllegalArgumentException e) {
      throw Refusals.notFound("no donor can have this pseudonym: " + e.getMessage());
    }
  }
}
