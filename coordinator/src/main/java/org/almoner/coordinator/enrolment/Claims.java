package org.almoner.coordinator.enrolment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.identity.DonorId;

/**
 * Whose lines an agent's lines are, by their index in the log.
 *
 * <p>Linking claims from the end of the claim before it, or from the beginning: what nobody claimed
 * earlier. Leaving works forward.
 */
public final class Claims {
  /** Most claims of one agent; more are refused. */
  public static final int CLAIMS_MAX = 1_000;

  private static final long OPEN = Long.MAX_VALUE;

  private final List<Claim> claims = new ArrayList<>();

  /**
   * A stretch of leaves.
   *
   * @param from first leaf
   * @param to behind the last leaf
   */
  private record Claim(long from, long to, DonorId donor) {
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

  /** Whether no further claim can be kept. */
  public boolean full() {
    return claims.size() >= CLAIMS_MAX;
  }

  /** From now on, and for what nobody claimed before, {@code donor}; the link is {@code leaf}. */
  void link(long leaf, DonorId donor) {
    unlink(leaf);
    long from = claims.isEmpty() ? 0 : newest().to();
    claims.add(new Claim(from, OPEN, donor));
  }

  /** From {@code leaf} on, nobody. */
  void unlink(long leaf) {
    if (!claims.isEmpty() && newest().open()) {
      Claim newest = claims.remove(claims.size() - 1);
      claims.add(new Claim(newest.from(), leaf, newest.donor()));
    }
  }

  private Claim newest() {
    return claims.get(claims.size() - 1);
  }

  static Claims read(RowReader in) throws DamagedRow {
    Claims claims = new Claims();
    int count = in.count(CLAIMS_MAX);
    for (int i = 0; i < count; i++) {
      DonorId donor = new DonorId(in.fixed(DonorId.SIZE));
      claims.claims.add(new Claim(in.number(), in.number(), donor));
    }
    return claims;
  }

  void write(RowWriter out) {
    out.number(claims.size());
    claims.forEach(c -> out.fixed(c.donor().octets()).number(c.from()).number(c.to()));
  }
}
