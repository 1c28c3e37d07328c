package org.almoner.coordinator.http.route;

import org.almoner.coordinator.desk.Desk;
import org.almoner.protocol.access.Scope;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;
import org.jspecify.annotations.Nullable;

/**
 * Who may fetch an agreed output. The same octets may be the answer of many units, so an owner says
 * whose answer is wanted, and gets it when the unit is one of the owner's.
 */
public final class OutputRoute {
  private final Desk desk;
  private final Tokens tokens;

  /** Asks {@code desk}. */
  public OutputRoute(Desk desk, Tokens tokens) {
    this.desk = desk;
    this.tokens = tokens;
  }

  /**
   * Lets the operator pass, and an owner whose unit's agreed output it is; throws a {@code Refusal}
   * to anybody else.
   */
  public void require(
      @Nullable String authorization, @Nullable String batch, @Nullable String unit, Hash output) {
    Caller caller = tokens.requireOwner(authorization, Scope.READ);
    if (caller instanceof Caller.Operator && batch == null) {
      return;
    }
    BatchId id = batch(batch);
    long index = unit(unit);
    String owner =
        desk.ownerOf(id).orElseThrow(() -> Refusals.notFound("no batch " + id + " is known here"));
    if (!caller.reads(owner)) {
      throw Refusals.notYours();
    }
    if (desk.result(id, index).filter(agreed -> agreed.output().equals(output)).isEmpty()) {
      throw Refusals.notFound(
          "the agreed output of unit " + index + " of batch " + id + " is not " + output);
    }
  }

  private static BatchId batch(@Nullable String text) {
    try {
      return BatchId.parseHex(text == null ? "" : text);
    } catch (IllegalArgumentException e) {
      throw Refusals.malformed(
          "parameter batch: name the batch and the unit whose output this is; " + e.getMessage());
    }
  }

  private static long unit(@Nullable String text) {
    if (text == null || !text.matches("[0-9]{1,9}")) {
      throw Refusals.malformed(
          "parameter unit: expected a number from 0 to " + LeaseId.UNIT_MAX + ", got " + text);
    }
    return Long.parseLong(text);
  }
}
