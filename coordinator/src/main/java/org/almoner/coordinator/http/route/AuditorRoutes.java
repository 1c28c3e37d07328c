package org.almoner.coordinator.http.route;

import org.almoner.coordinator.desk.AuditedOutput;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.desk.EnrolmentOpening;
import org.almoner.coordinator.desk.LineOpening;
import org.almoner.coordinator.desk.OpenedLeaf;
import org.almoner.coordinator.desk.SignedBatch;
import org.almoner.coordinator.desk.UnitResult;
import org.almoner.ledger.audit.ErasedLeaves;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.BatchId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an appointed auditor reads; each reading is written into the operator's log. */
public final class AuditorRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(AuditorRoutes.class);

  private final Desk desk;
  private final Tokens tokens;

  /** Speaks for auditors to {@code desk}. */
  public AuditorRoutes(Desk desk, Tokens tokens) {
    this.desk = desk;
    this.tokens = tokens;
  }

  /** The auditor whose token came, by name; throws a {@code Refusal} to anybody else. */
  public String require(@Nullable String authorization) {
    return tokens.requireAuditor(authorization);
  }

  /**
   * What opens one line.
   *
   * @param leaf its index in the log, decimal
   */
  public JsonValue leaf(String auditor, String leaf) {
    long index = index(leaf);
    LOG.atInfo()
        .addKeyValue("event", "auditor-read")
        .addKeyValue("auditor", auditor)
        .addKeyValue("leaf", leaf)
        .log("an auditor asks for the opening of a line");
    int left = desk.spendReading(auditor).join();
    if (left == 0) {
      LOG.atWarn()
          .addKeyValue("event", "auditor-spent")
          .addKeyValue("auditor", auditor)
          .log(
              "an auditor has spent all readings of the appointment; 'auditors add' appoints anew");
    }
    OpenedLeaf opened =
        desk.openedLeaf(index)
            .orElseThrow(
                () -> Refusals.notFound("entry " + leaf + " is no usage line of this log"));
    LineOpening line = opened.opening();
    JsonValue.Builder out =
        JsonValue.Obj.of()
            .put(Field.LEAF, line.leaf())
            .put(Field.SALT, line.salt().toHex())
            .put(Field.PART, line.part())
            .put(Field.REPORT, line.report().toJson());
    for (UnitResult agreed : opened.agreed()) {
      out.put(Field.AGREED, Replies.result(agreed));
    }
    for (EnrolmentOpening enrolment : opened.enrolments()) {
      out.put(
          Field.ENROLMENT,
          JsonValue.Obj.of()
              .put(Field.LEAF, enrolment.leaf())
              .put(Field.SALT, enrolment.salt().toHex())
              .put(Field.ENROLMENT, enrolment.enrolment().toJson())
              .build());
    }
    return out.build();
  }

  private static long index(String leaf) {
    if (!leaf.matches("0|[1-9][0-9]{0,15}")) {
      throw Refusals.notFound("an entry of the log has a plain decimal number, not " + leaf);
    }
    return Long.parseLong(leaf);
  }

  /**
   * Where an output lies that a line names, or that is its unit's result. No reading is spent:
   * whoever knows the digest has read the line.
   */
  public AuditedOutput output(@Nullable String authorization, String leaf, Hash digest) {
    String auditor = require(authorization);
    long index = index(leaf);
    LOG.atInfo()
        .addKeyValue("event", "auditor-read")
        .addKeyValue("auditor", auditor)
        .addKeyValue("leaf", leaf)
        .addKeyValue("output", digest)
        .log("an auditor asks for an output, to compare it");
    return desk.auditedOutput(index, digest)
        .orElseThrow(
            () ->
                Refusals.notFound(
                    "entry "
                        + leaf
                        + " is no usage line of output "
                        + digest
                        + ", nor is that its unit's result"));
  }

  /**
   * The usage lines whose openings were destroyed with their donors, which an auditor keeps before
   * the dice fall.
   */
  public JsonValue erased(String auditor) {
    LOG.atInfo()
        .addKeyValue("event", "auditor-read")
        .addKeyValue("auditor", auditor)
        .addKeyValue("list", "erased")
        .log("an auditor asks which lines were erased");
    return ErasedLeaves.of(desk.about().origin(), desk.erasedLeaves()).toJson();
  }

  /** A batch and its release, as their owner signed them. */
  public JsonValue batch(String auditor, String id) {
    BatchId batch;
    try {
      batch = BatchId.parseHex(id);
    } catch (IllegalArgumentException e) {
      throw Refusals.notFound("no batch can have this id: " + e.getMessage());
    }
    LOG.atInfo()
        .addKeyValue("event", "auditor-read")
        .addKeyValue("auditor", auditor)
        .addKeyValue("batch", id)
        .log("an auditor asks for a signed batch");
    SignedBatch signed =
        desk.signedBatch(batch)
            .orElseThrow(() -> Refusals.notFound("no batch " + id + " is known here"));
    return JsonValue.Obj.of()
        .put(Field.BATCH, signed.batch().toJson())
        .put(Field.RELEASE, signed.release().toJson())
        .build();
  }
}
