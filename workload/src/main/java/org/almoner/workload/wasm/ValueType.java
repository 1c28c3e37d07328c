package org.almoner.workload.wasm;

/**
 * The types a Wasm value may have here, each a letter: i32 {@code i}, i64 {@code l}, f32 {@code f},
 * f64 {@code d}, funcref {@code r}, externref {@code x}. A list of types is a string of letters.
 *
 * @see <a href="https://www.w3.org/TR/wasm-core-2/#value-types%E2%91%A4">WebAssembly 2.0, 5.3.4</a>
 */
final class ValueType {
  static final char I32 = 'i';
  static final char I64 = 'l';
  static final char F32 = 'f';
  static final char F64 = 'd';
  static final char FUNCREF = 'r';
  static final char EXTERNREF = 'x';

  /** Every type once. */
  static final String ALL = "ilfdrx";

  private static final int[] CODES = {0x7f, 0x7e, 0x7d, 0x7c, 0x70, 0x6f};
  private static final int V128 = 0x7b;

  private ValueType() {}

  static boolean isReference(char type) {
    return type == FUNCREF || type == EXTERNREF;
  }

  static char read(WasmReader in) throws RefusedModule {
    return of(in.octet("value type"), in);
  }

  static char readReference(WasmReader in) throws RefusedModule {
    char type = read(in);
    if (!isReference(type)) {
      throw in.fault("expected funcref or externref");
    }
    return type;
  }

  static char of(int code, WasmReader in) throws RefusedModule {
    for (int i = 0; i < CODES.length; i++) {
      if (CODES[i] == code) {
        return ALL.charAt(i);
      }
    }
    if (code == V128) {
      throw in.fault("vector types (SIMD) cannot be metered; build without -msimd128");
    }
    throw in.fault("0x" + Integer.toHexString(code) + " is no value type of WebAssembly 2.0");
  }

  static int code(char type) {
    return CODES[ALL.indexOf(type)];
  }

  /** The name in the text format, for messages. */
  static String name(char type) {
    return switch (type) {
      case 'i' -> "i32";
      case 'l' -> "i64";
      case 'f' -> "f32";
      case 'd' -> "f64";
      case 'r' -> "funcref";
      default -> "externref";
    };
  }
}
