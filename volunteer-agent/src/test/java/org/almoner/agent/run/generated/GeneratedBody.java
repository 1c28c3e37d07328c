package org.almoner.agent.run.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.almoner.agent.run.generated.GeneratedModule.Function;

/** Makes up the body of one function: statements that leave nothing, expressions that leave one. */
final class GeneratedBody {
  private static final int DEPTH = 5;
  private static final int I32 = 0x41;

  /** What a branch to a label carries; labels that must not be branched to carry {@link #NEVER}. */
  private static final String NEVER = "never";

  /** Stands for a local that only its own statement uses. */
  private static final char RESERVED = 'I';

  private final GeneratedModule module;
  private final RandomGenerator random;
  private final Function function;
  private final StringBuilder locals;
  private final List<String> labels = new ArrayList<>();
  private final Octets out = new Octets();
  private int left;

  GeneratedBody(GeneratedModule module, Function function) {
    this.module = module;
    this.random = module.random();
    this.function = function;
    this.locals = new StringBuilder(function.params());
    for (int i = random.nextInt(12); i > 0; i--) {
      locals.append("ilfd".charAt(random.nextInt(4)));
    }
    locals.append("ilfd");
  }

  /** The body with its locals, of about {@code instructions}. */
  Octets build(int instructions) {
    left = instructions;
    labels.add(function.results());
    fuel();
    while (left > 0) {
      statement(DEPTH);
    }
    values(function.results(), 2);
    if (random.nextInt(4) == 0) {
      out.put(0x0f);
    }
    out.put(0x0b);
    Octets body = new Octets().unsigned(locals.length() - function.params().length());
    for (char type : locals.substring(function.params().length()).toCharArray()) {
      body.put(1, GeneratedModule.code(type == RESERVED ? 'i' : type));
    }
    return body.put(out);
  }

  /** Returns constants once too many calls were made, so that every run ends. */
  private void fuel() {
    out.put(0x23, GeneratedModule.FUEL, 0x45, 0x04, 0x40); // global.get, i32.eqz, if
    function.results().chars().forEach(t -> Numbers.constant((char) t, random, out));
    out.put(0x0f, 0x0b, 0x23, GeneratedModule.FUEL, I32, 1, 0x6b, 0x24, GeneratedModule.FUEL);
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private int local(char type) {
    int at = locals.indexOf(String.valueOf(type), random.nextInt(locals.length()));
    return at >= 0 ? at : locals.indexOf(String.valueOf(type));
  }

  /** A local, an i32, that no other statement sets. */
  private int reserved() {
    locals.append(RESERVED);
    return locals.length() - 1;
  }

  private static int global(char type) {
    return 1 + "ilfd".indexOf(type);
  }

  private char anyType() {
    return "ilfd".charAt(random.nextInt(4));
  }

  private String anyTypes(int most) {
    StringBuilder types = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      types.append(anyType());
    }
    return types.toString();
  }

  // ---- expressions

  private void values(String types, int depth) {
    types.chars().forEach(type -> expression((char) type, depth));
  }

  private void expression(char type, int depth) {
    left--;
    if (depth <= 0 || left <= 0) {
      leaf(type);
      return;
    }
    switch (random.nextInt(16)) {
      case 0, 1 -> leaf(type);
      case 2 -> load(type, depth);
      case 3 -> select(type, depth);
      case 4 -> block(String.valueOf(type), depth);
      case 5 -> choice(String.valueOf(type), depth);
      case 6 -> call(type, depth);
      case 7 -> {
        expression(type, depth - 1);
        out.put(0x22).unsigned(local(type));
      }
      case 8 -> {
        if (type == 'i') {
          state(depth);
        } else {
          operation(type, depth);
        }
      }
      default -> operation(type, depth);
    }
  }

  private void leaf(char type) {
    switch (random.nextInt(4)) {
      case 0 -> Numbers.constant(type, random, out);
      case 1 -> out.put(0x23).unsigned(global(type));
      default -> out.put(0x20).unsigned(local(type));
    }
  }

  private void operation(char type, int depth) {
    List<Numbers.Operation> fitting =
        Numbers.ALL.stream().filter(operation -> operation.result() == type).toList();
    Numbers.Operation operation = fitting.get(random.nextInt(fitting.size()));
    boolean safe = operation.mayTrap() && !oneIn(60);
    if (safe && operation.divides()) {
      expression(type, depth - 1);
      expression(type, depth - 1);
      if (type == 'i') {
        out.put(I32).signed(0x7f).put(0x71, I32, 1, 0x72); // and 127, or 1
      } else {
        out.put(0x42).signed(0x7f).put(0x83, 0x42, 1, 0x84);
      }
    } else if (safe) {
      expression('i', depth - 1);
      out.put(I32).signed(0x7fff).put(0x71); // what every integer type holds
      out.put(operation.operands().equals("f") ? 0xb2 : 0xb7); // converted from i32
    } else {
      values(operation.operands(), depth - 1);
    }
    operation.write(out);
  }

  /** An address within the octets that are looked at in the end; seldom any address. */
  private void address(int depth) {
    expression('i', depth - 1);
    if (!oneIn(200)) {
      out.put(I32).signed(GeneratedModule.WORK_OCTETS - 129).put(0x71);
    }
  }

