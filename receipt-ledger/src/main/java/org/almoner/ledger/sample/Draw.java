package org.almoner.ledger.sample;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.protocol.bytes.Hash;

/**
 * A draw without replacement that anyone repeats from a checkpoint and dice.
 *
 * <p>The checkpoint was fixed before the dice fell, so whoever wrote the log could not choose it by
 * what would be drawn. A larger draw begins with a smaller one. Specified in {@code
 * docs/spec/audit-sample.md}.
 */
public final class Draw {
  private static final byte[] SEED = ascii("almoner/audit-sample/v1\n");
  private static final byte[] NUMBERS = ascii("almoner/audit-draw/v1\n");

  private final Hash seed;

  private Draw(Hash seed) {
    this.seed = seed;
  }

  /** The draw of these dice, under that checkpoint. */
  public static Draw of(Checkpoint checkpoint, Dice dice) {
    byte[] origin = checkpoint.origin().getBytes(StandardCharsets.UTF_8);
    ByteBuffer head = ByteBuffer.allocate(SEED.length + Short.BYTES + origin.length + Long.BYTES);
    head.put(SEED).putShort((short) origin.length).put(origin).putLong(checkpoint.size());
    return new Draw(
        Hash.sha256(head.array(), checkpoint.root().toArray(), dice.octets().toArray()));
  }

  /** What the numbers are worked out of. */
  public Hash seed() {
    return seed;
  }

  /**
   * Ranks in the order in which they are drawn, none twice.
   *
   * @param population how many there are; ranks run from 0
   * @param wanted how many to draw; all when there are no more
   */
  public List<Long> ranks(long population, int wanted) {
    if (population < 0 || wanted < 0) {
      throw new IllegalArgumentException("population and number drawn are never negative");
    }
    Numbers numbers = new Numbers();
    Map<Long, Long> moved = new HashMap<>(); // what stands at a place that is not its own
    List<Long> drawn = new ArrayList<>();
    for (long k = 0; k < population && drawn.size() < wanted; k++) {
      long at = k + numbers.below(population - k);
      drawn.add(moved.getOrDefault(at, at));
      moved.put(at, moved.getOrDefault(k, k));
    }
    return drawn;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Numbers of 64 bits, one after the other. */
  private final class Numbers {
    private long next;

    /**
     * The next number from 0 on that is below {@code bound}, each as likely as the others: what
     * lies behind the last whole multiple of the bound is passed over.
     */
    long below(long bound) {
      while (true) {
        long number = number();
        long rest = Long.remainderUnsigned(number, bound);
        // number - rest is the multiple below; whole when another bound fits above it in 64 bits
        if (Long.compareUnsigned(number - rest, -bound) <= 0) {
          return rest;
        }
      }
    }

    private long number() {
      byte[] index = ByteBuffer.allocate(Long.BYTES).putLong(next++).array();
      return ByteBuffer.wrap(Hash.sha256(NUMBERS, seed.toArray(), index).toArray()).getLong();
    }
  }
}
