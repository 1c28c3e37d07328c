package org.almoner.workload.wasm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run that becomes a function of its own, and the call that takes its place.
 *
 * <p>The function gets the operands and the locals it needs as parameters; those that do not fit,
 * through globals. It gives back the locals that it sets and that are read later, and what its
 * branches carry, through globals too, except for one value that can be its result. When it can be
 * left in several ways its result says which: 0 at its end, else the number of the branch, which is
 * then made where it is called.
 *
 * <p>The globals are read at once after they are set, with no other call between, so all pieces
 * share them, also when they call themselves.
 */
final class Piece {
  /**
   * Most parameters, in slots of a Java method, where i64 and f64 take two. A method may have 255,
   * the engine needs two, and more than some are slower than globals.
   */
  private static final int SLOTS_MAX = 120;

  private static final int MOVE_BY_GLOBAL = 20;
  private static final int EXIT = 24;

  private final Run run;
  private final Splitter module;
  private final StringBuilder locals;
  private final List<Integer> given = new ArrayList<>();
  private final List<Integer> givenByGlobal = new ArrayList<>();
  private final List<Integer> returned = new ArrayList<>();
  private final Map<Block, Integer> codes = new LinkedHashMap<>();
  private final Block body = new Block(Instruction.BLOCK, FunctionType.of(":"));
  private final boolean tells;
  private final String result;
  private final Block out;

  /**
   * @param before locals that are live where the run starts
   * @param after locals that are live behind it
   */
  Piece(
      Run run,
      BitSet before,
      BitSet after,
      Liveness liveness,
      Splitter module,
      StringBuilder locals) {
    this.run = run;
    this.module = module;
    this.locals = locals;
    BitSet needed = run.falls() ? (BitSet) after.clone() : new BitSet();
    List<Block> carrying = new ArrayList<>();
    for (Block target : run.targets()) {
      needed.or(liveness.atLabel(target));
      if (target.carried().isEmpty()) {
        codes.put(target, codes.size() + 1);
      } else {
        carrying.add(target);
      }
    }
    carrying.forEach(target -> codes.put(target, codes.size() + 1));
    BitSet wanted = (BitSet) before.clone();
    wanted.and(run.used());
    int slots = slots(run.operands());
    for (int local : wanted.stream().toArray()) {
      slots += slots(String.valueOf(type(local)));
      (slots <= SLOTS_MAX ? given : givenByGlobal).add(local);
    }
    needed.and(run.written());
    needed.stream().forEach(returned::add);
    tells = codes.size() + (run.falls() ? 1 : 0) > 1;
    result = result();
    out = new Block(Instruction.BLOCK, new FunctionType("", tells ? "i" : ""));
  }

  /** The result that tells the branch to {@code target}. */
  private int code(Block target) {
    return codes.getOrDefault(target, 0);
  }

  private static int slots(String types) {
    return types.length() + (int) types.chars().filter(t -> t == 'l' || t == 'd').count();
  }

  private char type(int local) {
    return locals.charAt(local);
  }

  /** Type of what the function itself gives back, if anything. */
  private String result() {
    if (tells) {
      return "i";
    }
    if (resultIsOperand()) {
      return run.results();
    }
    return resultIsLocal() ? String.valueOf(type(returned.get(0))) : "";
  }

  private boolean resultIsOperand() {
    return !tells && codes.isEmpty() && run.results().length() == 1;
  }

  private boolean resultIsLocal() {
    return !tells && !resultIsOperand() && !returned.isEmpty();
  }

  /** Whether it can be a function: an operand is never given through a global. */
  boolean isPossible() {
    return slots(run.operands()) <= SLOTS_MAX;
  }

  /** Estimated octets of Java code of the call and all around it. */
  int callSize() {
    return JavaSize.CALL
        + given.size() * JavaSize.LOCAL
        + (givenByGlobal.size() + returned.size()) * MOVE_BY_GLOBAL / 2
        + codes.size() * EXIT / 2;
  }

  /** Estimated octets of Java code that cutting adds, on both sides. */
  int cost() {
    return 2 * callSize();
  }

  /** Makes the function, and gives what stands in the place of the run. */
  Node.Group cut() {
    Slots slots = new Slots();
    List<Integer> handBack = new ArrayList<>();
    for (int i = resultIsLocal() ? 1 : 0; i < returned.size(); i++) {
      handBack.add(slots.next(type(returned.get(i))));
    }
    int function = write(slots, handBack);
    return call(function, slots, handBack);
  }

  // ---- the function

