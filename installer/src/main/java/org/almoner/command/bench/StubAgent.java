package org.almoner.command.bench;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.agent.lease.GrantRejected;
import org.almoner.agent.lease.VerifiedGrant;
import org.almoner.agent.proof.Receipt;
import org.almoner.coordinator.journal.KnownKeys;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.enrolment.Enrolment;
import org.almoner.protocol.enrolment.Link;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.LeaseRequest;
import org.almoner.protocol.usage.Held;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.UsageReport;

/**
 * An agent that signs, counts and checks like a real one and only does not run its units. Used by
 * one thread.
 */
final class StubAgent {
  private static final String SOFTWARE = "almoner-bench";
  private static final long MEMORY_BYTES = 1L << 30;

  private final Place place;
  private final KnownKeys signers;
  private final Sending requests;
  private final Tally tally;
  private final Clock clock;
  private final SecureRandom random;
  private final SigningKey key;
  private final AgentId id;
  private final ProofCheck proofs;
  private long seq;
  private Hash prev = Hash.ZERO;

  StubAgent(
      Place place,
      Checkpoints checkpoints,
      KnownKeys signers,
      Sending requests,
      Tally tally,
      Clock clock,
      SecureRandom random) {
    this.place = place;
    this.signers = signers;
    this.requests = requests;
    this.tally = tally;
    this.clock = clock;
    this.random = random;
    this.key = SigningKey.generate(random);
    this.id = AgentId.of(key.publicKey());
    this.proofs = new ProofCheck(place, checkpoints);
  }

  /** Presents its key and becomes the computer of a new donor. */
  void introduce(Api operator) throws IOException, InterruptedException, BenchFailed {
    enrol();
    JsonValue.Obj nothing = JsonValue.Obj.of().build();
    try {
      String donor = operator.post("/api/v1/operator/accounts", nothing).text("donor", 32);
      String code =
          operator.post("/api/v1/operator/accounts/" + donor + "/codes", nothing).text("code", 20);
      Link link = new Link(place.origin(), id, Link.Action.LINK, Link.digestOf(code));
      introduce("/api/v1/links", Kind.LINK, sign(Envelope.Kind.LINK, link.toJson()));
    } catch (MalformedJson e) {
      throw misfit(e);
    }
  }

  /** Presents its key, and is nobody's computer: a donor of its own. */
  void enrol() throws IOException, InterruptedException, BenchFailed {
    Enrolment enrolment =
        new Enrolment(place.origin(), key.publicKey(), SOFTWARE, "linux", "amd64", 1, MEMORY_BYTES);
    introduce(
        "/api/v1/enrolments", Kind.ENROLMENT, sign(Envelope.Kind.ENROLMENT, enrolment.toJson()));
  }

  private void introduce(String path, Kind kind, Envelope record)
      throws IOException, InterruptedException, BenchFailed {
    proofs.check(kind, record, 1, receipt(requests.send(path, record.toJson())));
  }

  /** Asks for up to {@code want} leases; none when the coordinator has none for this donor. */
  Optional<VerifiedGrant> lease(int want) throws IOException, InterruptedException, BenchFailed {
    byte[] drawn = new byte[LeaseRequest.ID_SIZE];
    random.nextBytes(drawn);
    LeaseRequest request =
        new LeaseRequest(
            place.origin(),
            id,
            Bytes.of(drawn),
            want,
            StubRelease.ALLOTMENT.cores(),
            MEMORY_BYTES,
            MEMORY_BYTES);
    JsonFields answer =
        requests.send(
            "/api/v1/leases", sign(Envelope.Kind.LEASE_REQUEST, request.toJson()).toJson());
    if (!answer.has("grant")) {
      return Optional.empty();
    }
    try {
      Envelope grant =
          Envelope.parse(Envelope.Kind.GRANT, answer.object("grant"), signers::parseHex);
      VerifiedGrant verified = VerifiedGrant.of(grant, place.coordinator(), id);
      tally.leased(verified.grant().leases().size());
      return Optional.of(verified);
    } catch (MalformedJson e) {
      throw misfit(e);
    } catch (GrantRejected e) {
      throw new BenchFailed(String.valueOf(e.getMessage()), e);
    }
  }

  /** Reports every lease of a grant as finished, and checks that each line was logged. */
  void report(VerifiedGrant grant) throws IOException, InterruptedException, BenchFailed {
    List<Lease> leases = grant.grant().leases();
    List<UsageLine> lines = new ArrayList<>(leases.size());
    Map<Hash, Bytes> outputs = new LinkedHashMap<>();
    for (Lease lease : leases) {
      StubUnit unit = StubUnit.of(lease.id());
      outputs.put(unit.digest(), unit.bundle());
      lines.add(line(grant, lease, unit));
    }
    UsageReport report = new UsageReport(place.origin(), id, seq, prev, lines);
    Envelope signed = sign(Envelope.Kind.USAGE_REPORT, report.toJson());
    JsonValue.Builder bundles = JsonValue.Obj.of();
    outputs.forEach((digest, bundle) -> bundles.put(digest.toHex(), bundle.toBase64()));
    JsonValue.Obj body =
        JsonValue.Obj.of()
            .put("report", signed.toJson())
            .put("outputs", bundles.build())
            .put("knownSize", proofs.size())
            .build();
    proofs.check(Kind.USAGE, signed, lines.size(), receipt(requests.send("/api/v1/reports", body)));
    seq++;
    prev = signed.digest();
    leases.forEach(lease -> tally.proved(lease.id()));
  }

  private UsageLine line(VerifiedGrant grant, Lease lease, StubUnit unit) {
    long nowMs = clock.millis();
    return new UsageLine(
        lease.id(),
        grant.digest(),
        grant.grant().workOf(lease.id()).release(),
        place.meter(),
        nowMs,
        nowMs,
        0,
        0,
        StubRelease.ALLOTMENT.memoryBytes(),
        StubRelease.ALLOTMENT.memoryBytes(),
        StubRelease.ALLOTMENT.memoryBytes(),
        List.of(),
        unit.count(),
        unit.digest(),
        Held.of(lease.id(), id, unit.bundle()),
        0,
        List.of());
  }

  private Envelope sign(Envelope.Kind kind, JsonValue.Obj record) {
    return Envelope.sign(kind, record, key);
  }

  private static Receipt receipt(JsonFields answer) throws BenchFailed {
    try {
      return Receipt.parse(answer);
    } catch (MalformedJson e) {
      throw misfit(e);
    }
  }

  private static BenchFailed misfit(MalformedJson e) {
    return new BenchFailed("the coordinator's answer does not fit: " + e.getMessage(), e);
  }
}
