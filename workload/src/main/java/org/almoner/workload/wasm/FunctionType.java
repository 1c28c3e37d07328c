package org.almoner.workload.wasm;

import java.util.Comparator;

/**
 * Parameters and results of a function, or of a block.
 *
 * <p>Types have an order so that a map of types whose hash codes were made equal stays fast.
 *
 * @param params letters of {@link ValueType}
 * @param results likewise
 */
record FunctionType(String params, String results) implements Comparable<FunctionType> {
  private static final int FORM = 0x60;

  private static final Comparator<FunctionType> ORDER =
      Comparator.comparing(FunctionType::params).thenComparing(FunctionType::results);

  /** Reads {@code params:results}. */
  static FunctionType of(String signature) {
    int colon = signature.indexOf(':');
    return new FunctionType(signature.substring(0, colon), signature.substring(colon + 1));
  }

  static FunctionType read(WasmReader in) throws RefusedModule {
    if (in.octet("type") != FORM) {
      throw in.fault("only plain function types are accepted; structs, arrays and groups are not");
    }
    return new FunctionType(readTypes(in), readTypes(in));
  }

  private static String readTypes(WasmReader in) throws RefusedModule {
    int count = in.count("value types of a function", ModuleLimits.SIGNATURE_MAX);
    StringBuilder types = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      types.append(ValueType.read(in));
    }
    return types.toString();
  }

  void write(WasmOutput out) {
    out.octet(FORM);
    writeTypes(out, params);
    writeTypes(out, results);
  }

  private static void writeTypes(WasmOutput out, String types) {
    out.u32(types.length());
    types.chars().forEach(type -> out.octet(ValueType.code((char) type)));
  }

  @Override
  public int compareTo(FunctionType other) {
    return ORDER.compare(this, other);
  }

  /** What {@link #of} reads. */
  String signature() {
    return params + ":" + results;
  }
}
