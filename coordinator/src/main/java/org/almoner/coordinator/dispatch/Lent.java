package org.almoner.coordinator.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;

/**
 * The grants one agent may still have in hand, and the newest in any case, so that the request it
 * answered may be repeated.
 *
 * <p>The row is written when a grant is added and removed with the last one; in between it may name
 * leases that have come back, which the chunks tell.
 */
public final class Lent implements Row {
  /** Family of the rows. */
  public static final String FAMILY = "lent/";

  /** Most leases one agent may have in hand. */
  public static final int LEASES_MAX = 256;

  private static final int VERSION = 3;

  private final AgentId agent;
  private final List<Held> held = new ArrayList<>();

  /** A grant and how many of its leases are out. */
  private static final class Held {
    private final OpenGrant grant;
    private int out;

    Held(OpenGrant grant, int out) {
      this.grant = grant;
      this.out = out;
    }
  }

  Lent(AgentId agent) {
    this.agent = agent;
  }

  /** Reads a row; every lease counts as out until {@link #returned} says otherwise. */
  public static Lent parse(AgentId agent, Bytes row) throws DamagedRow {
    Lent lent = new Lent(agent);
    RowReader in = new RowReader(lent.key(), row, VERSION);
    int count = in.count(LEASES_MAX + 1);
    for (int i = 0; i < count; i++) {
      lent.add(OpenGrant.read(agent, in));
    }
    in.end();
    return lent;
  }

  /** Key of that agent's row. */
  public static String key(AgentId agent) {
    return FAMILY + agent.toHex();
  }

  /** Grants in order of their making. */
  public List<OpenGrant> grants() {
    return held.stream().map(h -> h.grant).toList();
  }

  AgentId agent() {
    return agent;
  }

  /** The grant that answered a request before. */
  Optional<OpenGrant> answering(Bytes request) {
    return held.stream().map(h -> h.grant).filter(g -> g.request().equals(request)).findFirst();
  }

  /** The grant that allots the lease, which must be here. */
  OpenGrant grantOf(LeaseId lease) {
    return held.stream()
        .map(h -> h.grant)
        .filter(g -> g.leases().contains(lease))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no grant in hand allots " + lease));
  }

  /** Leases of which a line may still come. */
  int out() {
    return held.stream().mapToInt(h -> h.out).sum();
  }

  /** Whether a lease of that batch is out, given that a grant with one has no others. */
  boolean holds(BatchId batch) {
    return held.stream().anyMatch(h -> h.out > 0 && h.grant.leases().get(0).batch().equals(batch));
  }

  /** Whether a grant that has not come back whole names the batch. */
  boolean names(BatchId batch) {
    return held.stream()
        .filter(h -> h.out > 0)
        .anyMatch(h -> h.grant.leases().stream().anyMatch(l -> l.batch().equals(batch)));
  }

  /** When the oldest grant with a lease out was issued; {@code otherwise} when nothing is out. */
  long sinceMs(long otherwise) {
    return held.stream()
        .filter(h -> h.out > 0)
        .mapToLong(h -> h.grant.issuedMs())
        .min()
        .orElse(otherwise);
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** Adds a grant, all its leases out. */
  void add(OpenGrant grant) {
    held.add(new Held(grant, grant.leases().size()));
  }

  /** Forgets grants with nothing out. */
  void forgetReturned() {
    held.removeIf(h -> h.out == 0);
  }

  /** A lease of {@code grant} is out no more. */
  void returned(OpenGrant grant) {
    for (Held each : held) {
      if (each.grant == grant) {
        each.out--;
      }
    }
  }

  void remove(OpenGrant grant) {
    held.removeIf(h -> h.grant == grant);
  }

  @Override
  public String key() {
    return key(agent);
  }

  @Override
  public Bytes image() {
    if (held.isEmpty()) {
      return REMOVED;
    }
    RowWriter out = new RowWriter(VERSION).number(held.size());
    held.forEach(h -> h.grant.write(out));
    return out.finish();
  }
}
