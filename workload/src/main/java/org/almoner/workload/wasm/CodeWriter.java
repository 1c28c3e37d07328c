package org.almoner.workload.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Writes a tree of code as the octets of a function body. */
final class CodeWriter {
  private final WasmOutput out = new WasmOutput();
  private final IntUnaryOperator locals;
  private final TypeTable types;
  private final List<Block> open = new ArrayList<>();

  /**
   * @param locals the index that each local has in the function
   * @param types where the types of blocks are found
   */
  CodeWriter(IntUnaryOperator locals, TypeTable types) {
    this.locals = locals;
    this.types = types;
  }

  /** The code inside {@code body}, whose label becomes the function's own. */
  WasmOutput body(Block body) {
    open.add(body);
    write(body.arms().get(0));
    out.octet(Instruction.END);
    return out;
  }

  private void write(List<Node> nodes) {
    nodes.forEach(this::write);
  }

  private void write(Node node) {
    if (node instanceof Node.Op op) {
      out.append(op.code());
    } else if (node instanceof Node.Local local) {
      out.octet(local.opcode());
      out.u32(locals.applyAsInt(local.local()));
    } else if (node instanceof Node.Branch branch) {
      out.octet(branch.conditional() ? Instruction.BR_IF : Instruction.BR);
      label(branch.target());
    } else if (node instanceof Node.Switch choice) {
      out.octet(Instruction.BR_TABLE);
      out.u32(choice.targets().size() - 1);
      choice.targets().forEach(this::label);
    } else if (node instanceof Node.Group group) {
      write(group.nodes());
    } else if (node instanceof Block block) {
      block(block);
    }
  }

  private void label(Block target) {
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i) == target) {
        out.u32(open.size() - 1 - i);
        return;
      }
    }
    throw new IllegalStateException("a branch leads to a block that is not around it");
  }

  private void block(Block block) {
    out.octet(block.opcode());
    types.writeBlockType(block.type(), out);
    open.add(block);
    write(block.arms().get(0));
    if (block.arms().size() > 1) {
      out.octet(Instruction.ELSE);
      write(block.arms().get(1));
    }
    open.remove(open.size() - 1);
    out.octet(Instruction.END);
  }
}
