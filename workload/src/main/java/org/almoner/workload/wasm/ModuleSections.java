package org.almoner.workload.wasm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A module taken apart into its sections, each checked by itself; the bodies of the functions are
 * only found.
 *
 * @see <a href="https://www.w3.org/TR/wasm-core-2/#modules%E2%91%A8">WebAssembly 2.0, 5.5</a>
 */
final class ModuleSections {
  static final int CUSTOM = 0;
  static final int TYPE = 1;
  static final int IMPORT = 2;
  static final int FUNCTION = 3;
  static final int TABLE = 4;
  static final int MEMORY = 5;
  static final int GLOBAL = 6;
  static final int EXPORT = 7;
  static final int START = 8;
  static final int ELEMENT = 9;
  static final int CODE = 10;
  static final int DATA = 11;
  static final int DATA_COUNT = 12;

  /** The order in which sections come; 12 stands before 10. */
  static final int[] ORDER = {
    TYPE, IMPORT, FUNCTION, TABLE, MEMORY, GLOBAL, EXPORT, START, ELEMENT, DATA_COUNT, CODE, DATA
  };

  private static final String[] NAMES = {
    "custom",
    "type",
    "import",
    "function",
    "table",
    "memory",
    "global",
    "export",
    "start",
    "element",
    "code",
    "data",
    "data count"
  };

  /** Names that exports of the module itself may not start with: the counter's. */
  static final String RESERVED = "almoner:";

  /** Name of the function that is called until it returns 0. */
  private static final String STEP = "step";

  /** A global variable: its type and whether it may be set. */
  record Global(char type, boolean mutable) {}

  /** Initial and largest size of a memory in pages, or of a table in entries. */
  record Size(char type, int initial, int maximum) {}

  private final ModuleLimits limits;
  private final List<FunctionType> types;
  private final List<FunctionType> functions;
  private final List<Global> globals;
  private final List<Integer> functionTypes = new ArrayList<>();
  private final List<WasmReader> bodies = new ArrayList<>();
  private final Map<Integer, WasmOutput> copies = new HashMap<>();
  private final Constants constants;
  private final Segments segments;
  private final WasmOutput globalItems = new WasmOutput();
  private final WasmOutput exportItems = new WasmOutput();
  private Optional<Size> table = Optional.empty();
  private Optional<Size> memory = Optional.empty();
  private int importedFunctions;
  private int exports;
  private boolean startExported;
  private boolean memoryExported;
  private int stepFunction = -1;
  private String notPutAside = "";

  private ModuleSections(ModuleLimits limits) {
    this.limits = limits;
    types = new ArrayList<>();
    functions = new ArrayList<>();
    globals = new ArrayList<>();
    constants = new Constants();
    segments = new Segments(constants);
  }

  /**
   * What metered bodies refer to: everything of {@code module}, and the types and globals that the
   * meter adds behind its own.
   */
  private ModuleSections(ModuleSections module, List<FunctionType> types, List<Global> added) {
    limits = module.limits;
    this.types = types;
    functions = module.functions;
    globals = new ArrayList<>(module.globals);
    globals.addAll(added);
    constants = module.constants;
    segments = module.segments;
    table = module.table;
    memory = module.memory;
    importedFunctions = module.importedFunctions;
  }

  static ModuleSections read(WasmReader in, ModuleLimits limits) throws RefusedModule {
    for (int expected : new int[] {0x00, 'a', 's', 'm', 0x01, 0x00, 0x00, 0x00}) {
      if (in.octet("the header") != expected) {
        throw in.fault("this is no WebAssembly module of version 1 (components are not accepted)");
      }
    }
    ModuleSections sections = new ModuleSections(limits);
    int next = 0;
    while (!in.atEnd()) {
      int id = in.octet("section id");
      if (id >= NAMES.length) {
        throw in.fault("section " + id + " is not of WebAssembly 2.0");
      }
      WasmReader section = in.part(in.u32("size of a section"), "the " + NAMES[id] + " section");
      if (id == CUSTOM) {
        section.name("name of a custom section");
        continue;
      }
      while (next < ORDER.length && ORDER[next] != id) {
        next++;
      }
      if (next == ORDER.length) {
        throw section.fault("the " + NAMES[id] + " section comes twice or in the wrong place");
      }
      next++;
      sections.section(id, section);
      section.requireEnd();
    }
    sections.checkWhole(in);
    return sections;
  }

