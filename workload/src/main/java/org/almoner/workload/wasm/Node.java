package org.almoner.workload.wasm;

import java.util.List;

/**
 * A piece of code that is one place in a sequence: an instruction, a block with all that is in it,
 * or some instructions that must stay together.
 *
 * <p>Branches name the {@link Block} they leave or repeat, not how many are between, so code can be
 * moved. Local variables are named by numbers that stay the same wherever code is moved.
 */
sealed interface Node permits Node.Op, Node.Local, Node.Branch, Node.Switch, Node.Group, Block {

  /** Values it takes off the operand stack. */
  int pops();

  /** Types of the values it leaves there. */
  String pushes();

  /** Whether what stands behind it is never reached from it. */
  boolean ends();

  /** Estimated octets of Java code. */
  int size();

  /** An instruction that names neither label nor local, as it is written. */
  record Op(WasmOutput code, int pops, String pushes, boolean ends, int size) implements Node {}

  /** Reads or sets a local. */
  record Local(int opcode, int local, char type) implements Node {
    boolean reads() {
      return opcode == Instruction.LOCAL_GET;
    }

    @Override
    public int pops() {
      return reads() ? 0 : 1;
    }

    @Override
    public String pushes() {
      return opcode == Instruction.LOCAL_SET ? "" : String.valueOf(type);
    }

    @Override
    public boolean ends() {
      return false;
    }

    @Override
    public int size() {
      return opcode == Instruction.LOCAL_TEE ? JavaSize.LOCAL + 1 : JavaSize.LOCAL;
    }
  }

  /** {@code br}, or {@code br_if} when conditional. */
  record Branch(Block target, boolean conditional) implements Node {
    @Override
    public int pops() {
      return target.carried().length() + (conditional ? 1 : 0);
    }

    @Override
    public String pushes() {
      return conditional ? target.carried() : "";
    }

    @Override
    public boolean ends() {
      return !conditional;
    }

    @Override
    public int size() {
      return JavaSize.BRANCH;
    }
  }

  /** {@code br_table}; the last target is the default. */
  record Switch(List<Block> targets) implements Node {
    @Override
    public int pops() {
      return targets.get(0).carried().length() + 1;
    }

    @Override
    public String pushes() {
      return "";
    }

    @Override
    public boolean ends() {
      return true;
    }

    @Override
    public int size() {
      return JavaSize.SWITCH + targets.size() * JavaSize.SWITCH_LABEL;
    }
  }

  /** Instructions that stay together. */
  record Group(List<Node> nodes, int pops, String pushes, boolean ends, int size) implements Node {
    Group(List<Node> nodes, int pops, String pushes, boolean ends) {
      this(List.copyOf(nodes), pops, pushes, ends, Block.size(nodes));
    }
  }
}
