package org.almoner.workload.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * A Wasm module on its way in.
 *
 * @see <a href="https://www.w3.org/TR/wasm-core-2/">WebAssembly 2.0</a>
 */
public final class WasmModule {
  /** The rule by which instructions are counted; see {@code docs/spec/meter.md}. */
  public static final String METER_VERSION = "almoner-meter/1";

  /** Name of the exported global, an i64, that holds the count. */
  public static final String COUNTER = ModuleSections.RESERVED + "count";

  /**
   * Name of the exported global, an i32, that holds the octets of stack left to calls. A unit that
   * trapped and left it negative has called too deep.
   */
  public static final String STACK = ModuleSections.RESERVED + "stack";

  /** Name of the exported function of a stepping module that is called until it returns 0. */
  public static final String STEP = ModuleSections.RESERVED + "step";

  /**
   * Start of the names of the exported globals of a module that can be put aside; a number follows,
   * from 0.
   */
  public static final String STATE = ModuleSections.RESERVED + "g";

  /** Names of the first of the added globals; the last one, a witness of NaNs, has none. */
  private static final List<String> EXPORTED = List.of(COUNTER, STACK);

  private static final List<ModuleSections.Global> ADDED_GLOBALS =
      List.of(
          new ModuleSections.Global(ValueType.I64, true),
          new ModuleSections.Global(ValueType.I32, true),
          new ModuleSections.Global(ValueType.I32, true));

  private static final int EXPORT_FUNCTION = 0;
  private static final int EXPORT_GLOBAL = 3;

  private final ModuleSections sections;
  private final EngineForm form;
  private final TypeTable types;
  private final Splitter splitter;

  private WasmModule(ModuleSections sections, EngineForm form) {
    this.sections = sections;
    this.form = form;
    List<FunctionType> all = new ArrayList<>(sections.types());
    this.types = new TypeTable(all);
    this.splitter =
        new Splitter(sections.extended(all, ADDED_GLOBALS), types, form.functionOctetsMax());
  }

  /**
   * Checks a module and puts the instruction counter into it. The same octets and limits always
   * give the same result.
   *
   * @throws RefusedModule in one sentence, when the module is not valid WebAssembly 2.0, wants what
   *     cannot be metered (vectors, threads, exceptions, ...), imports anything outside the
   *     {@linkplain WasiProfile profile}, or exceeds the limits
   */
  public static Admitted admit(byte[] module, ModuleLimits limits) throws RefusedModule {
    return admit(module, limits, EngineForm.AS_WRITTEN);
  }

  /**
   * The same for an engine that needs another form.
   *
   * @throws RefusedModule as above
   */
  public static Admitted admit(byte[] module, ModuleLimits limits, EngineForm form)
      throws RefusedModule {
    if (module.length > ModuleLimits.MODULE_OCTETS_MAX) {
      throw new RefusedModule(
          "the module has "
              + module.length
              + " octets; at most "
              + ModuleLimits.MODULE_OCTETS_MAX
              + " are accepted");
    }
    byte[] octets = module.clone();
    ModuleSections sections = ModuleSections.read(WasmReader.of(octets), limits);
    Bytes metered = new WasmModule(sections, form).meter();
    return new Admitted(Hash.sha256(octets), metered, sections.stepping());
  }

  private Bytes meter() throws RefusedModule {
    WasmOutput code = code(); // first: it may add types
    WasmOutput out = new WasmOutput();
    for (int octet : new int[] {0x00, 'a', 's', 'm', 0x01, 0x00, 0x00, 0x00}) {
      out.octet(octet);
    }
    for (int id : ModuleSections.ORDER) {
      Optional<WasmOutput> section = section(id, code);
      if (section.isPresent()) {
        out.octet(id);
        out.sized(section.get());
      }
    }
    return Bytes.of(out.toArray());
  }

  /**
   * The new content of a section, if there is one. Custom sections are left out: they mean nothing
   * to an engine.
   */
  private Optional<WasmOutput> section(int id, WasmOutput code) {
    return switch (id) {
      case ModuleSections.TYPE -> Optional.of(typeSection());
      case ModuleSections.FUNCTION -> Optional.of(functionSection());
      case ModuleSections.TABLE ->
          sections
              .table()
              .map(
                  table -> {
                    WasmOutput out = new WasmOutput();
                    out.u32(1);
                    out.octet(ValueType.code(table.type()));
                    writeSize(out, table);
                    return out;
                  });
      case ModuleSections.MEMORY ->
          sections
              .memory()
              .map(
                  memory -> {
                    WasmOutput out = new WasmOutput();
                    out.u32(1);
                    writeSize(out, memory);
                    return out;
                  });
      case ModuleSections.GLOBAL -> Optional.of(globalSection());
      case ModuleSections.EXPORT -> Optional.of(exportSection());
      case ModuleSections.CODE -> Optional.of(code);
      default -> sections.copy(id);
    };
  }

