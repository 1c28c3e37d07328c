package org.almoner.coordinator.dispatch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.Batches;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.lease.Work;

/** Writes out and signs grants; the same grant always gives the same octets. For any thread. */
public final class Grants {
  private final String origin;
  private final Batches batches;
  private final SigningKey key;

  /** Signs with the coordinator's key. */
  public Grants(String origin, Batches batches, SigningKey key) {
    this.origin = origin;
    this.batches = batches;
    this.key = key;
  }

  /** The grant as its agent gets it. */
  public Envelope sign(OpenGrant grant) {
    Envelope signed = Envelope.sign(Envelope.Kind.GRANT, record(grant), key);
    grant.remember(signed.digest());
    return signed;
  }

  /** How usage lines name the grant. */
  public Hash digest(OpenGrant grant) {
    Optional<Hash> known = grant.knownDigest();
    if (known.isPresent()) {
      return known.get();
    }
    Hash digest = Hash.sha256(CanonicalJson.encode(record(grant)));
    grant.remember(digest);
    return digest;
  }

  private JsonValue.Obj record(OpenGrant grant) {
    Map<BatchId, Work> work = new LinkedHashMap<>();
    for (LeaseId lease : grant.leases()) {
      work.computeIfAbsent(lease.batch(), id -> batch(id).work());
    }
    List<Lease> leases =
        grant.leases().stream()
            .map(id -> batch(id.batch()).lease(id, grant.plan(id).wish()))
            .toList();
    return new Grant(
            origin,
            grant.agent(),
            grant.issuedMs(),
            grant.deadlineMs(),
            grant.meter(),
            List.copyOf(work.values()),
            leases)
        .toJson();
  }

  private Batch batch(BatchId id) {
    return batches
        .find(id)
        .orElseThrow(() -> new IllegalStateException("batch " + id + " is leased but not there"));
  }
}
