package org.almoner.workload.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class WasmModuleProperties {
  private static final ModuleLimits LIMITS = new ModuleLimits(64);
  private static final EngineForm IN_PIECES = new EngineForm(Comparisons.BY_SUBTRACTION, 200);
  private static final byte[] REAL = real();

  private static byte[] real() {
    try {
      return Files.readAllBytes(
          Path.of(System.getProperty("almoner.root"), "docs/examples/mersenne/mersenne.wasm"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is admitted is valid, so it is admitted again but for the name of its counter. */
  static void admitOrRefuse(byte[] module) {
    byte[] metered;
    byte[] pieces;
    try {
      metered = WasmModule.admit(module, LIMITS).metered().toArray();
      pieces = WasmModule.admit(module, LIMITS, IN_PIECES).metered().toArray();
    } catch (RefusedModule expected) {
      assertThat(expected.getMessage()).isNotBlank().doesNotContain("\n");
      return;
    }
    try {
      assertThat(WasmModule.admit(renamed(metered), LIMITS).metered().toArray().length)
          .isGreaterThan(metered.length);
      WasmModule.admit(renamed(pieces), LIMITS);
    } catch (RefusedModule e) {
      throw new AssertionError("what was admitted is not valid", e);
    }
  }

  private static byte[] renamed(byte[] metered) {
    byte[] copy = metered.clone();
    for (String name : new String[] {WasmModule.COUNTER, WasmModule.STACK}) {
      byte[] ascii = name.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      int found = 0;
      for (int i = 0; i + ascii.length <= metered.length; i++) {
        if (Arrays.equals(metered, i, i + ascii.length, ascii, 0, ascii.length)) {
          copy[i] = 'b';
          found++;
        }
      }
      assertThat(found).as(name).isEqualTo(1);
    }
    return copy;
  }

  @Property
  void randomOctetsBehindTheHeaderAreRefused(@ForAll byte[] octets) {
    admitOrRefuse(Wat.join(Wat.octets(0, 'a', 's', 'm', 1, 0, 0, 0), octets));
  }

  @Property(tries = 3000)
  void aMutatedModuleIsAdmittedOrRefusedWithASentence(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] module = REAL.clone();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      module[random.nextInt(module.length)] = (byte) random.nextInt(256);
    }
    admitOrRefuse(module);
  }

  @Property(tries = 500)
  void aTruncatedModuleIsRefused(@ForAll long seed) {
    byte[] module = Arrays.copyOf(REAL, new Random(seed).nextInt(REAL.length));
    admitOrRefuse(module);
  }

  @Property(tries = 1000)
  void randomCodeIsAdmittedOrRefusedWithASentence(@ForAll long seed) {
    Random random = new Random(seed);
    int[] code = random.ints(1 + random.nextInt(60), 0, 0xd3).toArray();
    admitOrRefuse(new Wat().start(code).build());
  }
}
