package org.almoner.coordinator.account;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.almoner.coordinator.desk.OwnerPass;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.desk.TokenView;
import org.almoner.coordinator.opening.Erased;
import org.almoner.coordinator.opening.Erasure;
import org.almoner.coordinator.opening.KeyId;
import org.almoner.coordinator.opening.OpeningKeys;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.writer.Group;
import org.almoner.protocol.access.TokenRequest;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.PublicKey;

/** All accounts. Changes happen on the writer's thread; owners may be looked up from any. */
public final class Accounts {
  private final Map<PublicKey, Owner> owners = new ConcurrentHashMap<>();
  private final OwnerTokens tokens;

  private Accounts(OwnerTokens tokens) {
    this.tokens = tokens;
  }

  /** Reads the owners and their tokens; donors and codes are read when they are asked for. */
  public static Accounts load(RowStore store) throws IOException {
    Accounts accounts = new Accounts(OwnerTokens.load(store));
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
    group.touch(new Donor(donor, token));
    group.touch(new Token(token, donor, true));
  }

  /** Keeps a code that was drawn for {@code donor}, and forgets those that have expired. */
  public void keepCode(Group group, DonorId id, Hash digest) throws IOException {
    Donor donor = donor(group, id);
    long expiresMs = group.nowMs() + Code.LIFE.toMillis();
    for (Hash expired : donor.addCode(digest, expiresMs, group.nowMs())) {
      forget(group, expired);
    }
    if (!donor.hasCode(digest)) {
      throw badCode(
          "this donor has " + Donor.CODES_MAX + " codes, the most possible; use or await them");
    }
    group.touch(donor);
    group.touch(new Code(digest, id, expiresMs, Code.State.OPEN));
  }

  private static void forget(Group group, Hash digest) throws IOException {
    code(group, digest).ifPresent(code -> group.touch(code.as(Code.State.GONE)));
  }

  private static Optional<Code> code(Group group, Hash digest) throws IOException {
    return group
        .find(Code.key(digest), Code.class, row -> Code.parse(digest, row))
        .filter(code -> code.state() != Code.State.GONE);
  }

  /**
   * The key for a donor's documents, drawn when it is asked for first.
   *
   * @throws Refusal when there is no such donor, or no more
   */
  public KeyId documentsKey(Group group, DonorId id, OpeningKeys keys) throws IOException {
    Donor donor = donor(group, id);
    if (donor.documents().isEmpty()) {
      donor.sealDocuments(keys.draw(group));
      group.touch(donor);
    }
    return donor.documents().orElseThrow();
  }

  /**
   * Removes an account with its token and codes.
   *
   * @return what the account was
   * @throws Refusal when there is no such donor, or no more
   */
  public Closed close(Group group, DonorId id) throws IOException {
    Donor donor = donor(group, id);
    for (Hash code : donor.codes()) {
      forget(group, code);
    }
    group.touch(new Token(donor.token(), id, true).revoked());
    donor.erase();
    group.touch(donor);
    return new Closed(donor.agents(), donor.documents().stream().toList());
  }

  /**
   * An account that was removed.
   *
   * @param agents ever linked to it
   * @param documents the key of its documents, if there was one
   */
  public record Closed(List<AgentId> agents, List<KeyId> documents) {
    /** Copies the lists. */
    public Closed {
      agents = List.copyOf(agents);
      documents = List.copyOf(documents);
    }
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
    Owner known = owners.get(key);
    if (known != null && !known.name().equals(name)) {
      // What was submitted carries the name: another key that took it later would open all of it.
      throw new Refusal(
          409,
          "owner-renamed",
          "Owner has another name",
          "this key is approved as "
              + known.name()
              + ", which stays its name; approve another key");
    }
    Owner owner = new Owner(name, key);
    owners.put(key, owner);
    group.touch(owner);
    tokens.approve(group, key, token);
  }

  /**
   * What a token is good for; empty when nobody holds it.
   *
   * @throws Refusal when its time is over
   */
  public Optional<OwnerPass> passOf(Hash token, long nowMs) {
    Optional<OwnerToken> found = tokens.find(token);
    found.ifPresent(t -> OwnerTokens.requireInTime(t.view(), nowMs));
    return found.flatMap(t -> owner(t.owner()).map(owner -> t.pass(owner.name())));
  }

  /** Whether it is not known yet that the token was used on that day. */
  public boolean isFirstUse(Hash token, long day) {
    return tokens.find(token).filter(t -> t.view().lastUsedDay() < day).isPresent();
  }

  /** Notes that a token was used on that day. */
  public boolean use(Group group, Hash token, long day) {
    return tokens.use(group, token, day);
  }

  /**
   * Does what an owner asks about tokens, whose signature was checked; the same again changes
   * nothing.
   *
   * @return the owner's tokens as they now stand
   */
  public List<TokenView> answer(Group group, PublicKey owner, TokenRequest request) {
    if (!owners.containsKey(owner)) {
      throw notApproved(owner);
    }
    return tokens.answer(group, owner, request);
  }

  /** The refusal of a key that the operator has not approved. */
  public static Refusal notApproved(PublicKey key) {
    return new Refusal(
        403,
        "owner-not-approved",
        "Owner's key not approved",
        "key " + key + " is not approved here; ask the operator to approve it");
  }

  /** Uses a code up for {@code agent}; returns whose it was. */
  public DonorId useCode(Group group, Hash digest, AgentId agent) throws IOException {
    Code code =
        code(group, digest).orElseThrow(() -> badCode("no such code was drawn; check its letters"));
    if (code.state() == Code.State.USED) {
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
    group.touch(code.as(Code.State.USED));
    return code.donor();
  }

  private static Donor donor(Group group, DonorId id) throws IOException {
    if (group.octets(Erasure.key(id)).isPresent()) {
      throw Erased.donor(id);
    }
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
