package org.almoner.agent.run.generated;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A valid Wasm module made up from a seed. It uses every instruction of the meter's profile sooner
 * or later, ends by itself, seldom traps, and leaves its memory and globals in the file {@code r}
 * of its output.
 */
public final class GeneratedModule {
  /** Octets of memory that the code works on, and that are left in the file. */
  static final int WORK_OCTETS = 4_096;

  private static final int DUMP_OCTETS = WORK_OCTETS + 64;
  private static final int SCRATCH = 2 * WORK_OCTETS;

  /** Calls of functions in one run, about. */
  private static final int CALLS = 60;

  static final int TABLE_ENTRIES = 8;
  static final int PASSIVE_OCTETS = 64;

  /** Index of the globals: calls left, then one of each type that may be set. */
  static final int FUEL = 0;

  static final String GLOBALS = "iilfd";

  private static final String IMPORTED = "path_open fd_write";
  static final int IMPORTS = 2;

  record Function(String params, String results) {}

  private final RandomGenerator random;
  private final Map<Function, Integer> types = new LinkedHashMap<>();
  private final List<Function> functions = new ArrayList<>();

  private GeneratedModule(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The module of a seed: always the same octets. */
  public static byte[] of(long seed) {
    return new GeneratedModule(seed).build();
  }

  RandomGenerator random() {
    return random;
  }

  int type(String params, String results) {
    return types.computeIfAbsent(new Function(params, results), f -> types.size());
  }

  /** The module's own functions; imported ones have smaller indexes. */
  List<Function> functions() {
    return functions;
  }

  private String types(int most) {
    StringBuilder chosen = new StringBuilder();
    int count = random.nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      chosen.append("ilfd".charAt(random.nextInt(4)));
    }
    return chosen.toString();
  }

