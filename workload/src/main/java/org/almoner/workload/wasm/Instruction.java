package org.almoner.workload.wasm;

/**
 * The instructions that can be metered: opcode, operands and results.
 *
 * <p>WebAssembly 2.0 without vectors. Signatures are spelt as in {@link FunctionType#of}; an
 * instruction whose operands depend on its immediates has none here and is dealt with by {@link
 * BodyReader}.
 *
 * @see <a href="https://www.w3.org/TR/wasm-core-2/#instructions%E2%91%A8">WebAssembly 2.0, 5.4</a>
 */
final class Instruction {
  static final int UNREACHABLE = 0x00;
  static final int NOP = 0x01;
  static final int BLOCK = 0x02;
  static final int LOOP = 0x03;
  static final int IF = 0x04;
  static final int ELSE = 0x05;
  static final int END = 0x0b;
  static final int BR = 0x0c;
  static final int BR_IF = 0x0d;
  static final int BR_TABLE = 0x0e;
  static final int RETURN = 0x0f;
  static final int CALL = 0x10;
  static final int CALL_INDIRECT = 0x11;
  static final int DROP = 0x1a;
  static final int SELECT = 0x1b;
  static final int SELECT_TYPED = 0x1c;
  static final int LOCAL_GET = 0x20;
  static final int LOCAL_SET = 0x21;
  static final int LOCAL_TEE = 0x22;
  static final int GLOBAL_GET = 0x23;
  static final int GLOBAL_SET = 0x24;
  static final int TABLE_GET = 0x25;
  static final int TABLE_SET = 0x26;
  static final int LOAD_FIRST = 0x28;
  static final int STORE_LAST = 0x3e;
  static final int MEMORY_SIZE = 0x3f;
  static final int MEMORY_GROW = 0x40;
  static final int I32_CONST = 0x41;
  static final int I64_CONST = 0x42;
  static final int F32_CONST = 0x43;
  static final int F64_CONST = 0x44;
  static final int I32_EQ = 0x46;
  static final int I32_ADD = 0x6a;
  static final int I32_SUB = 0x6b;
  static final int I32_SHR_U = 0x76;
  static final int I64_ADD = 0x7c;
  static final int I32_WRAP_I64 = 0xa7;
  static final int REF_NULL = 0xd0;
  static final int REF_IS_NULL = 0xd1;
  static final int REF_FUNC = 0xd2;
  static final int PREFIX_FC = 0xfc;

  /** Second part of an opcode that starts with {@link #PREFIX_FC}. */
  static final int FC_MEMORY_INIT = 8;

  static final int FC_DATA_DROP = 9;
  static final int FC_MEMORY_COPY = 10;
  static final int FC_MEMORY_FILL = 11;
  static final int FC_TABLE_INIT = 12;
  static final int FC_ELEM_DROP = 13;
  static final int FC_TABLE_COPY = 14;
  static final int FC_TABLE_GROW = 15;
  static final int FC_TABLE_SIZE = 16;
  static final int FC_TABLE_FILL = 17;

  /** Result of an empty block type. */
  static final int EMPTY_BLOCK = 0x40;

  private static final String[] PLAIN = new String[256];
  private static final String[] SATURATING = {
    "f:i", "f:i", "d:i", "d:i", "f:l", "f:l", "d:l", "d:l"
  };

  /**
   * log2 of the width in octets of the memory access, from {@link #LOAD_FIRST} to {@link
   * #STORE_LAST}.
   */
  private static final String WIDTHS = "23230011001122" + "232301012";

  static {
    String[] accesses =
        ("i:i i:l i:f i:d i:i i:i i:i i:i i:l i:l i:l i:l i:l i:l"
                + " ii: il: if: id: ii: ii: il: il: il:")
            .split(" ");
    System.arraycopy(accesses, 0, PLAIN, LOAD_FIRST, accesses.length);
    range(NOP, NOP, ":");
    range(MEMORY_SIZE, MEMORY_SIZE, ":i");
    range(MEMORY_GROW, MEMORY_GROW, "i:i");
    range(I32_CONST, I32_CONST, ":i");
    range(I64_CONST, I64_CONST, ":l");
    range(F32_CONST, F32_CONST, ":f");
    range(F64_CONST, F64_CONST, ":d");
    range(0x45, 0x45, "i:i");
    range(0x46, 0x4f, "ii:i");
    range(0x50, 0x50, "l:i");
    range(0x51, 0x5a, "ll:i");
    range(0x5b, 0x60, "ff:i");
    range(0x61, 0x66, "dd:i");
    range(0x67, 0x69, "i:i");
    range(0x6a, 0x78, "ii:i");
    range(0x79, 0x7b, "l:l");
    range(0x7c, 0x8a, "ll:l");
    range(0x8b, 0x91, "f:f");
    range(0x92, 0x98, "ff:f");
    range(0x99, 0x9f, "d:d");
    range(0xa0, 0xa6, "dd:d");
    String[] conversions =
        ("l:i f:i f:i d:i d:i i:l i:l f:l f:l d:l d:l i:f i:f l:f l:f d:f i:d i:d l:d l:d f:d"
                + " f:i d:l i:f l:d i:i i:i l:l l:l l:l")
            .split(" ");
    System.arraycopy(conversions, 0, PLAIN, 0xa7, conversions.length);
  }

  private static void range(int first, int last, String signature) {
    java.util.Arrays.fill(PLAIN, first, last + 1, signature);
  }

  private Instruction() {}

  /**
   * Operands and results of a one-octet instruction whose signature is always the same, else empty.
   */
  static String plainSignature(int opcode) {
    String signature = PLAIN[opcode];
    return signature == null ? "" : signature;
  }

  static boolean isSaturating(int second) {
    return second >= 0 && second < SATURATING.length;
  }

  static String saturatingSignature(int second) {
    return SATURATING[second];
  }

  static boolean isMemoryAccess(int opcode) {
    return opcode >= LOAD_FIRST && opcode <= STORE_LAST;
  }

  static int widthLog2(int accessOpcode) {
    return WIDTHS.charAt(accessOpcode - LOAD_FIRST) - '0';
  }

  /** Why an opcode that is not known cannot be metered. */
  static String unknown(int opcode) {
    return switch (opcode) {
      case 0xfd -> "vector instructions (SIMD) cannot be metered; build without -msimd128";
      case 0xfe -> "thread and atomic instructions cannot be metered; build without -pthread";
      case 0x06, 0x07, 0x08, 0x09, 0x0a, 0x18, 0x19, 0x1f ->
          "exception handling cannot be metered; build without -fwasm-exceptions";
      case 0x12, 0x13 -> "tail calls cannot be metered; build without -mtail-call";
      case 0x14, 0x15, 0xd3, 0xd4, 0xd5, 0xd6, 0xfb ->
          "typed references and garbage collection cannot be metered";
      default -> "0x" + Integer.toHexString(opcode) + " is no instruction of WebAssembly 2.0";
    };
  }
}
