package org.almoner.workload.wasm;

/**
 * Puts the counter into one function body.
 *
 * <p>A <em>segment</em> is a run of instructions that is entered only at its start and left only at
 * its end: at a branch, a call, an end, an else or the head of a loop. Before each segment the
 * number of its instructions is added to a local variable. The local is emptied into the counter
 * before each call and at the single exit of the function, so the counter is exact whenever the
 * host can look: in a host call, at the end, or when {@code proc_exit} never returns.
 *
 * <p>The single exit is made by a block around the whole body; {@code return} becomes a branch out
 * of it, and branches to the function's own label already are.
 *
 * <p>On the way arithmetic whose NaN could be observed gets a canonical one ({@link NanFlow}), and
 * functions that may call themselves keep account of the stack ({@link CallDepth}).
 */
final class BodyMeter {
  /**
   * Most locals that a function gets: the count, two for comparisons, two for NaNs, one for depth.
   */
  static final int LOCALS_MAX = 6;

  private final WasmReader in;
  private final BodyReader body;
  private final BodySurvey survey;
  private final int counter;
  private final int charge;
  private final Comparisons comparisons;
  private final TypeTable types;
  private final WasmOutput out = new WasmOutput();
  private final WasmOutput segment = new WasmOutput();
  private int local;
  private int floats;
  private int depth;
  private int count;
  private int number;

  /**
   * @param counter index of the counter among the globals; the account of the stack is the next,
   *     then the witness of NaNs
   * @param charge what a call takes of the stack, 0 for a function that keeps no account
   * @param types where the types of blocks are found
   */
  BodyMeter(
      WasmReader in,
      BodyReader body,
      BodySurvey survey,
      int counter,
      int charge,
      Comparisons comparisons,
      TypeTable types) {
    this.in = in;
    this.body = body;
    this.survey = survey;
    this.counter = counter;
    this.charge = charge;
    this.comparisons = comparisons;
    this.types = types;
  }

  /**
   * The metered body.
   *
   * @param results types of what the function gives, and so does the block around its body
   */
  WasmOutput meter(String results) throws RefusedModule {
    locals();
    if (charge > 0) {
      take();
    }
    out.octet(Instruction.BLOCK);
    types.writeBlockType(new FunctionType("", results), out);
    while (body.depth() > 0) {
      instruction();
    }
    in.requireEnd();
    flush(out);
    if (charge > 0) {
      giveBack();
    }
    out.octet(Instruction.END);
    return out;
  }

  /** The meter's locals: the running count, two for comparisons, others where they are needed. */
  private void locals() throws RefusedModule {
    WasmOutput groups = new WasmOutput();
    int declared = body.readLocals(groups);
    boolean canonical = !survey.canonical().isEmpty();
    out.u32(declared + 1 + (canonical ? 2 : 0) + (charge > 0 ? 1 : 0));
    out.append(groups);
    local = body.localCount();
    group(1 + Subtraction.LOCALS, ValueType.I64);
    floats = local + 1 + Subtraction.LOCALS;
    depth = floats;
    if (canonical) {
      group(1, ValueType.F32);
      group(1, ValueType.F64);
      depth += 2;
    }
    if (charge > 0) {
      group(1, ValueType.I32);
    }
  }

  private void group(int count, char type) {
    out.u32(count);
    out.octet(ValueType.code(type));
  }

  /** Takes the function's part of the stack, or traps when there is less left. */
  private void take() {
    account(Instruction.GLOBAL_GET);
    charge(Instruction.I32_SUB);
    depth(Instruction.LOCAL_TEE);
    account(Instruction.GLOBAL_SET);
    depth(Instruction.LOCAL_GET);
    constant(31);
    out.octet(Instruction.I32_SHR_U); // the sign: comparisons are for the module's own code
    out.octet(Instruction.IF);
    out.octet(Instruction.EMPTY_BLOCK);
    out.octet(Instruction.UNREACHABLE);
    out.octet(Instruction.END);
  }

