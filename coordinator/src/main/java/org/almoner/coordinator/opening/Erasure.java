package org.almoner.coordinator.opening;

import java.util.ArrayList;
import java.util.List;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;

/**
 * That a donor was erased, for ever: kept so that keys which a restored copy brings back are
 * destroyed again, and so that nobody takes what is gone for damage.
 *
 * @param atMs when, by the coordinator's clock
 * @param reason the operator's words, 1 to {@link #REASON_MAX} characters
 * @param keys that were the donor's
 * @param agents that were ever linked to the donor
 */
public record Erasure(
    DonorId donor, long atMs, String reason, List<KeyId> keys, List<AgentId> agents)
    implements Row {
  /** Family of the rows. */
  public static final String FAMILY = "erased/";

  /** Longest reason, in characters. */
  public static final int REASON_MAX = 200;

  private static final int VERSION = 1;
  private static final int COUNT_MAX = Integer.MAX_VALUE;

  /** Copies the lists. */
  public Erasure {
    keys = List.copyOf(keys);
    agents = List.copyOf(agents);
  }

  /** Key of the row of that donor's erasure. */
  public static String key(DonorId donor) {
    return FAMILY + donor.toHex();
  }

  /** Reads a row. */
  public static Erasure parse(String key, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key, row, VERSION);
    DonorId donor = DonorId.parseHex(key.substring(FAMILY.length()));
    long atMs = in.number();
    String reason = in.text();
    List<KeyId> keys = new ArrayList<>();
    for (int left = in.count(COUNT_MAX); left > 0; left--) {
      keys.add(new KeyId(in.fixed(KeyId.SIZE)));
    }
    List<AgentId> agents = new ArrayList<>();
    for (int left = in.count(COUNT_MAX); left > 0; left--) {
      agents.add(new AgentId(in.hash()));
    }
    in.end();
    return new Erasure(donor, atMs, reason, keys, agents);
  }

  @Override
  public String key() {
    return key(donor);
  }

  @Override
  public Bytes image() {
    RowWriter out = new RowWriter(VERSION).number(atMs).text(reason).number(keys.size());
    keys.forEach(each -> out.fixed(each.octets()));
    out.number(agents.size());
    agents.forEach(agent -> out.hash(agent.digest()));
    return out.finish();
  }
}
