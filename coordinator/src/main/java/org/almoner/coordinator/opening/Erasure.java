package org.almoner.coordinator.opening;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;

/**
 * That a donor was erased, for ever: kept so that keys which a restored copy brings back are
 * destroyed again, names and documents with them, and so that nobody takes what is gone for damage.
 *
 * @param atMs when, by the coordinator's clock
 * @param reason the operator's words, 1 to {@link #REASON_MAX} characters
 * @param keepDocuments whether the operator chose to keep the sealed files that were given out
 * @param keys that were the donor's
 * @param agents that were ever linked to the donor
 */
public record Erasure(
    DonorId donor,
    long atMs,
    String reason,
    boolean keepDocuments,
    List<KeyId> keys,
    List<AgentId> agents)
    implements Row {
  /** Family of the rows. */
  public static final String FAMILY = "erased/";

  /** Longest reason, in characters. */
  public static final int REASON_MAX = 200;

  private static final int VERSION = 2;
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

  /** All erasures a store knows of, in order of the pseudonyms. */
  public static List<Erasure> all(RowStore store) throws IOException {
    Map<String, Bytes> rows = new TreeMap<>();
    store.scan(FAMILY, rows::put);
    List<Erasure> erasures = new ArrayList<>();
    for (Map.Entry<String, Bytes> row : rows.entrySet()) {
      erasures.add(parse(row.getKey(), row.getValue()));
    }
    return erasures;
  }

  /** The same, after the sealed files are to go too. */
  public Erasure withoutDocuments() {
    return new Erasure(donor, atMs, reason, false, keys, agents);
  }

  /** Reads a row. */
  public static Erasure parse(String key, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key, row, VERSION);
    DonorId donor = DonorId.parseHex(key.substring(FAMILY.length()));
    long atMs = in.number();
    String reason = in.text();
    boolean keepDocuments = in.bool();
    List<KeyId> keys = new ArrayList<>();
    for (int left = in.count(COUNT_MAX); left > 0; left--) {
      keys.add(new KeyId(in.fixed(KeyId.SIZE)));
    }
    List<AgentId> agents = new ArrayList<>();
    for (int left = in.count(COUNT_MAX); left > 0; left--) {
      agents.add(new AgentId(in.hash()));
    }
    in.end();
    return new Erasure(donor, atMs, reason, keepDocuments, keys, agents);
  }

  @Override
  public String key() {
    return key(donor);
  }

  @Override
  public Bytes image() {
    RowWriter out = new RowWriter(VERSION).number(atMs).text(reason).bool(keepDocuments);
    out.number(keys.size());
    keys.forEach(each -> out.fixed(each.octets()));
    out.number(agents.size());
    agents.forEach(agent -> out.hash(agent.digest()));
    return out.finish();
  }
}
