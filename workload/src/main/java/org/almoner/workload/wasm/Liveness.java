package org.almoner.workload.wasm;

import java.util.BitSet;
import java.util.List;

/**
 * Which locals may still be read before they are set again, at the labels of a function's blocks.
 *
 * <p>Walks the code backwards until nothing changes. When that would take too long every local
 * counts as live everywhere, which is never wrong.
 */
final class Liveness {
  /** Walks over the whole code: one more than loops are nested in real code, and some. */
  private static final int WALKS_MAX = 40;

  /** Steps of a walk for each octet of Java code, beside those of a set of locals. */
  private static final int STEPS_PER_OCTET = 4;

  /** Octets of the sets that are kept, two for each block: 64 MiB. */
  private static final long SETS_MAX = 64L << 20;

  private final BitSet all = new BitSet();
  private boolean changed;
  private boolean known;

  /** Finds out about the code in {@code root}, as far as {@code effort} goes. */
  Liveness(Block root, int locals, Effort effort) {
    all.set(0, locals);
    known = (long) blocks(root) * locals / 4 <= SETS_MAX;
    for (int i = 0; i < WALKS_MAX && known; i++) {
      if (!effort.spend(steps(root.size(), locals))) {
        break;
      }
      changed = false;
      before(root.arms().get(0), new BitSet());
      if (!changed) {
        return;
      }
    }
    known = false;
  }

  /** What a walk costs over code of the estimated size {@code size}. */
  static long steps(int size, int locals) {
    return (long) size * (STEPS_PER_OCTET + locals / Long.SIZE);
  }

  private static int blocks(Block block) {
    int count = 1;
    for (List<Node> arm : block.arms()) {
      for (Node node : arm) {
        count += node instanceof Block inner ? blocks(inner) : 0;
      }
    }
    return count;
  }

  /** What is live where {@code block} is left by falling out of it. */
  BitSet after(Block block) {
    return known ? block.liveAfter : all;
  }

  /** What is live where a branch to {@code block} leads. */
  BitSet atLabel(Block block) {
    return known ? block.liveAtLabel : all;
  }

  /** What is live before {@code nodes}, when {@code after} is live behind them. */
  BitSet before(List<Node> nodes, BitSet after) {
    if (!known) {
      return (BitSet) all.clone(); // a body too large to keep a set for each of its blocks
    }
    BitSet live = (BitSet) after.clone();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      live = before(nodes.get(i), live);
    }
    return live;
  }

  /** May change and return {@code live}. */
  private BitSet before(Node node, BitSet live) {
    if (node instanceof Node.Local local) {
      live.set(local.local(), local.reads());
    } else if (node instanceof Node.Branch branch) {
      if (!branch.conditional()) {
        live.clear();
      }
      live.or(atLabel(branch.target()));
    } else if (node instanceof Node.Switch choice) {
      live.clear();
      choice.targets().forEach(target -> live.or(atLabel(target)));
    } else if (node instanceof Node.Group group) {
      return before(group.nodes(), live);
    } else if (node instanceof Block block) {
      return before(block, live);
    } else if (node.ends()) {
      live.clear();
    }
    return live;
  }

  private BitSet before(Block block, BitSet after) {
    add(block.liveAfter, after);
    if (!block.isLoop()) {
      add(block.liveAtLabel, after);
    }
    BitSet live = new BitSet();
    for (List<Node> arm : block.arms()) {
      live.or(before(arm, block.liveAfter));
    }
    if (block.isLoop()) {
      add(block.liveAtLabel, live);
    } else if (block.opcode() == Instruction.IF && block.arms().size() == 1) {
      live.or(after);
    }
    return live;
  }

  private void add(BitSet known, BitSet more) {
    int size = known.cardinality();
    known.or(more);
    changed |= known.cardinality() != size;
  }
}
