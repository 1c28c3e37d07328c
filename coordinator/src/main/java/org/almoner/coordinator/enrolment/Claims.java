package org.almoner.coordinator.enrolment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almoner.coordinator.opening.KeyId;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.identity.DonorId;

/**
 * Whose lines an agent's lines are, by their index in the log, and under which keys what opens them
 * is sealed.
 *
 * <p>Linking claims from the end of the claim before it, or from the beginning: what nobody claimed
 * earlier. Leaving works forward. Each stretch from one end to the next has a key of its own, drawn
 * when it begins: so each claim has exactly one key, and no key serves two donors.
 */
public final class Claims {
  /** Most claims of one agent; more are refused. */
  public static final int CLAIMS_MAX = 1_000;

  private static final long OPEN = Long.MAX_VALUE;

  private final List<Claim> claims = new ArrayList<>();
  private KeyId key;

  /** Nobody has claimed anything; what is logged now is sealed under {@code key}. */
  Claims(KeyId key) {
    this.key = key;
  }

  /**
   * A stretch of leaves.
   *
   * @param from first leaf
   * @param to behind the last leaf
   * @param key under which its records are sealed
   */
  private record Claim(long from, long to, DonorId donor, KeyId key) {
    boolean open() {
      return to == OPEN;
    }
  }

  /** The donor that lines logged now belong to. */
  public Optional<DonorId> current() {
    if (claims.isEmpty() || !newest().open()) {
      return Optional.empty();
    }
    return Optional.of(newest().donor());
  }

  /** The donor that the line at {@code leaf} belongs to. */
  public Optional<DonorId> at(long leaf) {
    return claims.stream()
        .filter(c -> c.from() <= leaf && leaf < c.to())
        .map(Claim::donor)
        .findFirst();
  }

  /** Under which key a record that is logged now is sealed. */
  public KeyId key() {
    return key;
  }

  /** All keys that its records were ever sealed under. */
  public Set<KeyId> keys() {
    Set<KeyId> keys = new HashSet<>();
    claims.forEach(claim -> keys.add(claim.key()));
    keys.add(key);
    return keys;
  }

  /** The keys of what {@code donor} claimed. */
  public Set<KeyId> keysOf(DonorId donor) {
    Set<KeyId> keys = new HashSet<>();
    claims.stream().filter(c -> c.donor().equals(donor)).forEach(c -> keys.add(c.key()));
    return keys;
  }

  /** Whether no further claim can be kept. */
  public boolean full() {
    return claims.size() >= CLAIMS_MAX;
  }

  /**
   * From now on, and for what nobody claimed before, {@code donor}; the link is {@code leaf}.
   *
   * @param sealing the key of this stretch: a new one when another donor's ends here, and else the
   *     one that is in use
   */
  void link(long leaf, DonorId donor, KeyId sealing) {
    if (current().isPresent() == sealing.equals(key)) {
      throw new IllegalArgumentException("a claim begins with a new key, and only then");
    }
    close(leaf);
    long from = claims.isEmpty() ? 0 : newest().to();
    key = sealing;
    claims.add(new Claim(from, OPEN, donor, key));
  }

  /** From {@code leaf} on nobody, and what comes is sealed under another key. */
  void unlink(long leaf, KeyId next) {
    close(leaf);
    key = next;
  }

  private void close(long leaf) {
    if (current().isPresent()) {
      Claim newest = claims.remove(claims.size() - 1);
      claims.add(new Claim(newest.from(), leaf, newest.donor(), newest.key()));
    }
  }

  private Claim newest() {
    return claims.get(claims.size() - 1);
  }

  static Claims read(RowReader in) throws DamagedRow {
    Claims claims = new Claims(new KeyId(in.fixed(KeyId.SIZE)));
    int count = in.count(CLAIMS_MAX);
    for (int i = 0; i < count; i++) {
      DonorId donor = new DonorId(in.fixed(DonorId.SIZE));
      KeyId key = new KeyId(in.fixed(KeyId.SIZE));
      claims.claims.add(new Claim(in.number(), in.number(), donor, key));
    }
    return claims;
  }

  void write(RowWriter out) {
    out.fixed(key.octets()).number(claims.size());
    for (Claim claim : claims) {
      out.fixed(claim.donor().octets()).fixed(claim.key().octets());
      out.number(claim.from()).number(claim.to());
    }
  }
}
