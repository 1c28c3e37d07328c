package org.almoner.workload.wasm;

/**
 * Which instructions make a NaN whose bits machines disagree about, which only pass one on, and
 * which cannot tell one NaN from another.
 *
 * @see <a href="https://www.w3.org/TR/wasm-core-2/#nan-propagation">WebAssembly 2.0, 4.3.3</a>
 */
final class FloatingPoint {
  private static final int F32_EQ = 0x5b;
  private static final int F32_NE = 0x5c;
  private static final int F64_NE = 0x62;
  private static final int F64_GE = 0x66;
  private static final int F32_ABS = 0x8b;
  private static final int F32_NEG = 0x8c;
  private static final int F32_CEIL = 0x8d;
  private static final int F32_MAX = 0x97;
  private static final int F32_COPYSIGN = 0x98;
  private static final int F64_ABS = 0x99;
  private static final int F64_NEG = 0x9a;
  private static final int F64_CEIL = 0x9b;
  private static final int F64_MAX = 0xa5;
  private static final int F64_COPYSIGN = 0xa6;
  private static final int I32_TRUNC_FIRST = 0xa8;
  private static final int I32_TRUNC_LAST = 0xab;
  private static final int I64_TRUNC_FIRST = 0xae;
  private static final int I64_TRUNC_LAST = 0xb1;
  private static final int F32_CONVERT_FIRST = 0xb2;
  private static final int F32_DEMOTE_F64 = 0xb6;
  private static final int F64_PROMOTE_F32 = 0xbb;

  private static final int CANONICAL_F32 = 0x7fc00000;
  private static final long CANONICAL_F64 = 0x7ff8000000000000L;

  private FloatingPoint() {}

  /** Arithmetic: the sign and payload of a NaN it gives are the machine's. */
  static boolean makesNan(int opcode) {
    return (opcode >= F32_CEIL && opcode <= F32_MAX)
        || (opcode >= F64_CEIL && opcode <= F64_MAX)
        || opcode == F32_DEMOTE_F64
        || opcode == F64_PROMOTE_F32;
  }

  /** A constant, or an integer converted: no NaN but for constants that are one. */
  static boolean isNumber(int opcode) {
    return opcode == Instruction.F32_CONST
        || opcode == Instruction.F64_CONST
        || (opcode >= F32_CONVERT_FIRST && opcode < F32_DEMOTE_F64)
        || (opcode > F32_DEMOTE_F64 && opcode < F64_PROMOTE_F32);
  }

  /** Changes only the sign: a NaN comes out with the bits that it came in with. */
  static boolean passesNan(int opcode) {
    return switch (opcode) {
      case F32_ABS, F32_NEG, F32_COPYSIGN, F64_ABS, F64_NEG, F64_COPYSIGN -> true;
      default -> false;
    };
  }

  /** Takes a sign from its second operand, also from a NaN. */
  static boolean isCopysign(int opcode) {
    return opcode == F32_COPYSIGN || opcode == F64_COPYSIGN;
  }

  /**
   * Gives the same result for every NaN, or one that {@link #makesNan}. The saturating conversions
   * would, too, but nothing is lost by not knowing.
   */
  static boolean isBlind(int opcode) {
    return makesNan(opcode)
        || opcode == Instruction.DROP
        || (opcode >= F32_EQ && opcode <= F64_GE)
        || (opcode >= I32_TRUNC_FIRST && opcode <= I32_TRUNC_LAST)
        || (opcode >= I64_TRUNC_FIRST && opcode <= I64_TRUNC_LAST);
  }

  /**
   * Writes what turns any NaN on the stack into the canonical one.
   *
   * <p>It is a branch that is hardly ever taken. Without an effect beside the value, compilers of C
   * would make masks of it, and every result would wait for its own comparison.
   *
   * @param local a local of the type {@code type}
   * @param witness an i32 global that nobody reads
   */
  static void canonicalize(char type, int local, int witness, WasmOutput out) {
    out.octet(Instruction.LOCAL_TEE);
    out.u32(local);
    out.octet(Instruction.LOCAL_GET);
    out.u32(local);
    out.octet(type == ValueType.F32 ? F32_NE : F64_NE);
    out.octet(Instruction.IF);
    out.octet(Instruction.EMPTY_BLOCK);
    if (type == ValueType.F32) {
      out.octet(Instruction.F32_CONST);
      littleEndian(CANONICAL_F32, Float.BYTES, out);
    } else {
      out.octet(Instruction.F64_CONST);
      littleEndian(CANONICAL_F64, Double.BYTES, out);
    }
    out.octet(Instruction.LOCAL_SET);
    out.u32(local);
    out.octet(Instruction.I32_CONST);
    out.s64(1);
    out.octet(Instruction.GLOBAL_SET);
    out.u32(witness);
    out.octet(Instruction.END);
    out.octet(Instruction.LOCAL_GET);
    out.u32(local);
  }

  private static void littleEndian(long bits, int octets, WasmOutput out) {
    for (int i = 0; i < octets; i++) {
      out.octet((int) (bits >>> (8 * i)) & 0xff);
    }
  }
}