  private int write(Slots slots, List<Integer> handBack) {
    StringBuilder params = new StringBuilder(run.operands());
    List<Integer> order = new ArrayList<>();
    List<Node> start = new ArrayList<>();
    for (char type : run.operands().toCharArray()) {
      int local = fresh(type);
      order.add(local);
      start.add(Emit.get(local, type));
    }
    for (int local : given) {
      params.append(type(local));
      order.add(local);
    }
    List<Node> code = new ArrayList<>();
    Slots entry = new Slots();
    for (int local : givenByGlobal) {
      code.add(Emit.getGlobal(entry.next(type(local)), type(local)));
      code.add(Emit.set(local, type(local)));
    }
    start.addAll(rewritten(run.nodes(), slots));
    if (codes.isEmpty()) {
      code.addAll(start);
      if (run.falls() && !resultIsOperand()) {
        toGlobals(run.results(), slots, code);
      }
    } else {
      if (run.falls()) {
        toGlobals(run.results(), slots, start);
        start.add(Emit.constant(0));
      }
      code.add(Emit.fill(out, start));
    }
    if (run.falls() || !codes.isEmpty()) {
      int first = resultIsLocal() ? 1 : 0;
      for (int i = first; i < returned.size(); i++) {
        code.add(Emit.get(returned.get(i), type(returned.get(i))));
        code.add(Emit.setGlobal(handBack.get(i - first)));
      }
      if (resultIsLocal()) {
        code.add(Emit.get(returned.get(0), type(returned.get(0))));
      }
    }
    Emit.fill(body, code);
    return module.add(new FunctionType(params.toString(), result), order, body, locals);
  }

  private int fresh(char type) {
    locals.append(type);
    return locals.length() - 1;
  }

  /** Moves the values on the stack, whose types are {@code types}, to globals. */
  private static void toGlobals(String types, Slots slots, List<Node> code) {
    List<Integer> places = slots.places(types);
    for (int i = places.size() - 1; i >= 0; i--) {
      code.add(Emit.setGlobal(places.get(i)));
    }
  }

  private static void fromGlobals(String types, Slots slots, List<Node> code) {
    List<Integer> places = slots.places(types);
    for (int i = 0; i < places.size(); i++) {
      code.add(Emit.getGlobal(places.get(i), types.charAt(i)));
    }
  }

  private List<Node> rewritten(List<Node> nodes, Slots slots) {
    List<Node> result = new ArrayList<>();
    for (Node node : nodes) {
      if (node instanceof Node.Branch branch && codes.containsKey(branch.target())) {
        result.add(exit(branch, slots));
      } else if (node instanceof Node.Switch choice
          && choice.targets().stream().anyMatch(codes::containsKey)) {
        result.add(exit(choice, slots));
      } else if (node instanceof Node.Group group) {
        result.add(
            new Node.Group(
                rewritten(group.nodes(), slots), group.pops(), group.pushes(), group.ends()));
      } else if (node instanceof Block block) {
        block.replaceArms(arm -> rewritten(arm, slots));
        result.add(block);
      } else {
        result.add(node);
      }
    }
    return result;
  }

  /**
   * Leaves the function as if by a branch to {@code target}; the values carried are on the stack.
   */
  private List<Node> leave(Block target, Slots slots) {
    List<Node> code = new ArrayList<>();
    toGlobals(target.carried(), slots, code);
    if (tells) {
      code.add(Emit.constant(code(target)));
    }
    code.add(new Node.Branch(out, false));
    return code;
  }

  private Node exit(Node.Branch branch, Slots slots) {
    Block target = branch.target();
    String carried = target.carried();
    if (!branch.conditional()) {
      return new Node.Group(leave(target, slots), carried.length(), "", true);
    }
    List<Node> code = new ArrayList<>();
    List<Node> taken = new ArrayList<>();
    List<Node> kept = new ArrayList<>();
    if (!carried.isEmpty()) {
      int condition = fresh('i');
      code.add(Emit.set(condition, 'i'));
      keep(carried, code, kept);
      code.add(Emit.get(condition, 'i'));
      taken.addAll(kept);
    }
    taken.addAll(leave(target, slots));
    code.add(Emit.block(Instruction.IF, "", taken));
    code.addAll(kept);
    return new Node.Group(code, carried.length() + 1, carried, false);
  }

  /** Takes values off the stack into new locals; {@code kept} brings them back. */
  private void keep(String types, List<Node> code, List<Node> kept) {
    for (int i = types.length() - 1; i >= 0; i--) {
      int local = fresh(types.charAt(i));
      code.add(Emit.set(local, types.charAt(i)));
      kept.add(0, Emit.get(local, types.charAt(i)));
    }
  }