  private void load(char type, int depth) {
    address(depth);
    int[] opcodes =
        switch (type) {
          case 'i' -> new int[] {0x28, 0x2c, 0x2d, 0x2e, 0x2f};
          case 'l' -> new int[] {0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35};
          case 'f' -> new int[] {0x2a};
          default -> new int[] {0x2b};
        };
    out.put(opcodes[random.nextInt(opcodes.length)], 0).unsigned(random.nextInt(121));
  }

  private void store(int depth) {
    char type = anyType();
    address(depth);
    expression(type, depth - 1);
    int[] opcodes =
        switch (type) {
          case 'i' -> new int[] {0x36, 0x3a, 0x3b};
          case 'l' -> new int[] {0x37, 0x3c, 0x3d, 0x3e};
          case 'f' -> new int[] {0x38};
          default -> new int[] {0x39};
        };
    out.put(opcodes[random.nextInt(opcodes.length)], 0).unsigned(random.nextInt(121));
  }

  private void select(char type, int depth) {
    expression(type, depth - 1);
    expression(type, depth - 1);
    expression('i', depth - 1);
    if (oneIn(2)) {
      out.put(0x1b);
    } else {
      out.put(0x1c, 1, GeneratedModule.code(type));
    }
  }

  /** What depends on memory, table and references. */
  private void state(int depth) {
    switch (random.nextInt(6)) {
      case 0 -> out.put(0x3f, 0);
      case 1 -> {
        expression('i', depth - 1);
        out.put(I32, 1, 0x71, 0x40, 0); // memory.grow by 0 or 1
      }
      case 2 -> out.put(0xfc, 16, 0);
      case 3 -> {
        entry(depth);
        out.put(0x25, 0, 0xd1); // table.get, ref.is_null
      }
      case 4 -> {
        out.put(0xd0, 0x70);
        expression('i', depth - 1);
        out.put(I32, 1, 0x71, 0xfc, 15, 0); // table.grow by 0 or 1
      }
      default -> out.put(0x23).unsigned(GeneratedModule.GLOBALS.length()).put(0xd1);
    }
  }

  private void entry(int depth) {
    expression('i', depth - 1);
    out.put(I32, GeneratedModule.TABLE_ENTRIES - 1, 0x71);
  }

  /** A call of a function that gives the type, by name or through the table. */
  private void call(char type, int depth) {
    for (int i = 0; i < module.functions().size(); i++) {
      Function callee = module.functions().get(i);
      if (callee.results().equals(String.valueOf(type)) && oneIn(2)) {
        call(i, depth);
        return;
      }
    }
    operation(type, depth);
  }

  private void call(int callee, int depth) {
    Function type = module.functions().get(callee);
    values(type.params(), depth - 1);
    if (oneIn(2)) {
      out.put(0x10).unsigned(GeneratedModule.IMPORTS + callee);
    } else {
      // seldom a wrong entry, which traps
      out.put(I32).signed(oneIn(100) ? random.nextInt(9) : callee);
      out.put(0x11).unsigned(module.type(type.params(), type.results())).put(0);
    }
  }

  // ---- blocks

  private void open(int opcode, String params, String results, String carried) {
    out.put(opcode);
    if (params.isEmpty() && results.isEmpty()) {
      out.put(0x40);
    } else if (params.isEmpty() && results.length() == 1) {
      out.put(GeneratedModule.code(results.charAt(0)));
    } else {
      out.signed(module.type(params, results));
    }
    labels.add(carried);
  }

  private void close() {
    out.put(0x0b);
    labels.remove(labels.size() - 1);
  }

