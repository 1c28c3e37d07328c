package org.almoner.workload.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A function body as a tree of blocks. Code that cannot be reached is left out.
 *
 * @param body the code, as a block whose label is the function's own
 * @param locals types of parameters and local variables; tree and pieces cut from it share the
 *     numbers
 */
record CodeTree(Block body, StringBuilder locals) {
  /**
   * Deepest nesting that is made a tree of. What is nested deeper would need a deep stack to walk.
   */
  static final int NESTING_MAX = 1_000;

  /**
   * Reads a body that was admitted.
   *
   * @return empty when it is nested too deeply
   */
  static Optional<CodeTree> read(WasmReader in, ModuleSections module, FunctionType type)
      throws RefusedModule {
    BodyReader body = BodyReader.ofMetered(in, module, type);
    body.readLocals(new WasmOutput());
    Block root = new Block(Instruction.BLOCK, new FunctionType("", type.results()));
    List<Block> open = new ArrayList<>(List.of(root));
    while (body.depth() > 0) {
      boolean live = !body.unreachable();
      int depth = body.depth();
      int from = in.offset();
      int height = body.stack().height();
      body.step();
      if (depth > NESTING_MAX) {
        return Optional.empty();
      }
      if (!live && body.depth() > depth) {
        skip(body, depth);
        continue;
      }
      Block innermost = open.get(open.size() - 1);
      List<Node> arm = innermost.arms().get(innermost.arms().size() - 1);
      switch (body.opcode()) {
        case Instruction.END -> {
          innermost.measure();
          open.remove(open.size() - 1);
        }
        case Instruction.ELSE -> innermost.addArm();
        case Instruction.BLOCK, Instruction.LOOP, Instruction.IF -> {
          Block block = new Block(body.opcode(), body.block());
          arm.add(block);
          open.add(block);
        }
        default -> {
          if (live && body.opcode() != Instruction.NOP) {
            arm.add(node(in, from, height, body, open));
          }
        }
      }
    }
    return Optional.of(new CodeTree(root, new StringBuilder(body.locals())));
  }

  /** Passes a block that cannot be reached. */
  private static void skip(BodyReader body, int depth) throws RefusedModule {
    while (body.depth() > depth) {
      body.step();
    }
  }

  private static Node node(WasmReader in, int from, int height, BodyReader body, List<Block> open) {
    return switch (body.opcode()) {
      case Instruction.LOCAL_GET, Instruction.LOCAL_SET, Instruction.LOCAL_TEE ->
          new Node.Local(body.opcode(), body.index(), body.locals().charAt(body.index()));
      case Instruction.BR -> new Node.Branch(label(open, body.index()), false);
      case Instruction.BR_IF -> new Node.Branch(label(open, body.index()), true);
      case Instruction.RETURN -> new Node.Branch(open.get(0), false);
      case Instruction.BR_TABLE -> {
        List<Block> targets = new ArrayList<>();
        for (int label : body.labels()) {
          targets.add(label(open, label));
        }
        yield new Node.Switch(List.copyOf(targets));
      }
      default -> {
        WasmOutput code = new WasmOutput();
        in.copyFrom(from, code);
        OperandStack stack = body.stack();
        boolean ends = body.opcode() == Instruction.UNREACHABLE;
        yield new Node.Op(
            code,
            height - stack.low(),
            ends ? "" : stack.above(stack.low()),
            ends,
            JavaSize.of(body.opcode()));
      }
    };
  }

  private static Block label(List<Block> open, int index) {
    return open.get(open.size() - 1 - index);
  }
}
