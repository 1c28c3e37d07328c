package org.almoner.workload.wasm;

import java.util.BitSet;

/**
 * Reads the constants of a module: first values of globals, places of segments, elements.
 *
 * <p>On the way it notes which functions they name: only these, and exported ones, may be referred
 * to in bodies.
 */
final class Constants {
  private final BitSet declared = new BitSet();
  private int functions;

  /** Says how many functions there are; until then there are none. */
  void setFunctions(int count) {
    functions = count;
  }

  /**
   * A constant: one instruction and its end. A global cannot be read in one, because none can be
   * imported.
   */
  void read(WasmReader in, char expected) throws RefusedModule {
    int opcode = in.octet("a constant");
    char type;
    switch (opcode) {
      case Instruction.I32_CONST -> {
        in.signed(32, "a constant");
        type = ValueType.I32;
      }
      case Instruction.I64_CONST -> {
        in.signed(64, "a constant");
        type = ValueType.I64;
      }
      case Instruction.F32_CONST -> {
        in.skip(4, "a constant");
        type = 'f';
      }
      case Instruction.F64_CONST -> {
        in.skip(8, "a constant");
        type = 'd';
      }
      case Instruction.REF_NULL -> type = ValueType.readReference(in);
      case Instruction.REF_FUNC -> {
        readFunction(in);
        type = ValueType.FUNCREF;
      }
      default -> throw in.fault("0x" + Integer.toHexString(opcode) + " cannot stand in a constant");
    }
    if (type != expected) {
      throw in.fault(
          "a constant of type "
              + ValueType.name(type)
              + " stands where "
              + ValueType.name(expected)
              + " is expected");
    }
    if (in.octet("end of a constant") != Instruction.END) {
      throw in.fault("a constant is one instruction");
    }
  }

  /** Reads the index of a function and notes it. */
  void readFunction(WasmReader in) throws RefusedModule {
    declare(in.index("function", functions));
  }

  void declare(int function) {
    declared.set(function);
  }

  boolean isDeclared(int function) {
    return declared.get(function);
  }
}
