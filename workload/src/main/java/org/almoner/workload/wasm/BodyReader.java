package org.almoner.workload.wasm;

/**
 * Walks one function body, instruction by instruction, and refuses what is not valid.
 *
 * @see <a href="https://www.w3.org/TR/wasm-core-2/#instructions%E2%91%A5">WebAssembly 2.0, 3.3</a>
 */
final class BodyReader {
  /** Most labels in one {@code br_table}. */
  private static final int LABELS_MAX = 100_000;

  private final WasmReader in;
  private final ModuleSections module;
  private final FunctionType type;
  private final int localsMax;
  private final OperandStack stack;
  private final StringBuilder locals = new StringBuilder();
  private int opcode;
  private int index;
  private int[] labels = {};
  private FunctionType block = FunctionType.of(":");

  /** A reader of a body as its author wrote it. */
  BodyReader(WasmReader in, ModuleSections module, FunctionType type) {
    this(in, module, type, ModuleLimits.LOCALS_MAX);
  }

  private BodyReader(WasmReader in, ModuleSections module, FunctionType type, int localsMax) {
    this.in = in;
    this.module = module;
    this.type = type;
    this.localsMax = localsMax;
    this.stack = new OperandStack(in);
  }

  /** A reader of a metered body, which has locals of the meter behind its author's. */
  static BodyReader ofMetered(WasmReader in, ModuleSections module, FunctionType type) {
    return new BodyReader(in, module, type, ModuleLimits.LOCALS_MAX + BodyMeter.LOCALS_MAX);
  }

  /**
   * Reads the local variables and copies their declarations.
   *
   * @return number of groups in which they are declared
   */
  int readLocals(WasmOutput declarations) throws RefusedModule {
    locals.append(type.params());
    int groups = in.count("groups of locals", localsMax);
    int from = in.offset();
    for (int i = 0; i < groups; i++) {
      int count = in.count("locals of a function", localsMax - locals.length());
      locals.append(String.valueOf(ValueType.read(in)).repeat(count));
    }
    in.copyFrom(from, declarations);
    stack.open(Instruction.BLOCK, new FunctionType("", type.results()));
    return groups;
  }

  /** Parameters and local variables: the index that the next local would have. */
  int localCount() {
    return locals.length();
  }

  /** The types of parameters and local variables. */
  CharSequence locals() {
    return locals;
  }

  /** Open blocks, the function's own included; 0 once its last end was read. */
  int depth() {
    return stack.depth();
  }

  /** Whether the next instruction cannot be reached. */
  boolean unreachable() {
    return stack.unreachable();
  }

  int opcode() {
    return opcode;
  }

  /** The index that the last instruction names: of a local, a label, a function or a type. */
  int index() {
    return index;
  }

  /** The labels of the last {@code br_table}, the default one last. */
  int[] labels() {
    return labels;
  }

  /** The type of the block that the last instruction opened. */
  FunctionType block() {
    return block;
  }

  /** The operand stack after the last instruction. */
  OperandStack stack() {
    return stack;
  }

  /** Reads and checks the next instruction. */
  void step() throws RefusedModule {
    stack.mark();
    opcode = in.octet("an instruction");
    String plain = Instruction.plainSignature(opcode);
    if (!plain.isEmpty()) {
      plainImmediates();
      apply(FunctionType.of(plain));
    } else if (opcode <= Instruction.CALL_INDIRECT) {
      control();
    } else if (opcode == Instruction.PREFIX_FC) {
      prefixed(in.u32("second part of an instruction"));
    } else {
      variable();
    }
  }

  private void apply(FunctionType effect) throws RefusedModule {
    stack.pop(effect.params());
    stack.push(effect.results());
  }