  private void giveBack() {
    depth(Instruction.LOCAL_GET);
    charge(Instruction.I32_ADD);
    account(Instruction.GLOBAL_SET);
  }

  private void account(int opcode) {
    out.octet(opcode);
    out.u32(counter + 1);
  }

  private void charge(int operation) {
    constant(charge);
    out.octet(operation);
  }

  private void depth(int opcode) {
    out.octet(opcode);
    out.u32(depth);
  }

  private void constant(int value) {
    out.octet(Instruction.I32_CONST);
    out.s64(value);
  }

  private void instruction() throws RefusedModule {
    boolean live = !body.unreachable();
    int nesting = body.depth();
    int from = in.offset();
    body.step();
    int opcode = body.opcode();
    if (live && isCounted(opcode)) {
      count++;
    }
    if (live && (opcode == Instruction.CALL || opcode == Instruction.CALL_INDIRECT)) {
      close();
      flush(out);
      in.copyFrom(from, out);
    } else if (live && opcode == Instruction.RETURN) {
      segment.octet(Instruction.BR);
      segment.u32(nesting - 1);
      close();
    } else if (comparisons == Comparisons.BY_SUBTRACTION && Subtraction.isOrdered(opcode)) {
      new Subtraction(segment, local + 1).write(opcode);
    } else if (comparisons == Comparisons.BY_SUBTRACTION && PlainFloats.isReplaced(opcode)) {
      new PlainFloats(segment, local + 1).write(opcode);
    } else if (opensBlock(opcode)) {
      segment.octet(opcode);
      types.writeBlockType(body.block(), segment);
      if (opcode != Instruction.BLOCK) {
        close();
      }
    } else {
      in.copyFrom(from, segment);
      if (survey.canonical().get(number)) {
        char type = body.stack().above(body.stack().height() - 1).charAt(0);
        int local = floats + (type == ValueType.F32 ? 0 : 1);
        FloatingPoint.canonicalize(type, local, counter + 2, segment);
      }
      if (endsSegment(opcode)) {
        close();
      }
    }
    number++;
  }

  /** Whether an instruction counts: the marks of structure do nothing and are free. */
  private static boolean isCounted(int opcode) {
    return switch (opcode) {
      case Instruction.BLOCK, Instruction.LOOP, Instruction.ELSE, Instruction.END -> false;
      default -> true;
    };
  }

  private static boolean opensBlock(int opcode) {
    return opcode == Instruction.BLOCK || opcode == Instruction.LOOP || opcode == Instruction.IF;
  }

  /** Whether a segment ends with an instruction that opens no block and is no call. */
  private static boolean endsSegment(int opcode) {
    return switch (opcode) {
      case Instruction.ELSE,
          Instruction.END,
          Instruction.BR,
          Instruction.BR_IF,
          Instruction.BR_TABLE,
          Instruction.UNREACHABLE ->
          true;
      default -> false;
    };
  }

  private void close() {
    if (count > 0) {
      add(count);
      count = 0;
    }
    out.append(segment);
    segment.clear();
  }

  private void add(int instructions) {
    out.octet(Instruction.LOCAL_GET);
    out.u32(local);
    out.octet(Instruction.I64_CONST);
    out.s64(instructions);
    out.octet(Instruction.I64_ADD);
    out.octet(Instruction.LOCAL_SET);
    out.u32(local);
  }

  private void flush(WasmOutput to) {
    to.octet(Instruction.GLOBAL_GET);
    to.u32(counter);
    to.octet(Instruction.LOCAL_GET);
    to.u32(local);
    to.octet(Instruction.I64_ADD);
    to.octet(Instruction.GLOBAL_SET);
    to.u32(counter);
    to.octet(Instruction.I64_CONST);
    to.s64(0);
    to.octet(Instruction.LOCAL_SET);
    to.u32(local);
  }
}
