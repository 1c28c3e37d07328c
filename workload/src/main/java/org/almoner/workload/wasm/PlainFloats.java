package org.almoner.workload.wasm;

/**
 * Writes some instructions of floating point by others, because Endive 1.0.0 gets them wrong: of a
 * NaN the sign stays ({@code f32.abs}, until HotSpot compiles it), a sign is taken from a positive
 * number ({@code f32.copysign} from 4,290,772,992), an integer of 2^63 or more is rounded up, or at
 * a tie down ({@code convert_i64_u}). Those of both widths are written so.
 */
final class PlainFloats {
  private static final int F32_ABS = 0x8b;
  private static final int F32_COPYSIGN = 0x98;
  private static final int F64_ABS = 0x99;
  private static final int F64_COPYSIGN = 0xa6;
  private static final int F32_CONVERT_I64_U = 0xb5;
  private static final int F64_CONVERT_I64_U = 0xba;

  private static final int I32_AND = 0x71;
  private static final int I32_OR = 0x72;
  private static final int I64_AND = 0x83;
  private static final int I64_OR = 0x84;
  private static final int I64_SHR_U = 0x88;
  private static final int F32_MUL = 0x94;
  private static final int F64_MUL = 0xa2;
  private static final int I64_EXTEND_I32_U = 0xad;
  private static final int F32_CONVERT_I64_S = 0xb4;
  private static final int F64_CONVERT_I64_S = 0xb9;
  private static final int I32_REINTERPRET_F32 = 0xbc;
  private static final int I64_REINTERPRET_F64 = 0xbd;
  private static final int F32_REINTERPRET_I32 = 0xbe;
  private static final int F64_REINTERPRET_I64 = 0xbf;

  private static final int SIGN_BIT = 63;
  private static final int[] TWO_F32 = {0x43, 0, 0, 0, 0x40};
  private static final int[] TWO_F64 = {0x44, 0, 0, 0, 0, 0, 0, 0, 0x40};

  private final WasmOutput out;
  private final int local;

  /**
   * @param local of the type i64, which may be overwritten
   */
  PlainFloats(WasmOutput out, int local) {
    this.out = out;
    this.local = local;
  }

  static boolean isReplaced(int opcode) {
    return switch (opcode) {
      case F32_ABS, F32_COPYSIGN, F64_ABS, F64_COPYSIGN, F32_CONVERT_I64_U, F64_CONVERT_I64_U ->
          true;
      default -> false;
    };
  }

  /** Writes what replaces {@code opcode}: it takes and gives the same. */
  void write(int opcode) {
    switch (opcode) {
      case F32_ABS -> narrowAbs();
      case F64_ABS -> wideAbs();
      case F32_COPYSIGN -> {
        octets(I32_REINTERPRET_F32);
        narrow(Integer.MIN_VALUE, I32_AND);
        octets(I64_EXTEND_I32_U);
        local(Instruction.LOCAL_SET);
        octets(I32_REINTERPRET_F32);
        narrow(Integer.MAX_VALUE, I32_AND);
        local(Instruction.LOCAL_GET);
        octets(Instruction.I32_WRAP_I64, I32_OR, F32_REINTERPRET_I32);
      }
      case F64_COPYSIGN -> {
        octets(I64_REINTERPRET_F64);
        wide(Long.MIN_VALUE, I64_AND);
        local(Instruction.LOCAL_SET);
        octets(I64_REINTERPRET_F64);
        wide(Long.MAX_VALUE, I64_AND);
        local(Instruction.LOCAL_GET);
        octets(I64_OR, F64_REINTERPRET_I64);
      }
      case F32_CONVERT_I64_U -> convert(ValueType.F32, F32_CONVERT_I64_S, TWO_F32, F32_MUL);
      default -> convert(ValueType.F64, F64_CONVERT_I64_S, TWO_F64, F64_MUL);
    }
  }

  private void narrowAbs() {
    octets(I32_REINTERPRET_F32);
    narrow(Integer.MAX_VALUE, I32_AND);
    octets(F32_REINTERPRET_I32);
  }

  private void wideAbs() {
    octets(I64_REINTERPRET_F64);
    wide(Long.MAX_VALUE, I64_AND);
    octets(F64_REINTERPRET_I64);
  }

  /**
   * A large number is halved, and its last bit kept so that the half is rounded as the whole is.
   */
  private void convert(char type, int signed, int[] two, int times) {
    local(Instruction.LOCAL_SET);
    local(Instruction.LOCAL_GET);
    wide(SIGN_BIT, I64_SHR_U);
    octets(Instruction.I32_WRAP_I64, Instruction.IF, ValueType.code(type));
    local(Instruction.LOCAL_GET);
    wide(1, I64_SHR_U);
    local(Instruction.LOCAL_GET);
    wide(1, I64_AND);
    octets(I64_OR, signed);
    octets(two);
    octets(times, Instruction.ELSE);
    local(Instruction.LOCAL_GET);
    octets(signed, Instruction.END);
  }

  private void octets(int... octets) {
    for (int octet : octets) {
      out.octet(octet);
    }
  }

  private void narrow(int constant, int operation) {
    out.octet(Instruction.I32_CONST);
    out.s64(constant);
    out.octet(operation);
  }

  private void wide(long constant, int operation) {
    out.octet(Instruction.I64_CONST);
    out.s64(constant);
    out.octet(operation);
  }

  private void local(int opcode) {
    out.octet(opcode);
    out.u32(local);
  }
}
