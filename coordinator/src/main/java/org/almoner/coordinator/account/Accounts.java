package org.almoner.coordinator.account;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.writer.Group;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.PublicKey;

/** All accounts. Changes happen on the writer's thread; owners may be looked up from any. */
public final class Accounts {
  private final Map<PublicKey, Owner> owners = new ConcurrentHashMap<>();

  /** Reads the owners; donors and codes are read when they are asked for. */
  public static Accounts load(RowStore store) throws IOException {
    Accounts accounts = new Accounts();
    Map<String, Bytes> rows = new ConcurrentHashMap<>();
    store.scan("owner/", rows::put);
    for (Map.Entry<String, Bytes> row : rows.entrySet()) {
      PublicKey key = PublicKey.parseHex(row.getKey().substring("owner/".length()));
      accounts.owners.put(key, Owner.parse(key, row.getValue()));
    }
    return accounts;
  }

  /** The approved owner with this key. */
  public Optional<Owner> owner(PublicKey key) {
    return Optional.ofNullable(owners.get(key));
  }

  /** Opens an account whose token hashes to {@code token}. */
  public void open(Group group, DonorId donor, Hash token) {
    group.touch(new Donor(donor));
    group.touch(new Token(token, Token.Kind.DONOR, donor.toHex(), true));
  }

  /** Keeps a code that was drawn for {@code donor}. */
  public void keepCode(Group group, DonorId donor, Hash digest) throws IOException {
    donor(group, donor);
    group.touch(new Code(digest, donor, group.nowMs() + Code.LIFE.toMillis(), false));
  }

  /** Approves a key, or gives an approved one a new token in the place of its old. */
  public void approve(Group group, String name, PublicKey key, Hash token) throws IOException {
    if (name.isBlank() || name.length() > Owner.NAME_MAX) {
      throw new Refusal(
          422,
          "owner-name",
          "Owner's name out of bounds",
          "an owner's name has 1 to " + Owner.NAME_MAX + " characters, this has " + name.length());
    }
    if (ofName(owners.values(), name).filter(o -> !o.signer().equals(key)).isPresent()) {
      throw new Refusal(
          409,
          "owner-name-taken",
          "Owner's name taken",
          "owner " + name + " is approved with another key; choose another name");
    }
    Owner before = owners.get(key);
    if (before != null) {
      group.touch(new Token(before.token(), Token.Kind.OWNER, before.name(), false));
    }
    Owner owner = new Owner(name, key, token);
    owners.put(key, owner);
    group.touch(owner);
    group.touch(new Token(token, Token.Kind.OWNER, name, true));
  }

  /** Uses a code up for {@code agent}; returns whose it was. */
  public DonorId useCode(Group group, Hash digest, AgentId agent) throws IOException {
    Code code =
        group
            .find(Code.key(digest), Code.class, row -> Code.parse(digest, row))
            .orElseThrow(() -> badCode("no such code was drawn; check its letters"));
    if (code.used()) {
      throw badCode("this code was used before; draw a new one, each links one computer");
    }
    if (code.expiresMs() <= group.nowMs()) {
      throw badCode("this code is more than 24 hours old; draw a new one");
    }
    Donor donor = donor(group, code.donor());
    if (!donor.add(agent)) {
      throw badCode("this donor has linked " + Donor.AGENTS_MAX + " computers, the most possible");
    }
    group.touch(donor);
    group.touch(new Code(digest, code.donor(), code.expiresMs(), true));
    return code.donor();
  }

  private static Donor donor(Group group, DonorId id) throws IOException {
    return group
        .find(Donor.key(id), Donor.class, row -> Donor.parse(id, row))
        .orElseThrow(
            () ->
                new Refusal(
                    404,
                    "unknown-donor",
                    "Unknown donor",
                    "no account has the pseudonym " + id + "; open one first"));
  }

  private static Optional<Owner> ofName(Collection<Owner> owners, String name) {
    return owners.stream().filter(o -> o.name().equals(name)).findFirst();
  }

  private static Refusal badCode(String detail) {
    return new Refusal(409, "bad-code", "Code not usable", detail);
  }
}
