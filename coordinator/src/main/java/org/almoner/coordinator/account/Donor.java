package org.almoner.coordinator.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.almoner.coordinator.opening.KeyId;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;

/**
 * A donor's account: a pseudonym, the hash of its token, the agents that were ever linked to it,
 * the codes it may still use, and the key under which its documents' openings are sealed.
 */
public final class Donor implements Row {
  /** Family of the rows. */
  public static final String FAMILY = "donor/";

  /** Most agents one donor may link, ever. */
  public static final int AGENTS_MAX = 10_000;

  /** Most codes of one donor that have not expired. */
  public static final int CODES_MAX = 10_000;

  /** A row of version 1 named no key and no token: it is of a store that sealed nothing. */
  private static final int VERSION = 2;

  private final DonorId id;
  private final Hash token;
  private final TreeSet<AgentId> agents = new TreeSet<>();
  private final Map<Hash, Long> codes = new TreeMap<>();
  private Optional<KeyId> documents = Optional.empty();
  private boolean erased;

  /** A donor without agents, whose token has that hash. */
  public Donor(DonorId id, Hash token) {
    this.id = id;
    this.token = token;
  }

  /** Reads a row. */
  public static Donor parse(DonorId id, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key(id), row, VERSION);
    Donor donor = new Donor(id, in.hash());
    int count = in.count(AGENTS_MAX);
    for (int i = 0; i < count; i++) {
      donor.agents.add(new AgentId(in.hash()));
    }
    int codes = in.count(CODES_MAX);
    for (int i = 0; i < codes; i++) {
      donor.codes.put(in.hash(), in.number());
    }
    if (in.bool()) {
      donor.documents = Optional.of(new KeyId(in.fixed(KeyId.SIZE)));
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

  /** SHA-256 of the token that reads the account. */
  Hash token() {
    return token;
  }

  /** Digests of the codes that were drawn and may not have expired. */
  List<Hash> codes() {
    return List.copyOf(codes.keySet());
  }

  /**
   * Adds a code and lets go of those that have expired.
   *
   * @return the expired ones; nothing is added when there are too many others
   */
  List<Hash> addCode(Hash digest, long expiresMs, long nowMs) {
    List<Hash> expired =
        codes.entrySet().stream()
            .filter(code -> code.getValue() <= nowMs)
            .map(Map.Entry::getKey)
            .toList();
    expired.forEach(codes::remove);
    if (codes.size() < CODES_MAX) {
      codes.put(digest, expiresMs);
    }
    return expired;
  }

  /** Whether a code was added and not let go of. */
  boolean hasCode(Hash digest) {
    return codes.containsKey(digest);
  }

  /** The key under which its documents' openings are sealed; none before the first. */
  Optional<KeyId> documents() {
    return documents;
  }

  /** Its first document is about to be logged. */
  void sealDocuments(KeyId key) {
    documents = Optional.of(key);
  }

  /** Removes the row. */
  void erase() {
    erased = true;
  }

  @Override
  public String key() {
    return key(id);
  }

  @Override
  public Bytes image() {
    if (erased) {
      return REMOVED;
    }
    RowWriter out = new RowWriter(VERSION).hash(token).number(agents.size());
    agents.forEach(agent -> out.hash(agent.digest()));
    out.number(codes.size());
    codes.forEach((digest, expiresMs) -> out.hash(digest).number(expiresMs));
    out.bool(documents.isPresent());
    documents.ifPresent(key -> out.fixed(key.octets()));
    return out.finish();
  }
}
