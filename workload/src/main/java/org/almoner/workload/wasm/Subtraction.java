package org.almoner.workload.wasm;

/**
 * Writes an ordered comparison of two integers as arithmetic whose top bit is the answer.
 *
 * @see Comparisons#BY_SUBTRACTION
 */
final class Subtraction {
  /** Locals of type i64 that a function needs for it. */
  static final int LOCALS = 2;

  /** In both widths the order is: lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u. */
  private static final int I32_FIRST = 0x48;

  private static final int I64_FIRST = 0x53;
  private static final int GROUP = 8;

  private static final int LESS = 0;
  private static final int GREATER = 1;
  private static final int LESS_OR_EQUAL = 2;

  private static final int I32_CONST = Instruction.I32_CONST;
  private static final int I32_XOR = 0x73;
  private static final int I64_SUB = 0x7d;
  private static final int I64_AND = 0x83;
  private static final int I64_OR = 0x84;
  private static final int I64_XOR = 0x85;
  private static final int I64_SHR_U = 0x88;
  private static final int I32_WRAP_I64 = 0xa7;
  private static final int I64_EXTEND_I32_S = 0xac;
  private static final int I64_EXTEND_I32_U = 0xad;

  private final WasmOutput out;
  private final int first;
  private final int second;

  /**
   * @param local the first of {@link #LOCALS} locals
   */
  Subtraction(WasmOutput out, int local) {
    this.out = out;
    this.first = local;
    this.second = local + 1;
  }

  static boolean isOrdered(int opcode) {
    return (opcode >= I32_FIRST && opcode < I32_FIRST + GROUP)
        || (opcode >= I64_FIRST && opcode < I64_FIRST + GROUP);
  }

  /**
   * Writes what replaces the comparison {@code opcode}: two operands on the stack become 0 or 1.
   */
  void write(int opcode) {
    if (opcode < I64_FIRST) {
      narrow((opcode - I32_FIRST) >> 1, (opcode - I32_FIRST) % 2 == 1);
    } else {
      wide((opcode - I64_FIRST) >> 1, (opcode - I64_FIRST) % 2 == 1);
    }
  }

  /**
   * Both operands fit an i64, so their difference d does: a < b is d < 0, a <= b is d - 1 < 0, the
   * others are not these.
   */
  private void narrow(int relation, boolean unsigned) {
    int extend = unsigned ? I64_EXTEND_I32_U : I64_EXTEND_I32_S;
    out.octet(extend);
    set(second);
    out.octet(extend);
    get(second);
    out.octet(I64_SUB);
    if (relation == GREATER || relation == LESS_OR_EQUAL) {
      constant(-1);
      out.octet(Instruction.I64_ADD);
    }
    topBit();
    if (relation != LESS && relation != LESS_OR_EQUAL) {
      not();
    }
  }

  /**
   * The difference may overflow: a < b unsigned is the borrow (~a & b) | ((~a | b) & (a - b));
   * signed, the same with the sign bits swapped, (a & ~b) | ((a | ~b) & (a - b)). Greater is less
   * with the operands exchanged.
   *
   * @see <a href="https://en.wikipedia.org/wiki/Hacker%27s_Delight">Hacker's Delight, 2-12</a>
   */
  private void wide(int relation, boolean unsigned) {
    set(second);
    set(first);
    boolean exchanged = relation == GREATER || relation == LESS_OR_EQUAL;
    int a = exchanged ? second : first;
    int b = exchanged ? first : second;
    int inverted = unsigned ? a : b;
    int plain = unsigned ? b : a;
    masked(inverted, plain, I64_AND);
    masked(inverted, plain, I64_OR);
    get(a);
    get(b);
    out.octet(I64_SUB);
    out.octet(I64_AND);
    out.octet(I64_OR);
    topBit();
    if (relation != LESS && relation != GREATER) {
      not();
    }
  }

  private void masked(int inverted, int plain, int operation) {
    get(inverted);
    constant(-1);
    out.octet(I64_XOR);
    get(plain);
    out.octet(operation);
  }

  private void topBit() {
    constant(63);
    out.octet(I64_SHR_U);
    out.octet(I32_WRAP_I64);
  }

  private void not() {
    out.octet(I32_CONST);
    out.s64(1);
    out.octet(I32_XOR);
  }

  private void get(int local) {
    out.octet(Instruction.LOCAL_GET);
    out.u32(local);
  }

  private void set(int local) {
    out.octet(Instruction.LOCAL_SET);
    out.u32(local);
  }

  private void constant(long value) {
    out.octet(Instruction.I64_CONST);
    out.s64(value);
  }
}
