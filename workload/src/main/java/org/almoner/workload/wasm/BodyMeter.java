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
 */
final class BodyMeter {
  private final WasmReader in;
  private final BodyReader body;
  private final int counter;
  private final Comparisons comparisons;
  private final WasmOutput out = new WasmOutput();
  private final WasmOutput segment = new WasmOutput();
  private int local;
  private int count;

  /**
   * @param counter index of the counter among the globals
   */
  BodyMeter(WasmReader in, BodyReader body, int counter, Comparisons comparisons) {
    this.in = in;
    this.body = body;
    this.counter = counter;
    this.comparisons = comparisons;
  }

  /**
   * The metered body.
   *
   * @param wrapper type of the block around the body, as a block type is encoded: negative for none
   *     or one result
   */
  WasmOutput meter(int wrapper) throws RefusedModule {
    locals();
    out.octet(Instruction.BLOCK);
    out.s64(wrapper);
    while (body.depth() > 0) {
      instruction();
    }
    in.requireEnd();
    flush(out);
    out.octet(Instruction.END);
    return out;
  }

  private void locals() throws RefusedModule {
    WasmOutput groups = new WasmOutput();
    int declared = body.readLocals(groups);
    out.u32(declared + 1);
    out.append(groups);
    out.u32(1 + Subtraction.LOCALS);
    out.octet(ValueType.code(ValueType.I64));
    local = body.localCount();
  }

  private void instruction() throws RefusedModule {
    boolean live = !body.unreachable();
    int depth = body.depth();
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
      segment.u32(depth - 1);
      close();
    } else if (comparisons == Comparisons.BY_SUBTRACTION && Subtraction.isOrdered(opcode)) {
      new Subtraction(segment, local + 1).write(opcode);
    } else {
      in.copyFrom(from, segment);
      if (endsSegment(opcode)) {
        close();
      }
    }
  }

  /** Whether an instruction counts: the marks of structure do nothing and are free. */
  private static boolean isCounted(int opcode) {
    return switch (opcode) {
      case Instruction.BLOCK, Instruction.LOOP, Instruction.ELSE, Instruction.END -> false;
      default -> true;
    };
  }

  private static boolean endsSegment(int opcode) {
    return switch (opcode) {
      case Instruction.LOOP,
          Instruction.IF,
          Instruction.ELSE,
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
