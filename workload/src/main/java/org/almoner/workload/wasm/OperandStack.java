package org.almoner.workload.wasm;

import java.util.ArrayList;
import java.util.List;

/**
 * What is on the operand stack and which blocks are open at one place of a function body, by types
 * alone.
 *
 * @see <a href="https://www.w3.org/TR/wasm-core-2/#validation-algorithm">WebAssembly 2.0, appendix,
 *     validation algorithm</a>
 */
final class OperandStack {
  /** A value of any type: what unreachable code finds on the stack. */
  private static final char ANY = '?';

  /**
   * An open block: what opened it, its type, where its values start, and whether the rest of it
   * cannot be reached.
   */
  private static final class Frame {
    final int opcode;
    final FunctionType type;
    final int height;
    boolean unreachable;

    Frame(int opcode, FunctionType type, int height) {
      this.opcode = opcode;
      this.type = type;
      this.height = height;
    }
  }

  private final WasmReader in;
  private final StringBuilder values = new StringBuilder();
  private final List<Frame> frames = new ArrayList<>();
  private int low;
  private int highest;

  OperandStack(WasmReader in) {
    this.in = in;
  }

  /** Number of open blocks, the function itself included. */
  int depth() {
    return frames.size();
  }

  boolean unreachable() {
    return top().unreachable;
  }

  /** Forgets how low the stack was: the next instruction begins. */
  void mark() {
    low = values.length();
  }

  /** Height below which nothing was touched since the mark. */
  int low() {
    return low;
  }

  int height() {
    return values.length();
  }

  /** Greatest height there was, in values. */
  int highest() {
    return highest;
  }

  /** Types of the values above {@code height}. */
  String above(int height) {
    return values.substring(height);
  }

  void push(char type) {
    values.append(type);
    highest = Math.max(highest, values.length());
  }

  void push(String types) {
    values.append(types);
    highest = Math.max(highest, values.length());
  }

  /** Takes one value off, of any type. */
  char pop() throws RefusedModule {
    Frame frame = top();
    if (values.length() == frame.height) {
      if (frame.unreachable) {
        return ANY;
      }
      throw in.fault("an instruction takes more values than there are");
    }
    char type = values.charAt(values.length() - 1);
    values.setLength(values.length() - 1);
    low = Math.min(low, values.length());
    return type;
  }

  void pop(char expected) throws RefusedModule {
    char actual = pop();
    if (actual != expected && actual != ANY && expected != ANY) {
      throw in.fault(
          "an instruction takes "
              + ValueType.name(expected)
              + " but finds "
              + ValueType.name(actual));
    }
  }

  void pop(String types) throws RefusedModule {
    int height = values.length() - types.length();
    if (height >= top().height && isAt(height, types)) {
      values.setLength(height);
      low = Math.min(low, height);
      return;
    }
    for (int i = types.length() - 1; i >= 0; i--) {
      pop(types.charAt(i));
    }
  }

  private boolean isAt(int height, String types) {
    for (int i = types.length() - 1; i >= 0; i--) {
      if (values.charAt(height + i) != types.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** An untyped {@code select}: two numbers of one type and a condition give one of them. */
  void select() throws RefusedModule {
    pop(ValueType.I32);
    char second = pop();
    char first = pop();
    if (ValueType.isReference(first) || ValueType.isReference(second)) {
      throw in.fault("select without a type is for numbers only");
    }
    if (first != second && first != ANY && second != ANY) {
      throw in.fault("the two values of select have different types");
    }
    push(first == ANY ? second : first);
  }

  void popReference() throws RefusedModule {
    char type = pop();
    if (type != ANY && !ValueType.isReference(type)) {
      throw in.fault("an instruction takes a reference but finds " + ValueType.name(type));
    }
  }

  void open(int opcode, FunctionType type) throws RefusedModule {
    if (frames.size() == ModuleLimits.NESTING_MAX) {
      throw in.fault("blocks are nested deeper than " + ModuleLimits.NESTING_MAX);
    }
    frames.add(new Frame(opcode, type, values.length()));
    push(type.params());
  }

  /** Closes the innermost block; its results are on the stack of the next. */
  void end() throws RefusedModule {
    Frame frame = close();
    if (frame.opcode == Instruction.IF && !frame.type.params().equals(frame.type.results())) {
      throw in.fault("an if without else cannot turn its parameters into other results");
    }
    push(frame.type.results());
  }

  void elseOfIf() throws RefusedModule {
    Frame frame = close();
    if (frame.opcode != Instruction.IF) {
      throw in.fault("an else stands outside any if");
    }
    open(Instruction.ELSE, frame.type);
  }

  private Frame close() throws RefusedModule {
    Frame frame = top();
    pop(frame.type.results());
    if (values.length() != frame.height) {
      throw in.fault("a block ends with more values than its type gives");
    }
    frames.remove(frames.size() - 1);
    return frame;
  }

  /** What a branch to the label {@code index}, counted from inside, carries. */
  String labelTypes(int index) {
    Frame frame = frames.get(frames.size() - 1 - index);
    return frame.opcode == Instruction.LOOP ? frame.type.params() : frame.type.results();
  }

  /** Nothing after this place runs until the block ends. */
  void cutOff() {
    Frame frame = top();
    values.setLength(frame.height);
    frame.unreachable = true;
  }

  private Frame top() {
    return frames.get(frames.size() - 1);
  }
}
