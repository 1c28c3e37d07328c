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
    return holder(token, Token.Kind.DONOR).map(DonorId::parseHex);
  }

  /** The owner whose token this is, by name. */
  public Optional<String> ownerOf(String token) throws IOException {
    return holder(token, Token.Kind.OWNER);
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

  private Optional<String> holder(String text, Token.Kind kind) throws IOException {
    Hash hash = Token.hashOf(text);
    Optional<Bytes> row = store.get(Token.key(hash));
    if (row.isEmpty()) {
      return Optional.empty();
    }
    Token token = Token.parse(hash, row.get());
    return token.kind() == kind ? Optional.of(token.holder()) : Optional.empty();
  }
}