  private WasmOutput typeSection() {
    WasmOutput out = new WasmOutput();
    types.write(out);
    return out;
  }

  private WasmOutput functionSection() {
    WasmOutput out = new WasmOutput();
    out.u32(sections.bodies().size() + splitter.functions().size());
    sections.functionTypes().forEach(out::u32);
    splitter.functions().forEach(added -> out.u32(types.index(added.type())));
    return out;
  }

  private static void writeSize(WasmOutput out, ModuleSections.Size size) {
    out.octet(1);
    out.u32(size.initial());
    out.u32(size.maximum());
  }

  private WasmOutput globalSection() {
    WasmOutput out = new WasmOutput();
    out.u32(sections.globals().size() + ADDED_GLOBALS.size() + splitter.globals().size());
    out.append(sections.globalItems());
    zero(ValueType.I64, out);
    out.octet(ValueType.code(ValueType.I32));
    out.octet(1);
    out.octet(Instruction.I32_CONST);
    out.s64(CallDepth.STACK_OCTETS);
    out.octet(Instruction.END);
    zero(ValueType.I32, out);
    splitter.globals().forEach(type -> zero(type, out));
    return out;
  }

  private static void zero(char type, WasmOutput out) {
    out.octet(ValueType.code(type));
    out.octet(1);
    switch (type) {
      case ValueType.I32 -> out.octet(Instruction.I32_CONST);
      case ValueType.I64 -> out.octet(Instruction.I64_CONST);
      case ValueType.F32 -> out.octet(Instruction.F32_CONST);
      case ValueType.F64 -> out.octet(Instruction.F64_CONST);
      default -> out.octet(Instruction.REF_NULL);
    }
    switch (type) {
      case ValueType.I32, ValueType.I64 -> out.s64(0);
      case ValueType.F32 -> out.octets(new byte[Float.BYTES], 0, Float.BYTES);
      case ValueType.F64 -> out.octets(new byte[Double.BYTES], 0, Double.BYTES);
      default -> out.octet(ValueType.code(type));
    }
    out.octet(Instruction.END);
  }

  private WasmOutput exportSection() {
    WasmOutput out = new WasmOutput();
    List<Integer> state = sections.stepping().isPutAside() ? sections.mutableGlobals() : List.of();
    int steps = sections.stepping().steps() ? 1 : 0;
    out.u32(sections.exports() + EXPORTED.size() + steps + state.size());
    out.append(sections.exportItems());
    if (steps == 1) {
      out.name(STEP);
      out.octet(EXPORT_FUNCTION);
      out.u32(sections.stepFunction());
    }
    for (int i = 0; i < state.size(); i++) {
      out.name(STATE + i);
      out.octet(EXPORT_GLOBAL);
      out.u32(state.get(i));
    }
    int index = sections.globals().size();
    for (String name : EXPORTED) {
      out.name(name);
      out.octet(EXPORT_GLOBAL);
      out.u32(index++);
    }
    return out;
  }

  private WasmOutput code() throws RefusedModule {
    List<BodySurvey> surveys = new ArrayList<>();
    int locals = 0;
    for (int i = 0; i < sections.bodies().size(); i++) {
      WasmReader in = sections.bodies().get(i).again();
      BodySurvey survey = BodySurvey.of(in, sections, type(i));
      surveys.add(survey);
      locals += survey.locals();
      if (locals > ModuleLimits.ALL_LOCALS_MAX) {
        throw in.fault(
            "the functions have more than " + ModuleLimits.ALL_LOCALS_MAX + " locals together");
      }
    }
    CallDepth depth = new CallDepth(sections, surveys);
    WasmOutput bodies = new WasmOutput();
    for (int i = 0; i < sections.bodies().size(); i++) {
      WasmReader in = sections.bodies().get(i);
      FunctionType type = type(i);
      BodyMeter meter =
          new BodyMeter(
              in,
              new BodyReader(in, sections, type),
              surveys.get(i),
              sections.globals().size(),
              depth.charge(i),
              form.comparisons(),
              types);
      bodies.sized(splitter.split(meter.meter(type.results()), type));
      if (bodies.size() > ModuleLimits.METERED_OCTETS_MAX) {
        throw in.fault(
            "with its counter the module would exceed "
                + ModuleLimits.METERED_OCTETS_MAX
                + " octets");
      }
    }
    WasmOutput out = new WasmOutput();
    out.u32(sections.bodies().size() + splitter.functions().size());
    out.append(bodies);
    splitter.functions().forEach(added -> out.sized(added.body()));
    return out;
  }

  /** The type of a function, counted from the first with a body. */
  private FunctionType type(int body) {
    return sections.functions().get(sections.importedFunctions() + body);
  }
}
