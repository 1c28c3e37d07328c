package org.almoner.workload.wasm;

import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Some nodes in a row that may become a function of their own: what they need and what they leave.
 */
final class Run {
  private final List<Node> nodes;
  private final String operands;
  private final String results;
  private final BitSet used = new BitSet();
  private final BitSet written = new BitSet();
  private final Set<Block> inside = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Block> targets = new LinkedHashSet<>();

  /**
   * @param before types of the operand stack where they start
   */
  Run(List<Node> nodes, String before) {
    this.nodes = nodes;
    StringBuilder stack = new StringBuilder(before);
    int low = stack.length();
    for (Node node : nodes) {
      low = Math.min(low, stack.length() - node.pops());
      stack.setLength(stack.length() - node.pops());
      stack.append(node.pushes());
      scan(node);
    }
    this.operands = before.substring(low);
    this.results = Block.ends(nodes) ? "" : stack.substring(low);
    targets.removeAll(inside);
  }

  private void scan(Node node) {
    if (node instanceof Node.Local local) {
      used.set(local.local());
      if (!local.reads()) {
        written.set(local.local());
      }
    } else if (node instanceof Node.Branch branch) {
      targets.add(branch.target());
    } else if (node instanceof Node.Switch choice) {
      targets.addAll(choice.targets());
    } else if (node instanceof Node.Group group) {
      group.nodes().forEach(this::scan);
    } else if (node instanceof Block block) {
      inside.add(block);
      block.arms().forEach(arm -> arm.forEach(this::scan));
    }
  }

  List<Node> nodes() {
    return nodes;
  }

  /** Types of the values it takes off the operand stack. */
  String operands() {
    return operands;
  }

  /** Types of the values it leaves on the operand stack when it is left at its end. */
  String results() {
    return results;
  }

  /** Whether it can be left at its end. */
  boolean falls() {
    return !Block.ends(nodes);
  }

  /** The blocks around it that it branches to, in the order of the first branches. */
  Set<Block> targets() {
    return targets;
  }

  /** Locals that it reads or sets. */
  BitSet used() {
    return used;
  }

  /** Locals that it sets. */
  BitSet written() {
    return written;
  }
}