  private void plainImmediates() throws RefusedModule {
    if (Instruction.isMemoryAccess(opcode)) {
      int align = in.u32("alignment");
      if (Integer.compareUnsigned(align, Instruction.widthLog2(opcode)) > 0) {
        throw in.fault("an alignment is wider than the access (or names a second memory)");
      }
      if (in.u32("offset of a memory access") < 0) {
        throw in.fault("a memory access 2 GiB or more behind its address can only fail");
      }
      return;
    }
    switch (opcode) {
      case Instruction.MEMORY_SIZE, Instruction.MEMORY_GROW -> memoryIndex();
      case Instruction.I32_CONST -> in.signed(32, "i32.const");
      case Instruction.I64_CONST -> in.signed(64, "i64.const");
      case Instruction.F32_CONST -> in.skip(4, "f32.const");
      case Instruction.F64_CONST -> in.skip(8, "f64.const");
      default -> {}
    }
  }

  private void control() throws RefusedModule {
    switch (opcode) {
      case Instruction.UNREACHABLE -> stack.cutOff();
      case Instruction.BLOCK, Instruction.LOOP -> open(blockType());
      case Instruction.IF -> {
        FunctionType type = blockType();
        stack.pop(ValueType.I32);
        open(type);
      }
      case Instruction.ELSE -> stack.elseOfIf();
      case Instruction.END -> stack.end();
      case Instruction.BR -> {
        stack.pop(stack.labelTypes(label()));
        stack.cutOff();
      }
      case Instruction.BR_IF -> {
        String carried = stack.labelTypes(label());
        stack.pop(ValueType.I32);
        stack.pop(carried);
        stack.push(carried);
      }
      case Instruction.BR_TABLE -> branchTable();
      case Instruction.RETURN -> {
        stack.pop(type.results());
        stack.cutOff();
      }
      case Instruction.CALL -> apply(module.functions().get(functionIndex()));
      case Instruction.CALL_INDIRECT -> {
        index = in.index("type", module.types().size());
        FunctionType callee = module.types().get(index);
        if (tableType() != ValueType.FUNCREF) {
          throw in.fault("call_indirect needs a table of functions");
        }
        stack.pop(ValueType.I32);
        apply(callee);
      }
      default -> throw in.fault(Instruction.unknown(opcode));
    }
  }

  private void open(FunctionType type) throws RefusedModule {
    block = type;
    stack.pop(type.params());
    stack.open(opcode, type);
  }

  private FunctionType blockType() throws RefusedModule {
    int from = in.offset();
    long code = in.signed(33, "block type");
    if (code >= 0) {
      if (code >= module.types().size()) {
        throw in.fault("type " + code + " does not exist; there are " + module.types().size());
      }
      return module.types().get((int) code);
    }
    int octet = (int) (code & 0x7f);
    if (in.offset() - from > 1) {
      throw in.fault(
          "a block type is negative in "
              + (in.offset() - from)
              + " octets; it is a type index, or one octet for a value type or none");
    }
    return octet == Instruction.EMPTY_BLOCK
        ? FunctionType.of(":")
        : new FunctionType("", String.valueOf(ValueType.of(octet, in)));
  }

  private int label() throws RefusedModule {
    index = in.index("label", stack.depth());
    return index;
  }

  private void branchTable() throws RefusedModule {
    int count = in.count("labels of br_table", LABELS_MAX);
    labels = new int[count + 1];
    for (int i = 0; i <= count; i++) {
      labels[i] = label();
    }
    stack.pop(ValueType.I32);
    String carried = stack.labelTypes(labels[count]);
    for (int label : labels) {
      String types = stack.labelTypes(label);
      if (types.length() != carried.length() || (!types.equals(carried) && !stack.unreachable())) {
        throw in.fault("the labels of br_table carry different values");
      }
    }
    stack.pop(carried);
    stack.cutOff();
  }

