package org.almoner.workload.wasm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A {@code block}, {@code loop} or {@code if}, and a label that branches name. Two blocks are the
 * same only if they are the same object.
 */
final class Block implements Node {
  private final int opcode;
  private final FunctionType type;
  private final List<List<Node>> arms = new ArrayList<>();
  private int size = JavaSize.BLOCK;

  /** Locals that are read behind the block before they are set; see {@link Liveness}. */
  BitSet liveAfter = new BitSet();

  /** The same for the place that a branch to the block leads to. */
  BitSet liveAtLabel = new BitSet();

  /** An empty block, which has one arm; an {@code if} may get a second one. */
  Block(int opcode, FunctionType type) {
    this.opcode = opcode;
    this.type = type;
    addArm();
  }

  int opcode() {
    return opcode;
  }

  FunctionType type() {
    return type;
  }

  /** The code inside; two sequences for an {@code if} with an {@code else}. */
  List<List<Node>> arms() {
    return arms;
  }

  void addArm() {
    arms.add(new ArrayList<>());
  }

  boolean isLoop() {
    return opcode == Instruction.LOOP;
  }

  /** Types of what a branch to the label carries. */
  String carried() {
    return isLoop() ? type.params() : type.results();
  }

  /** Changes each sequence inside. */
  void replaceArms(UnaryOperator<List<Node>> change) {
    arms.replaceAll(change);
    measure();
  }

  /** Adds up its size again, after what is inside has changed. */
  void measure() {
    size = JavaSize.BLOCK;
    for (List<Node> arm : arms) {
      size += size(arm);
    }
  }

  static int size(List<Node> nodes) {
    int size = 0;
    for (Node node : nodes) {
      size += node.size();
    }
    return size;
  }

  static boolean ends(List<Node> nodes) {
    return !nodes.isEmpty() && nodes.get(nodes.size() - 1).ends();
  }

  @Override
  public int pops() {
    return type.params().length() + (opcode == Instruction.IF ? 1 : 0);
  }

  @Override
  public String pushes() {
    return type.results();
  }

  /** What follows a block may be reached by a branch to it. */
  @Override
  public boolean ends() {
    return false;
  }

  @Override
  public int size() {
    return size;
  }
}
