package org.almoner.workload.wasm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts metered functions that are too large for a Java method into several, and collects what the
 * module gets for it: functions, types and globals.
 *
 * <p>What is counted does not change, because counting is code of the functions by then. The
 * deepest call does: a piece has a frame of its own.
 */
final class Splitter {
  /** Most octets of Java code that an octet of a body becomes; smaller bodies are left alone. */
  private static final int JAVA_PER_OCTET_MAX = 7;

  /** A function that was added. */
  record Added(FunctionType type, WasmOutput body) {}

  private final ModuleSections module;
  private final int limit;
  private final Effort effort = new Effort();
  private final TypeTable types;
  private final List<Added> functions = new ArrayList<>();
  private final Map<String, Integer> globals = new HashMap<>();
  private final List<Character> addedGlobals = new ArrayList<>();

  /**
   * @param module with everything that the meter added
   * @param types where it finds and adds types
   * @param limit most octets of Java code of a function
   */
  Splitter(ModuleSections module, TypeTable types, int limit) {
    this.module = module;
    this.types = types;
    this.limit = limit;
  }

  /** The body of a function of the type {@code type}, now of pieces if it was too large. */
  WasmOutput split(WasmOutput metered, FunctionType type) throws RefusedModule {
    if ((long) metered.size() * JAVA_PER_OCTET_MAX <= limit) {
      return metered;
    }
    Optional<CodeTree> read = CodeTree.read(WasmReader.of(metered.toArray()), module, type);
    if (read.isEmpty() || read.get().body().size() <= limit) {
      return metered;
    }
    CodeTree tree = read.get();
    List<Integer> params = new ArrayList<>();
    for (int i = 0; i < type.params().length(); i++) {
      params.add(i);
    }
    Liveness liveness = new Liveness(tree.body(), tree.locals().length(), effort);
    new Cutter(this, liveness, tree.locals(), limit, effort).cut(tree.body());
    return write(params, tree.body(), tree.locals());
  }

  /** Adds a function and gives its index. */
  int add(FunctionType type, List<Integer> params, Block body, StringBuilder locals) {
    var unused = types.index(type); // it is there before the types are written
    functions.add(new Added(type, write(params, body, locals)));
    return module.functions().size() + functions.size() - 1;
  }

  private WasmOutput write(List<Integer> params, Block body, StringBuilder locals) {
    BitSet used = new Run(body.arms().get(0), "").used();
    Map<Integer, Integer> places = new HashMap<>();
    for (int param : params) {
      places.put(param, places.size());
    }
    WasmOutput groups = new WasmOutput();
    int count = 0;
    for (char type : ValueType.ALL.toCharArray()) {
      int before = places.size();
      used.stream()
          .filter(local -> locals.charAt(local) == type)
          .forEach(local -> places.putIfAbsent(local, places.size()));
      if (places.size() > before) {
        count++;
        groups.u32(places.size() - before);
        groups.octet(ValueType.code(type));
      }
    }
    WasmOutput out = new WasmOutput();
    out.u32(count);
    out.append(groups);
    out.append(new CodeWriter(local -> places.getOrDefault(local, 0), types).body(body));
    return out;
  }

  /** The global number {@code number} of those of the type {@code type} that pieces share. */
  int global(char type, int number) {
    return globals.computeIfAbsent(
        type + ":" + number,
        added -> {
          addedGlobals.add(type);
          return module.globals().size() + addedGlobals.size() - 1;
        });
  }

  /** The functions that stand behind all others. */
  List<Added> functions() {
    return functions;
  }

  /** The types of the mutable globals that stand behind all others. */
  List<Character> globals() {
    return addedGlobals;
  }
}