  private byte[] build() {
    int open = type("iiiiillii", "i");
    int write = type("iiii", "i");
    int count = 2 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      functions.add(new Function(types(6), types(2)));
    }
    List<Octets> bodies = new ArrayList<>();
    for (Function function : functions) {
      bodies.add(new GeneratedBody(this, function).build(20 + random.nextInt(400)));
    }
    Octets start = start();
    Octets declared = new Octets().unsigned(count + 1);
    functions.forEach(f -> declared.unsigned(type(f.params(), f.results())));
    declared.unsigned(type("", ""));
    Octets code = new Octets().unsigned(count + 1);
    bodies.forEach(code::sized);
    code.sized(start);
    Octets typeSection = new Octets().unsigned(types.size());
    types.keySet().forEach(type -> write(type, typeSection));
    Octets imports = new Octets().unsigned(IMPORTS);
    for (String name : IMPORTED.split(" ", -1)) {
      imports.name("wasi_snapshot_preview1").name(name).put(0);
      imports.unsigned(name.equals("path_open") ? open : write);
    }
    return new Octets()
        .put(0, 'a', 's', 'm', 1, 0, 0, 0)
        .put(1)
        .sized(typeSection)
        .put(2)
        .sized(imports)
        .put(3)
        .sized(declared)
        .put(4)
        .sized(new Octets().put(1, 0x70, 1, TABLE_ENTRIES, 2 * TABLE_ENTRIES))
        .put(5)
        .sized(new Octets().put(1, 1, 1, 3))
        .put(6)
        .sized(globals())
        .put(7)
        .sized(
            new Octets()
                .put(2)
                .name("memory")
                .put(2, 0)
                .name("_start")
                .put(0)
                .unsigned(IMPORTS + count))
        .put(9)
        .sized(elements())
        .put(12)
        .sized(new Octets().put(2))
        .put(10)
        .sized(code)
        .put(11)
        .sized(data())
        .toArray();
  }

  private static void write(Function type, Octets out) {
    out.put(0x60);
    for (String list : List.of(type.params(), type.results())) {
      out.unsigned(list.length());
      list.chars().forEach(t -> out.put(code((char) t)));
    }
  }

  static int code(char type) {
    return switch (type) {
      case 'i' -> 0x7f;
      case 'l' -> 0x7e;
      case 'f' -> 0x7d;
      case 'd' -> 0x7c;
      default -> 0x70;
    };
  }

  private Octets globals() {
    Octets out = new Octets().unsigned(GLOBALS.length() + 1);
    out.put(0x7f, 1, 0x41).signed(CALLS).put(0x0b);
    for (char type : GLOBALS.substring(1).toCharArray()) {
      out.put(code(type), 1);
      Numbers.constant(type, random, out);
      out.put(0x0b);
    }
    return out.put(0x70, 1, 0xd2).unsigned(IMPORTS).put(0x0b); // a reference to a function
  }

  /** The table full of functions, and a passive segment. */
  private Octets elements() {
    Octets out = new Octets().put(2, 0, 0x41, 0, 0x0b).unsigned(TABLE_ENTRIES);
    for (int i = 0; i < TABLE_ENTRIES; i++) {
      out.unsigned(IMPORTS + i % functions.size());
    }
    out.put(1, 0).unsigned(3);
    for (int i = 0; i < 3; i++) {
      out.unsigned(IMPORTS + random.nextInt(functions.size()));
    }
    return out;
  }

  private Octets data() {
    Octets out = new Octets().put(2, 0, 0x41).signed(64).put(0x0b).unsigned(PASSIVE_OCTETS);
    for (int i = 0; i < PASSIVE_OCTETS; i++) {
      out.put(random.nextInt(256));
    }
    out.put(1).unsigned(PASSIVE_OCTETS);
    for (int i = 0; i < PASSIVE_OCTETS; i++) {
      out.put(random.nextInt(256));
    }
    return out;
  }

  /** Calls every function with arguments from the edges, keeps what they give, leaves it all. */
  private Octets start() {
    Octets out = new Octets().put(0);
    int place = 1024;
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < functions.size(); i++) {
        Function function = functions.get(i);
        function.params().chars().forEach(t -> Numbers.constant((char) t, random, out));
        out.put(0x10).unsigned(IMPORTS + i);
        for (int r = function.results().length() - 1; r >= 0; r--) {
          char type = function.results().charAt(r);
          out.put(0x24).unsigned(1 + "ilfd".indexOf(type)); // into the global of its type
          storeGlobal(type, place, out);
          place += 8;
        }
      }
    }
    for (char type : "ilfd".toCharArray()) {
      storeGlobal(type, WORK_OCTETS + 8 * "ilfd".indexOf(type), out);
    }
    out.put(0x41).signed(WORK_OCTETS + 40).put(0x3f, 0, 0x36, 2, 0); // pages of memory
    out.put(0x41).signed(WORK_OCTETS + 44).put(0xfc, 16, 0, 0x36, 2, 0); // entries of the table
    store(SCRATCH, 0, out);
    store(SCRATCH + 4, DUMP_OCTETS, out);
    store(SCRATCH + 8, 'r', out);
    out.put(0x41).signed(4).put(0x41, 0, 0x41).signed(SCRATCH + 8).put(0x41, 1, 0x41, 1, 0x42);
    out.signed(0x1fffffff).put(0x42, 0, 0x41, 0, 0x41).signed(SCRATCH + 12);
    out.put(0x10, 0, 0x1a);
    out.put(0x41).signed(SCRATCH + 12).put(0x28, 2, 0);
    out.put(0x41).signed(SCRATCH).put(0x41, 1, 0x41).signed(SCRATCH + 16).put(0x10, 1, 0x1a);
    return out.put(0x0b);
  }

  private static void store(int place, int value, Octets out) {
    out.put(0x41).signed(place).put(0x41).signed(value).put(0x36, 2, 0);
  }

  private static void storeGlobal(char type, int place, Octets out) {
    int index = "ilfd".indexOf(type);
    out.put(0x41).signed(place).put(0x23).unsigned(1 + index).put(0x36 + index, 0, 0);
  }
}
