package org.almoner.coordinator.http.route;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.desk.LineDesk;
import org.almoner.coordinator.desk.ObjectionView;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.ledger.entry.Voiding;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** What donors object to, and what the operator rules and corrects. */
public final class LineRoutes {
  private static final int REASON_MAX = 40;

  private final Desk desk;
  private final Tokens tokens;

  /** Asks {@code desk}. */
  public LineRoutes(Desk desk, Tokens tokens) {
    this.desk = desk;
    this.tokens = tokens;
  }

  /** The donor whose token came; throws a {@code Refusal} to anybody else. */
  public DonorId requireDonor(@Nullable String authorization) {
    return tokens.requireDonor(authorization);
  }

  /** A donor objects to what became of a line; may take seconds. */
  public JsonValue object(DonorId donor, byte[] body) throws MalformedJson {
    JsonFields fields = Body.fields(body);
    long leaf = fields.integer(Field.LEAF, 0, JsonValue.INTEGER_MAX);
    String words = fields.text(Field.WORDS, LineDesk.WORDS_MAX);
    fields.end();
    return view(objecting(desk, donor, leaf, words));
  }

  /** Waits until the objection is durable; may take seconds. */
  public static ObjectionView objecting(Desk desk, DonorId donor, long leaf, String words) {
    try {
      return desk.lines().object(donor, leaf, words).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof Refusal refusal ? refusal : e;
    }
  }

  /** Objections whose line is not settled. */
  public JsonValue objections(@Nullable String authorization) {
    tokens.requireOperator(authorization);
    return new JsonValue.Array(
        desk.lines().objections().stream().<JsonValue>map(LineRoutes::view).toList());
  }

  /** The operator rules on an objection. */
  public CompletableFuture<JsonValue> rule(@Nullable String authorization, String leaf, byte[] body)
      throws MalformedJson {
    tokens.requireOperator(authorization);
    JsonFields fields = Body.fields(body);
    boolean upheld = fields.bool(Field.UPHELD);
    fields.end();
    if (!leaf.matches("[0-9]{1,15}")) {
      throw Refusals.notFound("a line is named by its index in the log, not by " + leaf);
    }
    return desk.lines().rule(Long.parseLong(leaf), upheld).thenApply(LineRoutes::view);
  }

  /** The operator has settled lines voided or reinstated. */
  public CompletableFuture<JsonValue> correct(@Nullable String authorization, byte[] body)
      throws MalformedJson {
    tokens.requireOperator(authorization);
    JsonFields fields = Body.fields(body);
    boolean reinstates = fields.bool(Field.REINSTATE);
    String reason = fields.text(Field.REASON, REASON_MAX);
    List<Long> leaves = leaves(fields);
    fields.end();
    try {
      var unused = new Voiding(reinstates, leaves, reason);
    } catch (IllegalArgumentException e) {
      throw Refusals.malformed(String.valueOf(e.getMessage()));
    }
    return desk.lines()
        .correct(leaves, reinstates, reason)
        .thenApply(waiting -> JsonValue.Obj.of().put(Field.WAITING, waiting).build());
  }

  /** In order and without repetition, however they came. */
  private static List<Long> leaves(JsonFields fields) throws MalformedJson {
    if (!(fields.value(Field.LEAVES) instanceof JsonValue.Array array)
        || array.items().isEmpty()
        || array.items().size() > Voiding.LEAVES_MAX) {
      throw fields.at(Field.LEAVES, "expected 1 to " + Voiding.LEAVES_MAX + " indexes of lines");
    }
    TreeSet<Long> leaves = new TreeSet<>();
    for (JsonValue item : array.items()) {
      if (!(item instanceof JsonValue.Int index) || index.value() < 0) {
        throw fields.at(Field.LEAVES, "expected indexes of lines");
      }
      leaves.add(index.value());
    }
    return new ArrayList<>(leaves);
  }

  private static JsonValue.Obj view(ObjectionView view) {
    return JsonValue.Obj.of()
        .put(Field.LEAF, view.leaf())
        .put(Field.LEASE, view.lease().toString())
        .put(Field.DONOR, view.donor().toHex())
        .put(Field.OUTCOME, Replies.word(view.outcome()))
        .put(Field.PROJECT, view.project())
        .put(Field.STATE, view.state().word())
        .put(Field.MADE_MS, view.madeMs())
        .put(Field.WORDS, view.words())
        .build();
  }
}
