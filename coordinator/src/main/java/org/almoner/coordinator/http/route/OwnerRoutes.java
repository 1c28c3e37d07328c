package org.almoner.coordinator.http.route;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.desk.SignedBatch;
import org.almoner.coordinator.desk.UnitView;
import org.almoner.protocol.access.Scope;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;
import org.jspecify.annotations.Nullable;

/** What project owners ask, and what anyone may see of their batches. */
public final class OwnerRoutes {
  /** Most batches in one listing. */
  public static final int BATCHES_MAX = 200;

  /** Most results in one answer. */
  public static final int RESULTS_MAX = 1_000;

  private final Desk desk;
  private final Tokens tokens;

  /** Speaks for owners to {@code desk}. */
  public OwnerRoutes(Desk desk, Tokens tokens) {
    this.desk = desk;
    this.tokens = tokens;
  }

  /** Takes a signed batch and its signed release. */
  public CompletableFuture<JsonValue> submit(@Nullable String authorization, byte[] body)
      throws MalformedJson {
    SignedBatch signed = signed(authorization, body);
    return desk.submit(signed.batch(), signed.release())
        .thenApply(id -> JsonValue.Obj.of().put(Field.BATCH, id.toHex()).build());
  }

  /** Says how a signed batch and its signed release would be taken; changes nothing. */
  public CompletableFuture<JsonValue> check(@Nullable String authorization, byte[] body)
      throws MalformedJson {
    SignedBatch signed = signed(authorization, body);
    return desk.check(signed.batch(), signed.release()).thenApply(Replies::check);
  }

  /** Leases no more of a batch, for its owner or the operator; starter units are nobody's. */
  public CompletableFuture<JsonValue> cancel(@Nullable String authorization, String id, byte[] body)
      throws MalformedJson {
    BatchId batch = owned(authorization, Scope.MANAGE, id);
    Body.empty(body);
    if (desk.ownerOf(batch).filter(String::isEmpty).isPresent()) {
      throw Refusals.notYours();
    }
    return desk.cancel(batch).thenApply(this::reply);
  }

  /**
   * Units that were leased, for the batch's owner or the operator.
   *
   * @param from first unit wanted, decimal
   * @param limit most units wanted, decimal, 1 to {@link #RESULTS_MAX}
   * @param state {@code open}, {@code accepted} or {@code failed}; empty for all
   */
  public JsonValue units(
      @Nullable String authorization, String id, String from, String limit, String state) {
    BatchId batch = owned(authorization, Scope.READ, id);
    long first = number("from", from, 0, LeaseId.UNIT_MAX);
    int most = (int) number("limit", limit, 1, RESULTS_MAX);
    return Replies.units(desk.units(batch, first, most, states(state)));
  }

  private static Set<UnitView.State> states(String word) {
    if (word.isEmpty()) {
      return EnumSet.allOf(UnitView.State.class);
    }
    for (UnitView.State state : UnitView.State.values()) {
      if (state.word().equals(word)) {
        return EnumSet.of(state);
      }
    }
    throw Refusals.malformed("parameter state: expected open, accepted or failed, got " + word);
  }

  /** The newest batches, at most {@link #BATCHES_MAX}. */
  public JsonValue batches() {
    return new JsonValue.Array(
        desk.batches().stream().limit(BATCHES_MAX).<JsonValue>map(this::reply).toList());
  }

  private JsonValue reply(BatchView batch) {
    return Replies.batch(batch, desk.releases().of(batch.id()));
  }

  /** One batch. */
  public JsonValue batch(String id) {
    return reply(view(id));
  }

  /** How one batch stands; refuses one that is not there. */
  public BatchView view(String id) {
    return desk.batch(batchId(id)).orElseThrow(() -> unknownBatch(id));
  }

  /** How a batch stands, as JSON in one line. */
  public String text(BatchView batch) {
    return new String(CanonicalJson.encode(reply(batch)), StandardCharsets.UTF_8);
  }

  /**
   * Agreed results, for the batch's owner or the operator.
   *
   * @param from first unit wanted, decimal
   * @param limit most results wanted, decimal, 1 to {@link #RESULTS_MAX}
   */
  public JsonValue results(@Nullable String authorization, String id, String from, String limit) {
    BatchId batch = owned(authorization, Scope.READ, id);
    long first = number("from", from, 0, LeaseId.UNIT_MAX);
    int most = (int) number("limit", limit, 1, RESULTS_MAX);
    List<JsonValue> results =
        desk.results(batch, first, most).stream().<JsonValue>map(Replies::result).toList();
    return new JsonValue.Array(results);
  }

  /** Whoever sends it holds a token of the owner who signed it, or is the operator. */
  private SignedBatch signed(@Nullable String authorization, byte[] body) throws MalformedJson {
    Caller caller = tokens.requireOwner(authorization, Scope.SUBMIT);
    JsonFields fields = Body.fields(body);
    Envelope batch = Envelope.parse(Envelope.Kind.BATCH, fields.object(Field.BATCH));
    Envelope release = Envelope.parse(Envelope.Kind.RELEASE, fields.object(Field.RELEASE));
    fields.end();
    if (desk.owners().nameOf(batch.signer()).filter(owner -> !caller.reads(owner)).isPresent()) {
      throw Refusals.notYours();
    }
    return new SignedBatch(batch, release);
  }

  /** A batch whose owner, or the operator, is asking. */
  private BatchId owned(@Nullable String authorization, Scope scope, String id) {
    Caller caller = tokens.requireOwner(authorization, scope);
    BatchId batch = batchId(id);
    String owner = desk.ownerOf(batch).orElseThrow(() -> unknownBatch(id));
    if (!caller.reads(owner)) {
      throw Refusals.notYours();
    }
    return batch;
  }

  private static long number(String name, String digits, long min, long max) {
    if (digits.matches("[0-9]{1,10}")) {
      long value = Long.parseLong(digits);
      if (value >= min && value <= max) {
        return value;
      }
    }
    throw Refusals.malformed(
        "parameter " + name + ": expected a number from " + min + " to " + max + ", got " + digits);
  }

  private static BatchId batchId(String id) {
    try {
      return BatchId.parseHex(id);
    } catch (IllegalArgumentException e) {
      throw Refusals.notFound("no batch can have this id: " + e.getMessage());
    }
  }

  private static RuntimeException unknownBatch(String id) {
    return Refusals.notFound("no batch " + id + " is known here; GET /api/v1/batches lists them");
  }
}