  private void section(int id, WasmReader in) throws RefusedModule {
    int from = in.offset();
    switch (id) {
      case TYPE -> readTypes(in);
      case IMPORT -> readImports(in);
      case FUNCTION -> readFunctions(in);
      case TABLE -> table = readTable(in);
      case MEMORY -> memory = readMemory(in);
      case GLOBAL -> readGlobals(in);
      case EXPORT -> readExports(in);
      case START -> readStart(in);
      case ELEMENT -> segments.readElements(in, table);
      case CODE -> readBodies(in);
      case DATA -> segments.readData(in, memory.isPresent());
      default -> segments.readDataCount(in);
    }
    WasmOutput copy = new WasmOutput();
    in.copyFrom(from, copy);
    copies.put(id, copy);
  }

  private void readTypes(WasmReader in) throws RefusedModule {
    int count = in.count("types", ModuleLimits.ITEMS_MAX);
    for (int i = 0; i < count; i++) {
      types.add(FunctionType.read(in));
    }
  }

  private void readImports(WasmReader in) throws RefusedModule {
    int count = in.count("imports", ModuleLimits.ITEMS_MAX);
    for (int i = 0; i < count; i++) {
      String module = in.name("module name of an import");
      String name = in.name("name of an import");
      String full = WasmReader.shown(module) + "." + WasmReader.shown(name);
      if (in.octet("kind of an import") != 0) {
        throw in.fault(
            "import " + full + " is not a function; a unit has its own memory and table");
      }
      FunctionType type = types.get(in.index("type", types.size()));
      Optional<String> signature =
          module.equals(WasiProfile.MODULE) ? WasiProfile.signature(name) : Optional.empty();
      if (signature.isEmpty()) {
        throw in.fault(
            "import " + full + " is not part of " + WasiProfile.VERSION + whyNot(module, name));
      }
      if (!signature.get().equals(type.signature())) {
        throw in.fault("import " + full + " has another signature than WASI preview 1 gives it");
      }
      functions.add(type);
    }
    importedFunctions = count;
    constants.setFunctions(count);
  }

  private static String whyNot(String module, String name) {
    if (!module.equals(WasiProfile.MODULE)) {
      return "; build for the target wasm32-wasi (preview 1) and link every other function in";
    }
    return name.startsWith("sock_") ? "; a unit has no network" : "; a unit has no such service";
  }

  private void readFunctions(WasmReader in) throws RefusedModule {
    int count = in.count("functions", ModuleLimits.ITEMS_MAX - importedFunctions);
    for (int i = 0; i < count; i++) {
      int type = in.index("type", types.size());
      functionTypes.add(type);
      functions.add(types.get(type));
    }
    constants.setFunctions(functions.size());
  }

  private static Optional<Size> readTable(WasmReader in) throws RefusedModule {
    if (in.count("tables", 1) == 0) {
      return Optional.empty();
    }
    return Optional.of(
        readSize(in, ValueType.readReference(in), ModuleLimits.TABLE_MAX, "table entries"));
  }

  private Optional<Size> readMemory(WasmReader in) throws RefusedModule {
    if (in.count("memories", 1) == 0) {
      return Optional.empty();
    }
    return Optional.of(readSize(in, ValueType.I32, limits.memoryPages(), "pages of memory"));
  }

  private static Size readSize(WasmReader in, char type, int cap, String what)
      throws RefusedModule {
    int flags = in.octet("limits");
    if (flags > 1) {
      throw in.fault("shared and 64-bit memories cannot be metered");
    }
    int initial = in.u32(what);
    int maximum = flags == 1 ? in.u32("most " + what) : -1;
    if (Integer.compareUnsigned(initial, cap) > 0) {
      throw in.fault(
          "the module wants "
              + Integer.toUnsignedString(initial)
              + " "
              + what
              + " at the start, but the unit may have "
              + cap
              + "; ask for more or build for less");
    }
    if (Integer.compareUnsigned(initial, maximum) > 0) {
      throw in.fault("the least number of " + what + " is above the most");
    }
    return new Size(type, initial, Integer.compareUnsigned(maximum, cap) < 0 ? maximum : cap);
  }

  private void readGlobals(WasmReader in) throws RefusedModule {
    int count = in.count("globals", ModuleLimits.ITEMS_MAX);
    int from = in.offset();
    for (int i = 0; i < count; i++) {
      char type = ValueType.read(in);
      int mutable = in.octet("mutability of a global");
      if (mutable > 1) {
        throw in.fault("a global is mutable (1) or not (0), not " + mutable);
      }
      constants.read(in, type);
      globals.add(new Global(type, mutable == 1));
      if (mutable == 1 && ValueType.isReference(type)) {
        cannotPutAside("global " + i + " holds a reference", in);
      }
    }
    in.copyFrom(from, globalItems);
  }

