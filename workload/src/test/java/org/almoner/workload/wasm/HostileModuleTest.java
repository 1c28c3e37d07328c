package org.almoner.workload.wasm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Modules made to keep admission busy: by work that is counted, or by a limit that is named. */
class HostileModuleTest {
  private static final ModuleLimits LIMITS = new ModuleLimits(16);
  private static final int LOCALS = 50_000;

  private static void leb(ByteArrayOutputStream out, int value) {
    int rest = value;
    for (; rest >>> 7 != 0; rest >>>= 7) {
      out.write((rest & 0x7f) | 0x80);
    }
    out.write(rest);
  }

  private static ByteArrayOutputStream body(int locals, int type) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(1);
    leb(out, locals);
    out.write(type);
    return out;
  }

  /** Each local is set to the next, and the last to what the program loads. */
  private static byte[] chain() {
    ByteArrayOutputStream out = body(LOCALS, Wat.F64);
    for (int i = 0; i + 1 < LOCALS; i++) {
      out.write(0x20);
      leb(out, i + 1);
      out.write(0x21);
      leb(out, i);
    }
    out.writeBytes(Wat.octets(0x41, 0, 0x2b, 3, 0, 0x21)); // i32.const 0, f64.load, local.set
    leb(out, LOCALS - 1);
    out.writeBytes(
        Wat.octets(0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0x9f, 0x21, 0, 0x0b)); // sqrt, to local 0
    return new Wat().body(0, out.toByteArray()).build();
  }

  /** What the last local holds may reach the first, so arithmetic that is set to it is observed. */
  @Test
  void aChainOfAllLocalsThatThereMayBeIsFollowedToItsEnd() throws Exception {
    byte[] metered = WasmModule.admit(chain(), LIMITS).metered().toArray();
    assertThat(new String(metered, ISO_8859_1))
        .contains("\0\0\0\0\0\0\u00f8\u007f"); // the canonical NaN
  }

  @Test
  void aFunctionWithAllLocalsThatThereMayBeIsAdmittedInEveryForm() throws Exception {
    ByteArrayOutputStream body = body(LOCALS, Wat.I32);
    for (int i = 0; i < 600; i++) {
      body.writeBytes(Wat.octets(0x20, i % 100, 0x1a)); // local.get, drop
    }
    body.write(0x0b);
    byte[] module = new Wat().body(0, body.toByteArray()).build();
    EngineForm smallest = new EngineForm(Comparisons.AS_WRITTEN, 100);
    for (EngineForm form : List.of(EngineForm.AS_WRITTEN, EngineForm.JVM, smallest)) {
      assertThat(WasmModule.admit(module, LIMITS, form).original()).isEqualTo(Hash.sha256(module));
    }
  }

  @Test
  void theLocalsOfAllFunctionsHaveALimit() {
    Wat wat = new Wat().withoutStandardExports().export("memory", 2, 0).export("_start", 0, 0);
    ByteArrayOutputStream body = body(LOCALS, Wat.I32);
    body.write(0x0b);
    for (int i = 0; i <= ModuleLimits.ALL_LOCALS_MAX / LOCALS; i++) {
      wat.body(0, body.toByteArray());
    }
    assertThatThrownBy(() -> WasmModule.admit(wat.build(), LIMITS))
        .isInstanceOf(RefusedModule.class)
        .hasMessageContaining("the functions have more than 10000000 locals together");
  }

  /** Without an order a map would compare each type with all others of its hash code. */
  @Test
  void typesOfOneHashCodeAreToldApartByTheirOrder() {
    List<String> equal = equalHashCodes();
    assertThat(equal.get(0).hashCode()).isEqualTo(equal.get(1).hashCode());
    Set<FunctionType> types = new HashSet<>();
    List<FunctionType> ordered = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      StringBuilder params = new StringBuilder();
      for (int bit = 0; bit < 6; bit++) {
        params.append(equal.get(i >> bit & 1));
      }
      ordered.add(new FunctionType(params.toString(), ""));
    }
    types.addAll(ordered);
    Collections.sort(ordered);
    assertThat(types).hasSize(64);
    assertThat(ordered.stream().mapToInt(FunctionType::hashCode).distinct().count()).isEqualTo(1);
    assertThat(ordered).isSorted().doesNotHaveDuplicates();
  }

  private static List<String> equalHashCodes() {
    Map<Integer, String> seen = new HashMap<>();
    SplittableRandom random = new SplittableRandom(1);
    while (true) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 14; i++) {
        text.append(ValueType.ALL.charAt(random.nextInt(ValueType.ALL.length())));
      }
      String before = seen.putIfAbsent(text.toString().hashCode(), text.toString());
      if (before != null && !before.contentEquals(text)) {
        return List.of(before, text.toString());
      }
    }
  }

  /** Branches at the bottom of deep blocks, each with all locals to look at. */
  private static byte[] branches(int count) {
    ByteArrayOutputStream out = body(LOCALS, Wat.I32);
    int depth = 300;
    for (int i = 0; i < depth; i++) {
      out.writeBytes(Wat.octets(0x02, 0x40));
    }
    for (int i = 0; i < count; i++) {
      out.writeBytes(Wat.octets(0x41, 0, 0x0d));
      leb(out, i % depth);
    }
    for (int i = 0; i <= depth; i++) {
      out.write(0x0b);
    }
    return new Wat().body(0, out.toByteArray()).build();
  }

  /** Where it gives up, it leaves the rest of the function as it is. */
  @Test
  @Tag("long")
  void whatWouldBeTooMuchWorkToCutStaysValid() throws Exception {
    byte[] module = branches(20_000);
    assertThat(WasmModule.admit(module, LIMITS, EngineForm.JVM).metered().toArray().length)
        .isGreaterThan(module.length);
  }

  @Test
  void whereAllEffortIsSpentEveryLocalCountsAsLive() {
    Effort effort = new Effort();
    assertThat(effort.spend(Effort.STEPS_MAX - 1)).isTrue();
    assertThat(effort.spend(2)).isFalse();
    assertThat(effort.spend(1)).isFalse();
    Block block = new Block(Instruction.BLOCK, FunctionType.of(":"));
    assertThat(new Liveness(block, 7, effort).after(block).cardinality()).isEqualTo(7);
    assertThat(new Liveness(block, 7, new Effort()).after(block).cardinality()).isZero();
  }
}
