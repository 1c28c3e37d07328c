package org.almoner.workload.wasm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The types of a metered module: its own, and behind them those that blocks and added functions
 * need.
 *
 * <p>A block names its type by a code of one octet, if it takes nothing and gives at most one
 * value, else by an index. Indexes that look like such a code are kept from blocks: the portable
 * engine reads the code and the index as one number and takes the one for the other. Such a type
 * stands a second time behind all others.
 *
 * @see <a href="https://www.w3.org/TR/wasm-core-2/#binary-blocktype">WebAssembly 2.0, 5.4.1, block
 *     types</a>
 */
final class TypeTable {
  private static final int AMBIGUOUS_FIRST = Instruction.EMPTY_BLOCK;
  private static final int AMBIGUOUS_LAST = 0x7f;

  /** What an octet is less as a signed number of seven bits, when its sixth is set. */
  private static final int SIGN = 0x80;

  private final List<FunctionType> types;
  private final Map<FunctionType, Integer> indexes = new HashMap<>();

  /**
   * @param types of the module; what is added is added to them
   */
  TypeTable(List<FunctionType> types) {
    this.types = types;
    for (int i = 0; i < types.size(); i++) {
      if (!isAmbiguous(i)) {
        indexes.putIfAbsent(types.get(i), i);
      }
    }
  }

  private static boolean isAmbiguous(int index) {
    return index >= AMBIGUOUS_FIRST && index <= AMBIGUOUS_LAST;
  }

  /** An index of the type, which is added if no index of it is fit for a block. */
  int index(FunctionType type) {
    return indexes.computeIfAbsent(type, this::append);
  }

  private int append(FunctionType added) {
    while (isAmbiguous(types.size())) {
      types.add(FunctionType.of(":"));
    }
    types.add(added);
    return types.size() - 1;
  }

  /** Writes the type of a block, in as few octets as there can be. */
  void writeBlockType(FunctionType type, WasmOutput out) {
    if (!type.params().isEmpty() || type.results().length() > 1) {
      out.s64(index(type));
    } else if (type.results().isEmpty()) {
      out.s64(Instruction.EMPTY_BLOCK - SIGN);
    } else {
      out.s64(ValueType.code(type.results().charAt(0)) - SIGN);
    }
  }

  void write(WasmOutput out) {
    out.u32(types.size());
    types.forEach(type -> type.write(out));
  }
}
