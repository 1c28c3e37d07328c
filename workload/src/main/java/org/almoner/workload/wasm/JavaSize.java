package org.almoner.workload.wasm;

/**
 * How many octets of Java byte code the portable engine makes of an instruction, estimated: a
 * little more than it makes on average.
 */
final class JavaSize {
  static final int LOCAL = 2;
  static final int BRANCH = 5;
  static final int SWITCH = 16;
  static final int SWITCH_LABEL = 5;
  static final int BLOCK = 5;

  /** A call without its arguments. */
  static final int CALL = 11;

  private static final int GLOBAL = 9;
  private static final int MEMORY_ACCESS = 7;
  private static final int CONSTANT = 3;
  private static final int SELECT = 7;
  private static final int OTHER = 12;
  private static final int PLAIN = 1;
  private static final int HELPER = 3;

  private JavaSize() {}

  static int of(int opcode) {
    if (Instruction.isMemoryAccess(opcode)) {
      return MEMORY_ACCESS;
    }
    return switch (opcode) {
      case Instruction.CALL, Instruction.CALL_INDIRECT -> CALL;
      case Instruction.GLOBAL_GET, Instruction.GLOBAL_SET -> GLOBAL;
      case Instruction.I32_CONST,
          Instruction.I64_CONST,
          Instruction.F32_CONST,
          Instruction.F64_CONST ->
          CONSTANT;
      case Instruction.SELECT, Instruction.SELECT_TYPED -> SELECT;
      case Instruction.DROP -> PLAIN;
      default -> numeric(opcode);
    };
  }

  private static int numeric(int opcode) {
    if (Instruction.plainSignature(opcode).isEmpty()
        || opcode == Instruction.MEMORY_SIZE
        || opcode == Instruction.MEMORY_GROW) {
      return OTHER;
    }
    return isJava(opcode) ? PLAIN : HELPER;
  }

  /** Whether Java has the same instruction; otherwise a method of the engine is called. */
  private static boolean isJava(int opcode) {
    return isWithin(opcode, Instruction.I32_ADD, 0x6c) // add sub mul
        || isWithin(opcode, 0x71, 0x76) // and or xor shl shr_s shr_u
        || isWithin(opcode, Instruction.I64_ADD, 0x7e)
        || isWithin(opcode, 0x83, 0x88)
        || isWithin(opcode, 0x92, 0x95) // f32 add sub mul div
        || isWithin(opcode, 0xa0, 0xa3) // f64 likewise
        || opcode == Instruction.I32_WRAP_I64
        || isWithin(opcode, 0xac, 0xad); // i64 of an i32
  }

  private static boolean isWithin(int opcode, int first, int last) {
    return opcode >= first && opcode <= last;
  }
}
