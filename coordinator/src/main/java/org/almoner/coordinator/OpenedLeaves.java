package org.almoner.coordinator;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.Batches;
import org.almoner.coordinator.desk.AuditedOutput;
import org.almoner.coordinator.desk.EnrolmentOpening;
import org.almoner.coordinator.desk.LineOpening;
import org.almoner.coordinator.desk.OpenedLeaf;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.desk.UnitResult;
import org.almoner.coordinator.dispatch.Unit;
import org.almoner.coordinator.dispatch.UnitReader;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.intake.Openings;
import org.almoner.coordinator.row.RowStore;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.VerifiedReport;

/** Puts together what an auditor needs to run the unit of one line again; from any thread. */
final class OpenedLeaves {
  /** Status of a refusal to open what was erased. */
  private static final int ERASED = 410;

  private final RowStore store;
  private final Batches batches;
  private final Openings openings;

  OpenedLeaves(RowStore store, Batches batches, Openings openings) {
    this.store = store;
    this.batches = batches;
    this.openings = openings;
  }

  /** The line at {@code leaf}; empty when there is no usage line. */
  Optional<OpenedLeaf> find(long leaf) throws IOException {
    Optional<LineOpening> opening =
        openings.at(leaf).filter(o -> o.report().kind() == Envelope.Kind.USAGE_REPORT);
    if (opening.isEmpty()) {
      return Optional.empty();
    }
    LineOpening line = opening.get();
    return Optional.of(
        new OpenedLeaf(line, enrolments(AgentId.of(line.report().signer())), agreed(line)));
  }

  /** An output that the line at {@code leaf} names, or that is its unit's result. */
  Optional<AuditedOutput> output(long leaf, Hash digest) throws IOException {
    Optional<OpenedLeaf> opened = find(leaf);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    if (lineOf(opened.get().opening()).output().equals(digest)) {
      return Optional.of(place(openings.output(leaf, digest), digest));
    }
    if (opened.get().agreed().stream().anyMatch(agreed -> agreed.output().equals(digest))) {
      return Optional.of(place(new Reads(store, batches).output(digest), digest));
    }
    return Optional.empty();
  }

  private static AuditedOutput place(Optional<Bytes> inline, Hash digest) {
    return inline.isPresent()
        ? new AuditedOutput.Inline(inline.get())
        : new AuditedOutput.Blob(digest);
  }

  /** The agent's newest enrolment; nothing when its opening was erased apart from the line's. */
  private List<EnrolmentOpening> enrolments(AgentId id) throws IOException {
    Optional<Bytes> row = store.get(Agent.key(id));
    if (row.isEmpty()) {
      return List.of();
    }
    try {
      return openings.at(Agent.parse(id, row.get()).enrolled().leaf()).stream()
          .filter(found -> found.report().kind() == Envelope.Kind.ENROLMENT)
          .map(found -> new EnrolmentOpening(found.leaf(), found.salt(), found.report()))
          .toList();
    } catch (Refusal gone) {
      if (gone.problem().status() == ERASED) {
        return List.of();
      }
      throw gone;
    }
  }

  private List<UnitResult> agreed(LineOpening line) throws IOException {
    LeaseId lease = lineOf(line).lease();
    Optional<Batch> batch = batches.find(lease.batch());
    if (batch.isEmpty()) {
      return List.of();
    }
    return new UnitReader(store)
        .find(batch.get(), lease.unit()).flatMap(Unit::agreed).stream()
            .map(answer -> new UnitResult(lease.unit(), answer.output(), answer.count()))
            .toList();
  }

  private static UsageLine lineOf(LineOpening line) throws IOException {
    try {
      return VerifiedReport.of(line.report()).report().lines().get(line.part());
    } catch (BadSignature | MalformedJson e) {
      throw new IOException("the report behind entry " + line.leaf() + " cannot be read", e);
    }
  }
}
