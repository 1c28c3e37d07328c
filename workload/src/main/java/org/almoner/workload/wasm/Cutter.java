package org.almoner.workload.wasm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts pieces out of one function until it is small enough, or cannot become smaller.
 *
 * <p>From the inside out: a block is made to fit before what is around it. A sequence that is too
 * large is divided into runs; those that save most and cost least are cut out. Where a loop fits it
 * stays whole, so that what runs most often is not interrupted by calls.
 */
final class Cutter {
  /** Of the limit, how much the largest run may have: what is added around it takes the rest. */
  private static final int RUN_PERCENT = 75;

  /** A block of this part of the largest run, in percent, is a run of its own. */
  private static final int BLOCK_PERCENT = 25;

  /**
   * Rounds over one sequence: calls of pieces are cut out in their turn when there are too many.
   */
  private static final int ROUNDS_MAX = 8;

  /** A run whose cutting saves less stays. */
  private static final int SAVED_MIN = 24;

  private static final int STEPS_PER_OPERAND = 4;

  private final Splitter module;
  private final Liveness liveness;
  private final StringBuilder locals;
  private final int limit;
  private final Effort effort;

  Cutter(Splitter module, Liveness liveness, StringBuilder locals, int limit, Effort effort) {
    this.module = module;
    this.liveness = liveness;
    this.locals = locals;
    this.limit = limit;
    this.effort = effort;
  }

  /** Makes {@code block} fit. */
  void cut(Block block) {
    for (List<Node> arm : block.arms()) {
      for (Node node : arm) {
        if (node instanceof Block inner && inner.size() > limit) {
          cut(inner);
        }
      }
    }
    block.replaceArms(arm -> fitted(block, arm, limit));
    if (block.size() > limit) { // the two arms of an if, together
      block.replaceArms(arm -> fitted(block, arm, limit / 2));
    }
  }

  private List<Node> fitted(Block owner, List<Node> arm, int most) {
    List<Node> nodes = arm;
    for (int round = 0; round < ROUNDS_MAX; round++) {
      int excess = Block.size(nodes) - most;
      boolean wanted = excess > 0 && effort.spend(steps(nodes));
      List<Choice> choices = wanted ? choices(owner, nodes) : List.of();
      if (choices.isEmpty()) {
        break;
      }
      nodes = without(nodes, choices, excess);
    }
    return nodes;
  }

  /** What it costs to look for choices: the code is walked over, and the operands are moved. */
  private long steps(List<Node> nodes) {
    long steps = Liveness.steps(Block.size(nodes), locals.length());
    for (Node node : nodes) {
      steps += (long) STEPS_PER_OPERAND * (node.pops() + node.pushes().length());
    }
    return steps;
  }

  /** A run from one place of a sequence to another, with what is on the operand stack before it. */
  private record Span(int from, int to, String stack) {}

  /** A span that can be cut out. */
  private record Choice(Span span, Piece piece, int saved) {}

  /** Cuts the best of {@code choices} until enough is saved. What is cut is changed for good. */
  private static List<Node> without(List<Node> nodes, List<Choice> choices, int excess) {
    choices.sort(
        Comparator.comparingInt((Choice choice) -> choice.saved() - choice.piece().cost())
            .reversed()
            .thenComparingInt(choice -> choice.span().from()));
    List<Choice> chosen = new ArrayList<>();
    int left = excess;
    for (Choice choice : choices) {
      if (left <= 0) {
        break;
      }
      chosen.add(choice);
      left -= choice.saved();
    }
    chosen.sort(Comparator.comparingInt(choice -> choice.span().from()));
    List<Node> result = new ArrayList<>();
    int at = 0;
    for (Choice choice : chosen) {
      result.addAll(nodes.subList(at, choice.span().from()));
      result.add(choice.piece().cut());
      at = choice.span().to();
    }
    result.addAll(nodes.subList(at, nodes.size()));
    return result;
  }

  private List<Choice> choices(Block owner, List<Node> nodes) {
    List<Span> spans = spans(owner, nodes);
    List<Choice> choices = new ArrayList<>();
    BitSet live = liveness.after(owner);
    int at = nodes.size();
    for (int i = spans.size() - 1; i >= 0; i--) {
      Span span = spans.get(i);
      BitSet after = liveness.before(nodes.subList(span.to(), at), live);
      List<Node> inside = List.copyOf(nodes.subList(span.from(), span.to()));
      BitSet before = liveness.before(inside, after);
      Piece piece =
          new Piece(new Run(inside, span.stack()), before, after, liveness, module, locals);
      int size = Block.size(inside);
      int saved = size - piece.callSize();
      // what is too large by itself would be as much too large in a function of its own
      if (size <= limit && saved >= SAVED_MIN && piece.isPossible()) {
        choices.add(new Choice(span, piece, saved));
      }
      live = before;
      at = span.from();
    }
    return choices;
  }

  private List<Span> spans(Block owner, List<Node> nodes) {
    int most = limit * RUN_PERCENT / 100;
    int large = most * BLOCK_PERCENT / 100;
    List<Span> spans = new ArrayList<>();
    StringBuilder stack = new StringBuilder(owner.type().params());
    int from = 0;
    while (from < nodes.size()) {
      int to = end(nodes, from, stack.length(), most, large);
      spans.add(new Span(from, to, stack.toString()));
      for (Node node : nodes.subList(from, to)) {
        if (!node.ends()) {
          stack.setLength(stack.length() - node.pops());
          stack.append(node.pushes());
        }
      }
      from = to;
    }
    return spans;
  }

  /**
   * Where the run that starts at {@code from} ends: where the operand stack is lowest in its second
   * half, and late.
   */
  private static int end(List<Node> nodes, int from, int height, int most, int large) {
    if (isLarge(nodes.get(from), large)) {
      return from + 1;
    }
    int size = 0;
    int at = from;
    int now = height;
    int best = from + 1;
    int lowest = Integer.MAX_VALUE;
    while (at < nodes.size() && !isLarge(nodes.get(at), large)) {
      Node node = nodes.get(at);
      size += node.size();
      if (size > most && at > from) {
        break;
      }
      now += node.pushes().length() - node.pops();
      at++;
      if (now <= lowest && (size > most / 2 || at == nodes.size())) {
        lowest = now;
        best = at;
      } else if (size <= most / 2) {
        best = at;
      }
    }
    return best;
  }

  private static boolean isLarge(Node node, int large) {
    return node instanceof Block && node.size() >= large;
  }
}