  private void statements(int depth) {
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      statement(depth - 1);
    }
  }

  /** Values on the stack go into locals, or nowhere. */
  private void take(String types) {
    for (int i = types.length() - 1; i >= 0; i--) {
      if (oneIn(3)) {
        out.put(0x1a);
      } else {
        out.put(0x21).unsigned(local(types.charAt(i)));
      }
    }
  }

  /**
   * Types of what a block takes: of most blocks nothing. Nothing branches out to the end of those
   * that do: Endive 1.0.0 does not compile it if other values lie on the stack.
   */
  private String parameters() {
    return oneIn(3) ? anyTypes(3) : "";
  }

  /** A block with results. */
  private void block(String results, int depth) {
    String params = parameters();
    values(params, depth - 1);
    open(0x02, params, results, params.isEmpty() ? results : NEVER);
    take(params);
    statements(depth);
    values(results, depth - 1);
    if (params.isEmpty() && oneIn(2)) { // leaves with its results, or goes on and gives them again
      expression('i', depth - 1);
      out.put(0x0d, 0);
      take(results);
      statements(depth);
      values(results, depth - 1);
    }
    close();
  }

  private void choice(String results, int depth) {
    String params = parameters();
    values(params, depth - 1);
    expression('i', depth - 1);
    open(0x04, params, results, params.isEmpty() ? results : NEVER);
    take(params);
    statements(depth);
    values(results, depth - 1);
    out.put(0x05);
    take(params);
    statements(depth);
    values(results, depth - 1);
    close();
  }

  /** A loop that turns a few times, and may hand values from turn to turn. */
  private void loop(int depth) {
    int turns = reserved();
    out.put(I32).signed(1 + random.nextInt(4)).put(0x21).unsigned(turns);
    String carried = oneIn(2) ? anyTypes(2) : "";
    values(carried, depth - 1);
    open(0x03, carried, carried, NEVER);
    take(carried);
    statements(depth);
    values(carried, depth - 1);
    out.put(0x20).unsigned(turns).put(I32, 1, 0x6b, 0x22).unsigned(turns);
    out.put(0x0d, 0); // br_if to the head, with the values
    close();
    take(carried);
  }

  /** Traps for one number of all. */
  private void trap(int depth) {
    expression('i', depth - 1);
    out.put(I32).signed(random.nextInt()).put(0x46);
    open(0x04, "", "", NEVER);
    out.put(0x00);
    close();
  }

  /** A branch, conditional or not or by table, to any label that is allowed. */
  private void branch(int depth) {
    List<Integer> allowed = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      if (!labels.get(labels.size() - 1 - i).equals(NEVER)) {
        allowed.add(i);
      }
    }
    int label = allowed.get(random.nextInt(allowed.size()));
    String carried = labels.get(labels.size() - 1 - label);
    values(carried, depth - 1);
    expression('i', depth - 1);
    if (oneIn(2)) {
      out.put(0x0d).unsigned(label);
      take(carried);
      return;
    }
    // if taken: a table of labels that carry the same
    List<Integer> same =
        allowed.stream().filter(i -> labels.get(labels.size() - 1 - i).equals(carried)).toList();
    int index = reserved();
    out.put(0x21).unsigned(index);
    take(carried);
    out.put(0x20).unsigned(index).put(I32, 3, 0x71, 0x45);
    open(0x04, "", "", NEVER);
    values(carried, depth - 1);
    if (oneIn(3)) {
      out.put(0x0c).unsigned(1 + label);
      statements(depth); // never reached
      close();
      return;
    }
    out.put(0x20).unsigned(index).put(I32, 2, 0x76);
    int targets = random.nextInt(4);
    out.put(0x0e).unsigned(targets);
    for (int i = 0; i <= targets; i++) {
      out.unsigned(1 + same.get(random.nextInt(same.size())));
    }
    close();
  }

  // ---- statements

  private void statement(int depth) {
    left--;
    if (depth <= 0 || left <= 0) {
      out.put(0x01);
      return;
    }
    switch (random.nextInt(17)) {
      case 0, 1, 2, 3 -> {
        char type = anyType();
        expression(type, depth - 1);
        out.put(0x21).unsigned(local(type));
      }
      case 4 -> {
        char type = anyType();
        expression(type, depth - 1);
        out.put(0x24).unsigned(global(type));
      }
      case 5, 6, 7 -> store(depth);
      case 8 -> {
        String results = anyTypes(3);
        block(results, depth);
        take(results);
      }
      case 9 -> {
        String results = anyTypes(3);
        choice(results, depth);
        take(results);
      }
      case 10 -> loop(depth);
      case 11, 12 -> branch(depth);
      case 13 -> {
        int callee = random.nextInt(module.functions().size());
        call(callee, depth);
        take(module.functions().get(callee).results());
      }
      case 14 -> bulk(depth);
      case 15 -> trap(depth);
      default -> {
        expression('i', depth - 1);
        open(0x04, "", "", "");
        statements(depth);
        close();
      }
    }
  }

  /** Memory and table in bulk. */
  private void bulk(int depth) {
    switch (random.nextInt(9)) {
      case 0 -> {
        address(depth);
        expression('i', depth - 1);
        out.put(I32).signed(random.nextInt(129)).put(0xfc, 11, 0);
      }
      case 1 -> {
        address(depth);
        address(depth);
        out.put(I32).signed(random.nextInt(129)).put(0xfc, 10, 0, 0);
      }
      case 2 -> {
        address(depth);
        int from = random.nextInt(8);
        int length = random.nextInt(GeneratedModule.PASSIVE_OCTETS - 8);
        out.put(I32).signed(from).put(I32).signed(oneIn(50) ? length : 0);
        out.put(0xfc, 8, 1, 0); // after data.drop only a length of 0 is allowed
      }
      case 3 -> out.put(0xfc, 9, oneIn(2) ? 1 : 0);
      case 4 -> {
        int function = random.nextInt(module.functions().size());
        out.put(I32, function, 0xd2).unsigned(GeneratedModule.IMPORTS + function).put(0x26, 0);
      }
      case 5 -> out.put(I32, 7, 0xd2).unsigned(GeneratedModule.IMPORTS).put(I32, 0, 0xfc, 17, 0);
      case 6 -> out.put(I32, 6, I32, 7, I32, 1, 0xfc, 14, 0, 0); // table.copy
      case 7 -> out.put(I32, 7, I32, 0, I32, 0, 0xfc, 12, 1, 0); // table.init of nothing
      default -> out.put(0xfc, 13, 1);
    }
  }
}