  /** For each way out a block is opened around the switch; behind its end the function is left. */
  private Node exit(Node.Switch choice, Slots slots) {
    String carried = choice.targets().get(0).carried();
    List<Node> start = new ArrayList<>();
    List<Node> kept = new ArrayList<>();
    int index = fresh('i');
    start.add(Emit.set(index, 'i'));
    keep(carried, start, kept);
    kept.add(Emit.get(index, 'i'));
    Map<Block, Block> doors = new LinkedHashMap<>();
    List<Block> targets = new ArrayList<>();
    for (Block target : choice.targets()) {
      targets.add(
          codes.containsKey(target)
              ? doors.computeIfAbsent(
                  target, t -> new Block(Instruction.BLOCK, new FunctionType("", carried)))
              : target);
    }
    List<Node> inner = kept;
    inner.add(new Node.Switch(List.copyOf(targets)));
    for (Map.Entry<Block, Block> door : doors.entrySet()) {
      List<Node> outer = new ArrayList<>();
      outer.add(Emit.fill(door.getValue(), inner));
      outer.addAll(leave(door.getKey(), slots));
      inner = outer;
    }
    start.addAll(inner);
    return new Node.Group(start, carried.length() + 1, "", true);
  }

  // ---- the call

  private Node.Group call(int function, Slots slots, List<Integer> handBack) {
    List<Node> code = new ArrayList<>();
    Slots entry = new Slots();
    for (int local : givenByGlobal) {
      code.add(Emit.get(local, type(local)));
      code.add(Emit.setGlobal(entry.next(type(local))));
    }
    StringBuilder params = new StringBuilder(run.operands());
    for (int local : given) {
      params.append(type(local));
      code.add(Emit.get(local, type(local)));
    }
    code.add(Emit.call(function, new FunctionType(params.toString(), result)));
    int way = tells ? fresh('i') : 0;
    if (tells) {
      code.add(Emit.set(way, 'i'));
    }
    int first = resultIsLocal() ? 1 : 0;
    if (resultIsLocal()) {
      code.add(Emit.set(returned.get(0), type(returned.get(0))));
    }
    for (int i = first; i < returned.size(); i++) {
      code.add(Emit.getGlobal(handBack.get(i - first), type(returned.get(i))));
      code.add(Emit.set(returned.get(i), type(returned.get(i))));
    }
    branches(way, slots, code);
    if (run.falls() && !resultIsOperand()) {
      fromGlobals(run.results(), slots, code);
    }
    return new Node.Group(code, run.operands().length(), run.results(), !run.falls());
  }

  private void branches(int way, Slots slots, List<Node> code) {
    if (!tells) {
      for (Block target : codes.keySet()) {
        fromGlobals(target.carried(), slots, code);
        code.add(new Node.Branch(target, false));
      }
      if (codes.isEmpty() && !run.falls()) {
        code.add(Emit.unreachable());
      }
      return;
    }
    List<Block> bare = codes.keySet().stream().filter(t -> t.carried().isEmpty()).toList();
    if (bare.size() == 1 && codes.size() == 1) {
      code.add(Emit.get(way, 'i'));
      code.add(new Node.Branch(bare.get(0), true));
      return;
    }
    if (!bare.isEmpty()) {
      Block end = new Block(Instruction.BLOCK, FunctionType.of(":"));
      List<Block> targets = new ArrayList<>();
      targets.add(end);
      targets.addAll(bare);
      targets.add(end);
      code.add(Emit.fill(end, List.of(Emit.get(way, 'i'), new Node.Switch(List.copyOf(targets)))));
    }
    for (Block target : codes.keySet()) {
      if (!target.carried().isEmpty()) {
        List<Node> taken = new ArrayList<>();
        fromGlobals(target.carried(), slots, taken);
        taken.add(new Node.Branch(target, false));
        code.add(Emit.get(way, 'i'));
        code.add(Emit.constant(code(target)));
        code.add(Emit.equal());
        code.add(Emit.block(Instruction.IF, "", taken));
      }
    }
    if (!run.falls()) {
      code.add(Emit.unreachable());
    }
  }

  /** Hands out globals: each once, but for what different ways out carry. */
  private final class Slots {
    private final Map<Character, Integer> next = new LinkedHashMap<>();

    int next(char type) {
      int number = next.merge(type, 1, Integer::sum) - 1;
      return module.global(type, number);
    }

    /** Places for the values that one way out carries; other ways out may have the same ones. */
    List<Integer> places(String types) {
      Slots after = new Slots();
      after.next.putAll(next);
      List<Integer> places = new ArrayList<>();
      types.chars().forEach(type -> places.add(after.next((char) type)));
      return places;
    }
  }
}
