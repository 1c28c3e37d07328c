package org.almoner.agent.run.generated;

import java.util.ArrayList;
import java.util.List;

/**
 * A module that does every numeric instruction with every pair of edge values that it does not trap
 * for, and leaves all results in the file {@code r} of its output.
 */
public final class EveryOperation {
  private static final int PAGE = 65_536;
  private static final int OPERANDS = PAGE;
  private static final int OPERANDS_OCTETS = 16;
  private static final int RESULT_OCTETS = 8;
  private static final int IMPORTS = 2;
  private static final String TYPES = "ilfd";
  private static final int LOAD = 0x28;
  private static final int STORE = 0x36;

  private final Octets operands = new Octets();
  private final List<Octets> bodies = new ArrayList<>();
  private int cases;

  private EveryOperation() {}

  /** The module, always the same octets. */
  public static byte[] module() {
    EveryOperation module = new EveryOperation();
    int end = 0;
    List<int[]> spans = new ArrayList<>();
    for (Numbers.Operation operation : Numbers.ALL) {
      module.pairs(operation);
      spans.add(new int[] {end, module.cases});
      end = module.cases;
    }
    for (int i = 0; i < spans.size(); i++) {
      module.bodies.add(module.body(Numbers.ALL.get(i), spans.get(i)[0], spans.get(i)[1]));
    }
    return module.build();
  }

  private int results() {
    return OPERANDS + OPERANDS_OCTETS * cases;
  }

  private void pairs(Numbers.Operation operation) {
    long[] first = Numbers.edges(operation.operands().charAt(0));
    long[] second = operation.operands().length() == 2 ? first : new long[] {0};
    for (long a : first) {
      for (long b : second) {
        if (!traps(operation, a, b)) {
          operands.wide(a).wide(b);
          cases++;
        }
      }
    }
  }

  private static boolean traps(Numbers.Operation operation, long a, long b) {
    if (!operation.mayTrap()) {
      return false;
    }
    if (operation.divides()) {
      boolean narrow = operation.result() == 'i';
      boolean least = narrow ? (int) a == Integer.MIN_VALUE : a == Long.MIN_VALUE;
      boolean quotient = operation.opcode() == 0x6d || operation.opcode() == 0x7f;
      return (narrow ? (int) b : b) == 0 || (quotient && least && (narrow ? (int) b : b) == -1);
    }
    boolean single = operation.operands().equals("f");
    double value = single ? Float.intBitsToFloat((int) a) : Double.longBitsToDouble(a);
    double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
    boolean unsigned = operation.opcode() % 2 == 1;
    double most = Math.scalb(1.0, (operation.result() == 'i' ? 32 : 64) - (unsigned ? 0 : 1));
    return !(whole >= (unsigned ? 0 : -most) && whole < most);
  }

  /** Does the instruction for the cases from {@code from} to {@code to}. */
  private Octets body(Numbers.Operation operation, int from, int to) {
    Octets out = new Octets().put(1, 1, 0x7f); // a local, i32: the case
    out.put(0x41).signed(from).put(0x21, 0, 0x03, 0x40);
    out.put(0x20, 0, 0x41).signed(RESULT_OCTETS).put(0x6c);
    for (int i = 0; i < operation.operands().length(); i++) {
      out.put(0x20, 0, 0x41).signed(OPERANDS_OCTETS).put(0x6c);
      int load = LOAD + TYPES.indexOf(operation.operands().charAt(i));
      out.put(load, 0).unsigned(OPERANDS + i * Long.BYTES);
    }
    operation.write(out);
    out.put(STORE + TYPES.indexOf(operation.result()), 0).unsigned(results());
    out.put(0x20, 0, 0x41, 1, 0x6a, 0x22, 0, 0x41).signed(to).put(0x47, 0x0d, 0, 0x0b);
    return out.put(0x0b);
  }

  private Octets start() {
    Octets out = new Octets().put(0);
    for (int i = 0; i < bodies.size(); i++) {
      out.put(0x10).unsigned(IMPORTS + i);
    }
    store(0, results(), out);
    store(4, RESULT_OCTETS * cases, out);
    store(8, 'r', out);
    out.put(0x41, 4, 0x41, 0, 0x41, 8, 0x41, 1, 0x41, 1, 0x42).signed(0x1fffffff);
    out.put(0x42, 0, 0x41, 0, 0x41, 12, 0x10, 0, 0x1a); // path_open
    out.put(0x41, 12, 0x28, 2, 0, 0x41, 0, 0x41, 1, 0x41, 16, 0x10, 1, 0x1a); // fd_write
    return out.put(0x0b);
  }

  private static void store(int place, int value, Octets out) {
    out.put(0x41).signed(place).put(0x41).signed(value).put(0x36, 2, 0);
  }

  private byte[] build() {
    int pages = 1 + (results() + RESULT_OCTETS * cases) / PAGE;
    Octets types = new Octets().put(3);
    types.put(0x60, 9, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 0x7e, 0x7e, 0x7f, 0x7f, 1, 0x7f);
    types.put(0x60, 4, 0x7f, 0x7f, 0x7f, 0x7f, 1, 0x7f).put(0x60, 0, 0);
    Octets imports = new Octets().put(2);
    imports.name("wasi_snapshot_preview1").name("path_open").put(0, 0);
    imports.name("wasi_snapshot_preview1").name("fd_write").put(0, 1);
    Octets functions = new Octets().unsigned(bodies.size() + 1);
    Octets code = new Octets().unsigned(bodies.size() + 1);
    bodies.forEach(body -> functions.put(2));
    bodies.forEach(code::sized);
    code.sized(start());
    Octets exports = new Octets().put(2).name("memory").put(2, 0);
    exports.name("_start").put(0).unsigned(IMPORTS + bodies.size());
    return new Octets()
        .put(0, 'a', 's', 'm', 1, 0, 0, 0)
        .put(1)
        .sized(types)
        .put(2)
        .sized(imports)
        .put(3)
        .sized(functions.put(2))
        .put(5)
        .sized(new Octets().put(1, 0).unsigned(pages))
        .put(7)
        .sized(exports)
        .put(10)
        .sized(code)
        .put(11)
        .sized(new Octets().put(1, 0, 0x41).signed(OPERANDS).put(0x0b).sized(operands))
        .toArray();
  }
}
