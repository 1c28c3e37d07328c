package org.almoner.coordinator.http.route;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.almoner.coordinator.desk.About;
import org.almoner.coordinator.desk.BatchCheck;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.LeaseReply;
import org.almoner.coordinator.desk.Proven;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.coordinator.desk.ReleaseView;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.coordinator.desk.UnitPage;
import org.almoner.coordinator.desk.UnitResult;
import org.almoner.coordinator.desk.UnitView;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.usage.StarterAnswer;

/** How the desk's answers look as JSON. */
final class Replies {
  private Replies() {}

  static JsonValue.Obj about(About about, URI source) {
    return JsonValue.Obj.of()
        .put(Field.ORIGIN, about.origin())
        .put(Field.LOG_KEY, about.logKey())
        .put(Field.COORDINATOR_KEY, about.coordinatorKey().toHex())
        .put(Field.MATURITY_SECONDS, about.maturitySeconds())
        .put(Field.OPEN_PERIOD, about.openPeriod())
        .put(Field.METER, about.meter())
        .put(Field.SOFTWARE, about.software())
        .put(Field.SOURCE, source.toString())
        .build();
  }

  static JsonValue.Obj receipted(Receipted receipted) {
    List<JsonValue.Obj> lines = receipted.proven().stream().map(Replies::line).toList();
    return JsonValue.Obj.of()
        .put(Field.STATUS, "logged")
        .put(Field.CHECKPOINT, receipted.checkpoint())
        .put(Field.LINES, lines)
        .putTexts(Field.CONSISTENCY, hex(receipted.consistency()))
        .build();
  }

  private static JsonValue.Obj line(Proven line) {
    JsonValue.Builder out =
        JsonValue.Obj.of()
            .put(Field.LEAF, line.leaf())
            .put(Field.SALT, line.salt().toHex())
            .put(Field.PART, line.part())
            .putTexts(Field.PROOF, hex(line.inclusion()));
    if (line.starter() != StarterAnswer.NONE) {
      out.put(Field.STARTER, line.starter().word());
    }
    return out.build();
  }

  static JsonValue.Obj lease(LeaseReply reply) {
    return reply.match(
        granted -> JsonValue.Obj.of().put(Field.GRANT, granted.grant().toJson()).build(),
        noWork ->
            JsonValue.Obj.of()
                .put(Field.RETRY_AFTER_MS, noWork.retryAfter().toMillis())
                .put(Field.REASON, noWork.reason())
                .build());
  }

  static JsonValue.Obj batch(BatchView batch, Optional<ReleaseView> release) {
    JsonValue.Builder out = JsonValue.Obj.of();
    release.ifPresent(
        r -> {
          out.put(Field.RELEASE_DIGEST, r.digest().toHex());
          ReleaseReplies.standing(out, r);
        });
    if (batch.stopped().isStop()) {
      out.put(Field.STOPPED, stopped(batch.stopped()));
    }
    return out.put(Field.BATCH, batch.id().toHex())
        .put(Field.PROJECT, batch.project())
        .put(Field.PURPOSE, batch.purpose())
        .put(Field.RELEASE, batch.release())
        .put(Field.UNITS, batch.units())
        .put(Field.LEASED, batch.leased())
        .put(Field.REPORTED, batch.reported())
        .put(Field.ACCEPTED, batch.accepted())
        .put(Field.FAILED, batch.failed())
        .put(Field.REJECTED, batch.rejected())
        .put(Field.CPU_MS, batch.cpuMs())
        .put(Field.DONE, batch.done())
        .put(Field.ALLOTMENT, batch.allotment().toJson())
        .put(Field.STARTER, batch.starter())
        .put(Field.CANCELLED, batch.cancelled())
        .build();
  }

  private static JsonValue.Obj stopped(StopReason reason) {
    return JsonValue.Obj.of()
        .put(Field.KIND, reason.kind().word())
        .put(Field.REASON, reason.sentence())
        .build();
  }

  /** An outcome as it is written in answers. */
  static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static JsonValue.Obj check(BatchCheck check) {
    return JsonValue.Obj.of()
        .put(Field.BATCH, check.id().toHex())
        .put(Field.OWNER, check.owner())
        .put(Field.SUBMITTED, check.submitted())
        .put(Field.MISSING, check.missing().stream().map(BlobRef::toJson).toList())
        .build();
  }

  static JsonValue.Obj units(UnitPage page) {
    return JsonValue.Obj.of()
        .put(Field.NEXT, page.next())
        .put(Field.UNITS, page.units().stream().map(Replies::unit).toList())
        .build();
  }

  private static JsonValue.Obj unit(UnitView unit) {
    return JsonValue.Obj.of()
        .put(Field.UNIT, unit.unit())
        .put(Field.STATE, unit.state().word())
        .put(Field.ATTEMPTS, unit.attempts().stream().map(Replies::attempt).toList())
        .build();
  }

  private static JsonValue.Obj attempt(UnitView.Attempt attempt) {
    JsonValue.Builder out = JsonValue.Obj.of().put(Field.REPLICA, attempt.replica());
    if (attempt instanceof UnitView.Attempt.Logged line) {
      if (!line.fault().isEmpty()) {
        out.put(Field.FAULT, line.fault());
      }
      return out.put(
              Field.OUTCOME, line.outcome() == Outcome.NONE ? "waiting" : word(line.outcome()))
          .put(Field.EXIT, line.exit())
          .put(Field.COMPLETE, line.complete())
          .put(Field.OUTPUT, line.output().toHex())
          .put(Field.COUNT, line.count())
          .put(Field.CPU_MS, line.cpuMs())
          .put(Field.WALL_MS, line.wallMs())
          .put(Field.MEM_PEAK_BYTES, line.memPeakBytes())
          .put(Field.CORES, line.computer().cores())
          .put(Field.MEMORY_GIB, line.computer().memoryGib())
          .putTexts(Field.TAIL, line.tail())
          .build();
    }
    return out.put(Field.OUTCOME, "expired").build();
  }

  static JsonValue.Obj result(UnitResult result) {
    return JsonValue.Obj.of()
        .put(Field.UNIT, result.unit())
        .put(Field.OUTPUT, result.output().toHex())
        .put(Field.COUNT, result.count())
        .build();
  }

  private static List<String> hex(List<Hash> hashes) {
    return hashes.stream().map(Hash::toHex).toList();
  }
}
