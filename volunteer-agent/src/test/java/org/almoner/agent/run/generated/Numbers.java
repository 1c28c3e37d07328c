package org.almoner.agent.run.generated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Every numeric instruction with its operands and result, and the constants that try its edges. */
final class Numbers {
  /**
   * @param second of an instruction with a prefix, else -1
   */
  record Operation(int opcode, int second, String operands, char result) {
    /** Traps for some operands: division, and conversion to integers that does not saturate. */
    boolean mayTrap() {
      return (opcode >= 0x6d && opcode <= 0x70)
          || (opcode >= 0x7f && opcode <= 0x82)
          || (opcode >= 0xa8 && opcode <= 0xab)
          || (opcode >= 0xae && opcode <= 0xb1);
    }

    boolean divides() {
      return mayTrap() && operands.length() == 2;
    }

    void write(Octets out) {
      out.put(opcode);
      if (second >= 0) {
        out.unsigned(second);
      }
    }
  }

  /** From 0x45 on, without a gap. */
  private static final String SIGNATURES =
      "i:i "
          + "ii:i ".repeat(10)
          + "l:i "
          + "ll:i ".repeat(10)
          + "ff:i ".repeat(6)
          + "dd:i ".repeat(6)
          + "i:i ".repeat(3)
          + "ii:i ".repeat(15)
          + "l:l ".repeat(3)
          + "ll:l ".repeat(15)
          + "f:f ".repeat(7)
          + "ff:f ".repeat(7)
          + "d:d ".repeat(7)
          + "dd:d ".repeat(7)
          + "l:i f:i f:i d:i d:i i:l i:l f:l f:l d:l d:l i:f i:f l:f l:f d:f "
          + "i:d i:d l:d l:d f:d f:i d:l i:f l:d i:i i:i l:l l:l l:l";

  private static final String SATURATING = "f:i f:i d:i d:i f:l f:l d:l d:l";

  static final List<Operation> ALL = all();

  private static final int[] INTS = {
    0, 1, -1, 2, 31, 32, 33, 63, 64, 0x7fffffff, 0x80000000, 0x80000001, 0xff, 0x80, 0x8000, 0xffff
  };

  private static final long[] LONGS = {
    0,
    1,
    -1,
    2,
    63,
    64,
    65,
    0x7fffffffL,
    0x80000000L,
    0xffffffffL,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MIN_VALUE + 1,
    0x80,
    0x8000,
    1L << 53,
    0x80000000_00000c00L, // ties of unsigned numbers in f64 and f32, and what is next to them
    0x80000000_00000c01L,
    0x80000180_00000000L,
    0x80000080_00000001L,
    0xffffffff_fffffbffL
  };

  /** Zeros, ones, infinities, NaNs quiet and signalling, denormals, largest and around 2^31. */
  private static final int[] FLOATS = {
    0, 0x80000000, 0x3f800000, 0xbf800000, 0x7f800000, 0xff800000, 0x7fc00000, 0xffc00000,
    0x7f800001, 0xffa5a5a5, 1, 0x807fffff, 0x7f7fffff, 0x00800000, 0x4f000000, 0xcf000001,
    0x3f000000, 0x40200000, 0x4f7fc000
  };

  private static final long[] DOUBLES = {
    0,
    Long.MIN_VALUE,
    0x3ff0000000000000L,
    0xbff0000000000000L,
    0x7ff0000000000000L,
    0xfff0000000000000L,
    0x7ff8000000000000L,
    0xfff8000000000000L,
    0x7ff0000000000001L,
    0xfff5a5a5a5a5a5a5L,
    1,
    0x800fffffffffffffL,
    0x7fefffffffffffffL,
    0x41e0000000000000L,
    0xc1e0000000200000L,
    0x43e0000000000000L,
    0x3fe0000000000000L,
    0x4004000000000000L
  };

  private Numbers() {}

  private static List<Operation> all() {
    List<Operation> all = new ArrayList<>();
    int opcode = 0x45;
    for (String signature : SIGNATURES.split(" ", -1)) {
      add(all, opcode++, -1, signature);
    }
    int second = 0;
    for (String signature : SATURATING.split(" ", -1)) {
      add(all, 0xfc, second++, signature);
    }
    return List.copyOf(all);
  }

  private static void add(List<Operation> all, int opcode, int second, String signature) {
    int colon = signature.indexOf(':');
    all.add(
        new Operation(opcode, second, signature.substring(0, colon), signature.charAt(colon + 1)));
  }

  /** The bits of the edge values of a type. */
  static long[] edges(char type) {
    return switch (type) {
      case 'i' -> Arrays.stream(INTS).asLongStream().toArray();
      case 'l' -> LONGS.clone();
      case 'f' -> Arrays.stream(FLOATS).asLongStream().toArray();
      default -> DOUBLES.clone();
    };
  }

  static void constant(char type, RandomGenerator random, Octets out) {
    boolean edge = random.nextInt(4) > 0;
    switch (type) {
      case 'i' -> out.put(0x41).signed(edge ? INTS[random.nextInt(INTS.length)] : random.nextInt());
      case 'l' ->
          out.put(0x42).signed(edge ? LONGS[random.nextInt(LONGS.length)] : random.nextLong());
      case 'f' ->
          out.put(0x43).narrow(edge ? FLOATS[random.nextInt(FLOATS.length)] : random.nextInt());
      default ->
          out.put(0x44).wide(edge ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextLong());
    }
  }
}
