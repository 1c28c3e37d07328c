package org.almoner.workload.wasm;

import java.util.ArrayList;
import java.util.List;

/** Makes the instructions that stand where a piece was cut out, and around the piece. */
final class Emit {
  private Emit() {}

  static Node get(int local, char type) {
    return new Node.Local(Instruction.LOCAL_GET, local, type);
  }

  static Node set(int local, char type) {
    return new Node.Local(Instruction.LOCAL_SET, local, type);
  }

  static Node getGlobal(int global, char type) {
    return indexed(Instruction.GLOBAL_GET, global, 0, String.valueOf(type));
  }

  static Node setGlobal(int global) {
    return indexed(Instruction.GLOBAL_SET, global, 1, "");
  }

  static Node call(int function, FunctionType type) {
    return indexed(Instruction.CALL, function, type.params().length(), type.results());
  }

  static Node constant(int value) {
    WasmOutput code = new WasmOutput();
    code.octet(Instruction.I32_CONST);
    code.s64(value);
    return new Node.Op(code, 0, "i", false, JavaSize.of(Instruction.I32_CONST));
  }

  static Node equal() {
    return plain(Instruction.I32_EQ, 2, "i", false);
  }

  static Node unreachable() {
    return plain(Instruction.UNREACHABLE, 0, "", true);
  }

  private static Node plain(int opcode, int pops, String pushes, boolean ends) {
    WasmOutput code = new WasmOutput();
    code.octet(opcode);
    return new Node.Op(code, pops, pushes, ends, JavaSize.of(opcode));
  }

  private static Node indexed(int opcode, int index, int pops, String pushes) {
    WasmOutput code = new WasmOutput();
    code.octet(opcode);
    code.u32(index);
    return new Node.Op(code, pops, pushes, false, JavaSize.of(opcode));
  }

  /** A block with the content {@code nodes}. */
  static Block block(int opcode, String results, List<Node> nodes) {
    return fill(new Block(opcode, new FunctionType("", results)), nodes);
  }

  static Block fill(Block block, List<Node> nodes) {
    block.replaceArms(old -> new ArrayList<>(nodes));
    return block;
  }
}