  private void variable() throws RefusedModule {
    switch (opcode) {
      case Instruction.DROP -> stack.pop();
      case Instruction.SELECT -> stack.select();
      case Instruction.SELECT_TYPED -> {
        if (in.count("types of select", 1) != 1) {
          throw in.fault("select gives exactly one value");
        }
        char chosen = ValueType.read(in);
        apply(new FunctionType("" + chosen + chosen + ValueType.I32, String.valueOf(chosen)));
      }
      case Instruction.LOCAL_GET -> stack.push(local());
      case Instruction.LOCAL_SET -> stack.pop(local());
      case Instruction.LOCAL_TEE -> {
        char local = local();
        stack.pop(local);
        stack.push(local);
      }
      case Instruction.GLOBAL_GET -> stack.push(global().type());
      case Instruction.GLOBAL_SET -> {
        ModuleSections.Global global = global();
        if (!global.mutable()) {
          throw in.fault("an immutable global is set");
        }
        stack.pop(global.type());
      }
      case Instruction.TABLE_GET -> apply(new FunctionType("i", String.valueOf(tableType())));
      case Instruction.TABLE_SET -> {
        changes("table.set");
        stack.pop("i" + tableType());
      }
      case Instruction.REF_NULL -> stack.push(ValueType.readReference(in));
      case Instruction.REF_IS_NULL -> {
        stack.popReference();
        stack.push(ValueType.I32);
      }
      case Instruction.REF_FUNC -> {
        int function = functionIndex();
        if (!module.isDeclared(function)) {
          throw in.fault("function " + function + " is referred to but nowhere declared for it");
        }
        stack.push(ValueType.FUNCREF);
      }
      default -> throw in.fault(Instruction.unknown(opcode));
    }
  }

  private void prefixed(int second) throws RefusedModule {
    if (Instruction.isSaturating(second)) {
      apply(FunctionType.of(Instruction.saturatingSignature(second)));
      return;
    }
    switch (second) {
      case Instruction.FC_MEMORY_INIT -> {
        dataIndex();
        memoryIndex();
        stack.pop("iii");
      }
      case Instruction.FC_DATA_DROP -> {
        changes("data.drop");
        dataIndex();
      }
      case Instruction.FC_MEMORY_COPY -> {
        memoryIndex();
        memoryIndex();
        stack.pop("iii");
      }
      case Instruction.FC_MEMORY_FILL -> {
        memoryIndex();
        stack.pop("iii");
      }
      case Instruction.FC_TABLE_INIT -> {
        changes("table.init");
        char segment = elementType();
        if (segment != tableType()) {
          throw in.fault("table.init copies elements of another type than the table's");
        }
        stack.pop("iii");
      }
      case Instruction.FC_ELEM_DROP -> {
        changes("elem.drop");
        var unused = elementType();
      }
      case Instruction.FC_TABLE_COPY -> {
        changes("table.copy");
        tableType();
        tableType();
        stack.pop("iii");
      }
      case Instruction.FC_TABLE_GROW -> {
        changes("table.grow");
        apply(new FunctionType(tableType() + "i", "i"));
      }
      case Instruction.FC_TABLE_SIZE -> {
        tableType();
        stack.push(ValueType.I32);
      }
      case Instruction.FC_TABLE_FILL -> {
        changes("table.fill");
        stack.pop("i" + tableType() + "i");
      }
      default -> throw in.fault("0xfc " + second + " is no instruction of WebAssembly 2.0");
    }
  }

  /** Tables and segments are not put aside between steps. */
  private void changes(String instruction) {
    module.cannotPutAside("it has a " + instruction, in);
  }

  private char local() throws RefusedModule {
    index = in.index("local", locals.length());
    return locals.charAt(index);
  }

  /**
   * Only the module's own globals can be named, so no instruction of it reaches the counter behind
   * them.
   */
  private ModuleSections.Global global() throws RefusedModule {
    return module.globals().get(in.index("global", module.globals().size()));
  }

  private int functionIndex() throws RefusedModule {
    index = in.index("function", module.functions().size());
    return index;
  }

  private char tableType() throws RefusedModule {
    in.index("table", module.table().isPresent() ? 1 : 0);
    return module.table().get().type();
  }

  private char elementType() throws RefusedModule {
    return module
        .segments()
        .elements()
        .get(in.index("element segment", module.segments().elements().size()));
  }

  private void dataIndex() throws RefusedModule {
    if (!module.segments().dataCounted()) {
      throw in.fault("an instruction names a data segment, but there is no data count section");
    }
    in.index("data segment", module.segments().dataSegments());
  }

  private void memoryIndex() throws RefusedModule {
    in.index("memory", 1);
  }
}
