package org.almoner.workload.wasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the places of a body where a NaN must be made canonical: after arithmetic, or after a local
 * is read.
 *
 * <p>Each value on the operand stack remembers the instruction that made it, if it may be a NaN of
 * the machine's own. Whoever takes such a value and is not blind to it, by storing it or its bits,
 * setting a global, calling, branching, observes it; behind its maker it becomes canonical. Values
 * inside an expression stay as they are.
 *
 * <p>A local that only ever gets results of arithmetic, and what is no NaN, may hold such NaNs:
 * reading it makes one again. Other locals may hold a NaN whose bits the program chose, which must
 * be kept, so setting them observes.
 */
final class NanFlow {
  /** A value whose bits are the same on every machine. */
  private static final int KNOWN = -1;

  /** One of these that is no NaN either. */
  private static final int NO_NAN = -2;

  /** A local is set to what the instruction {@code maker} made. */
  private record Setting(int local, int maker) {}

  private final BitSet observed = new BitSet();
  private final List<Setting> settings = new ArrayList<>();
  private final Map<Integer, Integer> readings = new HashMap<>(); // instruction, local
  private final Flood copies = new Flood();
  private final BitSet mixed = new BitSet();
  private int[] makers = new int[16];
  private int height;

  /**
   * @param params number of parameters, which may hold any NaN
   */
  NanFlow(int params) {
    mixed.set(0, params);
  }

  /**
   * Notes the effect of one instruction.
   *
   * @param number how many instructions of the body came before
   * @param body that has just read it
   * @param isNan whether it is a constant that is a NaN
   */
  void step(int number, BodyReader body, boolean isNan) {
    int opcode = body.opcode();
    OperandStack stack = body.stack();
    int made = taken(opcode, Math.min(stack.low(), height), body.index());
    if (FloatingPoint.makesNan(opcode)) {
      made = number;
    } else if (FloatingPoint.isNumber(opcode) && !isNan) {
      made = NO_NAN;
    } else if (opcode == Instruction.LOCAL_GET && isFloat(body.locals().charAt(body.index()))) {
      made = number;
      readings.put(number, body.index());
    }
    height = stack.height();
    if (height > makers.length) {
      makers = Arrays.copyOf(makers, 2 * height);
    }
    for (int i = stack.low(); i < height; i++) {
      makers[i] = made;
    }
  }

  private static boolean isFloat(char type) {
    return type == ValueType.F32 || type == ValueType.F64;
  }

  /** Looks at the values that an instruction takes, and gives the one that it passes on. */
  private int taken(int opcode, int low, int local) {
    int passed = KNOWN;
    for (int i = low; i < height; i++) {
      int maker = makers[i];
      boolean sign = FloatingPoint.isCopysign(opcode) && i == height - 1;
      if (opcode == Instruction.LOCAL_SET || opcode == Instruction.LOCAL_TEE) {
        set(local, maker);
        passed = maker;
      } else if (FloatingPoint.passesNan(opcode) && !sign) {
        passed = maker;
      } else if (maker >= 0 && !FloatingPoint.isBlind(opcode)) {
        observed.set(maker);
      }
    }
    return passed;
  }

  private void set(int local, int maker) {
    Integer read = readings.get(maker);
    if (maker == KNOWN) {
      mixed.set(local);
    } else if (maker >= 0) {
      settings.add(new Setting(local, maker));
    }
    if (read != null) {
      copies.addWay(read, local);
    }
  }

  /** The instructions, by number, behind which a NaN must be made canonical. */
  BitSet canonical() {
    copies.spread(mixed); // a local set to a mixed one is mixed
    for (Setting setting : settings) {
      if (mixed.get(setting.local())) {
        observed.set(setting.maker());
      }
    }
    readings.forEach(
        (number, local) -> {
          if (mixed.get(local)) {
            observed.clear(number);
          }
        });
    return observed;
  }
}
