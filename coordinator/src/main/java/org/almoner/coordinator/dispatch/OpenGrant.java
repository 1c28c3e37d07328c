package org.almoner.coordinator.dispatch;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.almoner.coordinator.enrolment.Holder;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.lease.LeaseRequest;
import org.almoner.protocol.lease.Renewal;
import org.jspecify.annotations.Nullable;

/**
 * What a grant allots, without what the batches say anyway: the signed grant is worked out of it
 * whenever it is needed, always to the same octets.
 *
 * <p>Its deadline may be moved on by renewals; what was signed stays. Changed on the writer's
 * thread alone.
 */
public final class OpenGrant {
  /** A grant is over at most so many of its own lengths after its issue, late results aside. */
  static final int LENGTHS_MAX = 4;

  private final AgentId agent;
  private final Bytes request;
  private final Holder holder;
  private final long issuedMs;
  private final long deadlineMs;
  private final String meter;
  private final Map<LeaseId, Pairing.Plan> leases;
  private long untilMs;
  private boolean late;
  private final Map<LeaseId, Renewal.Held> told = new HashMap<>();
  private volatile @Nullable Hash digest;

  /**
   * A new grant.
   *
   * @param request the request it answers
   * @param holder who the agent counted as
   * @param issuedMs coordinator's clock
   * @param deadlineMs coordinator's clock
   * @param meter version of the counting rule
   * @param leases what each is expected to run on, in the order of the leases
   */
  OpenGrant(
      AgentId agent,
      Bytes request,
      Holder holder,
      long issuedMs,
      long deadlineMs,
      String meter,
      Map<LeaseId, Pairing.Plan> leases) {
    this.agent = agent;
    this.request = request;
    this.holder = holder;
    this.issuedMs = issuedMs;
    this.deadlineMs = deadlineMs;
    this.meter = meter;
    this.leases = Collections.unmodifiableMap(new LinkedHashMap<>(leases));
    this.untilMs = deadlineMs;
  }

  /** Whose it is. */
  public AgentId agent() {
    return agent;
  }

  /** The id of the request it answers. */
  public Bytes request() {
    return request;
  }

  /** Who the agent counted as. */
  public Holder holder() {
    return holder;
  }

  /** When it was made, coordinator's clock. */
  public long issuedMs() {
    return issuedMs;
  }

  /** The deadline that was signed, same clock. */
  public long deadlineMs() {
    return deadlineMs;
  }

  /** The deadline as renewals have moved it, same clock; never before the one that was signed. */
  public long untilMs() {
    return untilMs;
  }

  /** From then on no result of it is taken, same clock. */
  public long overMs() {
    return untilMs + lengthMs();
  }

  /** Whether its deadline was found to have passed. */
  boolean isLate() {
    return late;
  }

  void late() {
    late = true;
  }

  /** When something happens to it by the clock alone. */
  long nextMs() {
    return late ? overMs() : untilMs;
  }

  /**
   * Moves the deadline on when less than half of the grant's time is left; returns whether it did.
   */
  boolean renew(long nowMs) {
    long next = Math.min(nowMs + lengthMs(), issuedMs + LENGTHS_MAX * lengthMs());
    if (late || untilMs - nowMs > lengthMs() / 2 || next <= untilMs) {
      return false;
    }
    untilMs = next;
    return true;
  }

  /**
   * Takes note of how far a lease has come; returns whether that is further than before. More time
   * than it may take is no progress.
   */
  boolean comesFurther(Renewal.Held now, long cpuMsMost) {
    Renewal.Held before = told.get(now.lease());
    long cpuMs = before == null ? 0 : before.cpuMs();
    int permille = before == null ? 0 : before.permille();
    told.put(
        now.lease(),
        new Renewal.Held(
            now.lease(), Math.max(permille, now.permille()), Math.max(cpuMs, now.cpuMs())));
    return now.cpuMs() <= cpuMsMost && (now.cpuMs() > cpuMs || now.permille() > permille);
  }

  private long lengthMs() {
    return deadlineMs - issuedMs;
  }

  /** Version of the counting rule. */
  public String meter() {
    return meter;
  }

  /** What it allots. */
  public List<LeaseId> leases() {
    return List.copyOf(leases.keySet());
  }

  /** What one of its leases is expected to run on. */
  Pairing.Plan plan(LeaseId lease) {
    return Objects.requireNonNull(leases.get(lease), "no lease of this grant");
  }

  /** The digest of its signed form, once somebody has worked it out. */
  Optional<Hash> knownDigest() {
    return Optional.ofNullable(digest);
  }

  /** Spares others the work. */
  void remember(Hash workedOut) {
    digest = workedOut;
  }

  static OpenGrant read(AgentId agent, RowReader in) throws DamagedRow {
    Bytes request = in.fixed(LeaseRequest.ID_SIZE);
    Holder holder = new Holder(in.bytes());
    long issued = in.number();
    long deadline = in.number();
    String meter = in.text();
    int count = in.count(Grant.LEASES_MAX);
    Map<LeaseId, Pairing.Plan> leases = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      BatchId batch = new BatchId(in.fixed(BatchId.SIZE));
      LeaseId lease = new LeaseId(batch, in.number(), in.count(LeaseId.REPLICA_MAX));
      leases.put(lease, Pairing.Plan.read(in));
    }
    OpenGrant grant = new OpenGrant(agent, request, holder, issued, deadline, meter, leases);
    grant.untilMs = in.number();
    return grant;
  }

  void write(RowWriter out) {
    out.fixed(request).bytes(holder.octets()).number(issuedMs).number(deadlineMs).text(meter);
    out.number(leases.size());
    leases.forEach(
        (lease, plan) -> {
          out.fixed(lease.batch().octets()).number(lease.unit()).number(lease.replica());
          plan.write(out);
        });
    out.number(untilMs);
  }
}
