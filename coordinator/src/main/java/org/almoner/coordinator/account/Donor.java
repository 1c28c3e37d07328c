package org.almoner.coordinator.account;

import java.util.List;
import java.util.TreeSet;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;

/** A donor's account: a pseudonym and the agents that were ever linked to it. */
public final class Donor implements Row {
  /** Family of the rows. */
  public static final String FAMILY = "donor/";

  /** Most agents one donor may link, ever. */
  public static final int AGENTS_MAX = 10_000;

  private static final int VERSION = 1;

  private final DonorId id;
  private final TreeSet<AgentId> agents = new TreeSet<>();

  /** A donor without agents. */
  public Donor(DonorId id) {
    this.id = id;
  }

  /** Reads a row. */
  public static Donor parse(DonorId id, Bytes row) throws DamagedRow {
    Donor donor = new Donor(id);
    RowReader in = new RowReader(donor.key(), row, VERSION);
    int count = in.count(AGENTS_MAX);
    for (int i = 0; i < count; i++) {
      donor.agents.add(new AgentId(in.hash()));
    }
    in.end();
    return donor;
  }

  /** Key of that donor's row. */
  public static String key(DonorId id) {
    return FAMILY + id.toHex();
  }

  /** The donor's pseudonym. */
  public DonorId id() {
    return id;
  }

  /** Agents ever linked, in order of their ids. */
  public List<AgentId> agents() {
    return List.copyOf(agents);
  }

  /** Adds an agent; false when there are too many already. */
  public boolean add(AgentId agent) {
    return agents.contains(agent) || (agents.size() < AGENTS_MAX && agents.add(agent));
  }

  @Override
  public String key() {
    return key(id);
  }

  @Override
  public Bytes image() {
    RowWriter out = new RowWriter(VERSION).number(agents.size());
    agents.forEach(agent -> out.hash(agent.digest()));
    return out.finish();
  }
}
