package org.almoner.workload.wasm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /** A global variable: its type and whether it may be set. */
  record Global(char type, boolean mutable) {}

  /** Initial and largest size of a memory in pages, or of a table in entries. */
  record Size(char type, int initial, int maximum) {}

  private final ModuleLimits limits;
  private final List<FunctionType> types = new ArrayList<>();
  private final List<FunctionType> functions = new ArrayList<>();
  private final List<Global> globals = new ArrayList<>();
  private final List<WasmReader> bodies = new ArrayList<>();
  private final Map<Integer, WasmOutput> copies = new HashMap<>();
  private final List<Character> elements = new ArrayList<>();
  private final BitSet declared = new BitSet();
  private final WasmOutput globalItems = new WasmOutput();
  private final WasmOutput exportItems = new WasmOutput();
  private Optional<Size> table = Optional.empty();
  private Optional<Size> memory = Optional.empty();
  private int importedFunctions;
  private int exports;
  private int dataSegments;
  private boolean dataCounted;
  private boolean startExported;
  private boolean memoryExported;

  private ModuleSections(ModuleLimits limits) {
    this.limits = limits;
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
      case ELEMENT -> readElements(in);
      case CODE -> readBodies(in);
      case DATA -> readData(in);
      default -> readDataCount(in);
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
      functions.add(types.get(in.index("type", types.size())));
    }
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
      readConstant(in, type);
      globals.add(new Global(type, mutable == 1));
    }
    in.copyFrom(from, globalItems);
  }

  /**
   * A constant: one instruction and its end. A global cannot be read in one, because none can be
   * imported.
   */
  private void readConstant(WasmReader in, char expected) throws RefusedModule {
    int opcode = in.octet("a constant");
    char type;
    switch (opcode) {
      case Instruction.I32_CONST -> {
        in.signed(32, "a constant");
        type = ValueType.I32;
      }
      case Instruction.I64_CONST -> {
        in.signed(64, "a constant");
        type = ValueType.I64;
      }
      case Instruction.F32_CONST -> {
        in.skip(4, "a constant");
        type = 'f';
      }
      case Instruction.F64_CONST -> {
        in.skip(8, "a constant");
        type = 'd';
      }
      case Instruction.REF_NULL -> type = ValueType.readReference(in);
      case Instruction.REF_FUNC -> {
        declared.set(in.index("function", functions.size()));
        type = ValueType.FUNCREF;
      }
      default -> throw in.fault("0x" + Integer.toHexString(opcode) + " cannot stand in a constant");
    }
    if (type != expected) {
      throw in.fault(
          "a constant of type "
              + ValueType.name(type)
              + " stands where "
              + ValueType.name(expected)
              + " is expected");
    }
    if (in.octet("end of a constant") != Instruction.END) {
      throw in.fault("a constant is one instruction");
    }
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
        declared.set(index);
      }
      startExported |=
          name.equals("_start") && kind == 0 && functions.get(index).signature().equals(":");
      memoryExported |= name.equals("memory") && kind == 2;
    }
    in.copyFrom(from, exportItems);
  }

  private void readStart(WasmReader in) throws RefusedModule {
    if (!functions.get(in.index("start function", functions.size())).signature().equals(":")) {
      throw in.fault("the start function must take and give nothing");
    }
  }

  private void readElements(WasmReader in) throws RefusedModule {
    int count = in.count("element segments", ModuleLimits.ITEMS_MAX);
    for (int i = 0; i < count; i++) {
      readElement(in);
    }
  }

  /**
   * The low bits of the flags: 1 passive or declarative, 2 says more (table, or declarative), 4
   * expressions.
   */
  private void readElement(WasmReader in) throws RefusedModule {
    int flags = in.count("flags of an element segment", 7);
    boolean active = (flags & 1) == 0;
    boolean expressions = (flags & 4) != 0;
    if (active) {
      int index = (flags & 2) != 0 ? in.u32("table") : 0;
      if (index != 0 || table.isEmpty()) {
        throw in.fault("an element segment fills a table that does not exist");
      }
      readConstant(in, ValueType.I32);
    }
    char type = ValueType.FUNCREF;
    if ((flags & 3) != 0) {
      if (expressions) {
        type = ValueType.readReference(in);
      } else if (in.octet("kind of elements") != 0) {
        throw in.fault("the elements of a segment must be functions");
      }
    }
    if (active && table.get().type() != type) {
      throw in.fault("an element segment has another type than its table");
    }
    int items = in.count("elements", ModuleLimits.TABLE_MAX);
    for (int i = 0; i < items; i++) {
      if (expressions) {
        readConstant(in, type);
      } else {
        declared.set(in.index("function", functions.size()));
      }
    }
    elements.add(type);
  }

  private void readBodies(WasmReader in) throws RefusedModule {
    int count = in.count("function bodies", ModuleLimits.ITEMS_MAX);
    for (int i = 0; i < count; i++) {
      bodies.add(
          in.part(
              in.u32("size of a function body"),
              "the body of function " + (importedFunctions + i)));
    }
  }

  private void readDataCount(WasmReader in) throws RefusedModule {
    dataSegments = in.count("data segments", ModuleLimits.ITEMS_MAX);
    dataCounted = true;
  }

  private void readData(WasmReader in) throws RefusedModule {
    int count = in.count("data segments", ModuleLimits.ITEMS_MAX);
    if (dataCounted && count != dataSegments) {
      throw in.fault(
          "there are " + count + " data segments, but the data count section says " + dataSegments);
    }
    dataSegments = count;
    for (int i = 0; i < count; i++) {
      int flags = in.count("flags of a data segment", 2);
      if (flags != 1) {
        int index = flags == 2 ? in.u32("memory") : 0;
        if (index != 0 || memory.isEmpty()) {
          throw in.fault("a data segment fills a memory that does not exist");
        }
        readConstant(in, ValueType.I32);
      }
      int length = in.u32("length of a data segment");
      if (length < 0) {
        throw in.fault("a data segment is longer than its section");
      }
      in.skip(length, "a data segment");
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
    if (dataCounted && dataSegments > 0 && !copies.containsKey(DATA)) {
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

  List<FunctionType> types() {
    return types;
  }

  /** Types of all functions, the imported ones first. */
  List<FunctionType> functions() {
    return functions;
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

  /** The type of each element segment. */
  List<Character> elements() {
    return elements;
  }

  /**
   * Whether a body may take a reference to the function: only to one that is named outside the
   * bodies.
   */
  boolean isDeclared(int function) {
    return declared.get(function);
  }

  int dataSegments() {
    return dataSegments;
  }

  /** Whether a body may name data segments: the data count section must come before the code. */
  boolean dataCounted() {
    return dataCounted;
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
