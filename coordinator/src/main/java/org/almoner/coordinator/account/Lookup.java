package org.almoner.coordinator.account;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.row.RowStore;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;

/** Reads accounts as the store has them, from any thread. */
public final class Lookup {
  private final RowStore store;

  /** Reads from {@code store}. */
  public Lookup(RowStore store) {
    this.store = store;
  }

  /** The donor whose token this is. */
  public Optional<DonorId> donorOf(String token) throws IOException {
    Hash hash = Token.hashOf(token);
    Optional<Bytes> row = store.get(Token.key(hash));
    return row.isEmpty() ? Optional.empty() : Optional.of(Token.parse(hash, row.get()).donor());
  }

  /** Agents ever linked to the donor. */
  public List<AgentId> agents(DonorId donor) throws IOException {
    Optional<Bytes> row = store.get(Donor.key(donor));
    return row.isEmpty() ? List.of() : Donor.parse(donor, row.get()).agents();
  }

  /** All donors, in order of their pseudonyms. */
  public List<DonorId> donors() throws IOException {
    List<DonorId> donors = new ArrayList<>();
    store.scan(
        Donor.FAMILY,
        (key, row) -> donors.add(DonorId.parseHex(key.substring(Donor.FAMILY.length()))));
    Collections.sort(donors);
    return donors;
  }
}