  private void readExports(WasmReader in) throws RefusedModule {
    exports = in.count("exports", ModuleLimits.ITEMS_MAX);
    int from = in.offset();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < exports; i++) {
      String name = in.name("name of an export");
      if (!names.add(name)) {
        throw in.fault("two exports have the name " + WasmReader.shown(name));
      }
      if (name.startsWith(RESERVED)) {
        throw in.fault(
            "export "
                + WasmReader.shown(name)
                + " takes a name that is kept for the meter; rename it");
      }
      int kind = in.octet("kind of an export");
      int bound =
          switch (kind) {
            case 0 -> functions.size();
            case 1 -> table.isPresent() ? 1 : 0;
            case 2 -> memory.isPresent() ? 1 : 0;
            case 3 -> globals.size();
            default ->
                throw in.fault(
                    "export " + WasmReader.shown(name) + " is of the unknown kind " + kind);
          };
      int index = in.index("exported item", bound);
      if (kind == 0) {
        constants.declare(index);
      }
      startExported |=
          name.equals("_start") && kind == 0 && functions.get(index).signature().equals(":");
      memoryExported |= name.equals("memory") && kind == 2;
      if (name.equals(STEP) && kind == 0 && functions.get(index).signature().equals(":i")) {
        stepFunction = index;
      }
    }
    in.copyFrom(from, exportItems);
  }

  private void readStart(WasmReader in) throws RefusedModule {
    if (!functions.get(in.index("start function", functions.size())).signature().equals(":")) {
      throw in.fault("the start function must take and give nothing");
    }
    cannotPutAside("it has a start function", in);
  }

  private void readBodies(WasmReader in) throws RefusedModule {
    int count = in.count("function bodies", ModuleLimits.ITEMS_MAX);
    for (int i = 0; i < count; i++) {
      int size = in.count("octets of a function body", ModuleLimits.BODY_OCTETS_MAX);
      bodies.add(in.part(size, "the body of function " + (importedFunctions + i)));
    }
  }

  private void checkWhole(WasmReader in) throws RefusedModule {
    if (bodies.size() != functions.size() - importedFunctions) {
      throw in.fault(
          "the module declares "
              + (functions.size() - importedFunctions)
              + " functions but has "
              + bodies.size()
              + " bodies");
    }
    if (segments.dataMissing()) {
      throw in.fault("the data count section announces segments, but there is no data section");
    }
    if (!startExported) {
      throw in.fault(
          "the module exports no function _start without parameters; build a command, not a library");
    }
    if (!memoryExported) {
      throw in.fault(
          "the module exports no memory named memory; a unit could not be given anything");
    }
  }

  /** The same module with what the meter adds to it. */
  ModuleSections extended(List<FunctionType> types, List<Global> added) {
    return new ModuleSections(this, types, added);
  }

  /** Notes why the module cannot be put aside between steps; the first reason stays. */
  void cannotPutAside(String reason, WasmReader in) {
    if (notPutAside.isEmpty()) {
      notPutAside = "at offset " + in.offset() + ": " + reason;
    }
  }

  /** Known when all bodies have been read. */
  Stepping stepping() {
    if (stepFunction < 0) {
      return Stepping.NONE;
    }
    return new Stepping(true, notPutAside);
  }

  /** Index of the function that is a step, negative when there is none. */
  int stepFunction() {
    return stepFunction;
  }

  /** Indexes of the globals that the module may set. */
  List<Integer> mutableGlobals() {
    return IntStream.range(0, globals.size())
        .filter(i -> globals.get(i).mutable())
        .boxed()
        .toList();
  }

  List<FunctionType> types() {
    return types;
  }

  /** Types of all functions, the imported ones first. */
  List<FunctionType> functions() {
    return functions;
  }

  /** The index of the type of each function that is not imported. */
  List<Integer> functionTypes() {
    return functionTypes;
  }

  int importedFunctions() {
    return importedFunctions;
  }

  List<Global> globals() {
    return globals;
  }

  Optional<Size> table() {
    return table;
  }

  Optional<Size> memory() {
    return memory;
  }

  /**
   * Whether a body may take a reference to the function: only if it is named outside the bodies.
   */
  boolean isDeclared(int function) {
    return constants.isDeclared(function);
  }

  Segments segments() {
    return segments;
  }

  List<WasmReader> bodies() {
    return bodies;
  }

  int exports() {
    return exports;
  }

  /** The octets of the globals, without their number. */
  WasmOutput globalItems() {
    return globalItems;
  }

  /** The octets of the exports, without their number. */
  WasmOutput exportItems() {
    return exportItems;
  }

  /** The octets of the section {@code id} as they came, if it came. */
  Optional<WasmOutput> copy(int id) {
    return Optional.ofNullable(copies.get(id));
  }
}
