package org.almoner.workload.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SteppingTest {
  private static final ModuleLimits LIMITS = new ModuleLimits(16);

  /** A step that runs {@code code} and answers 0; then the start. */
  private static Wat stepping(int... code) {
    Wat wat = new Wat();
    int type = wat.type(new int[] {}, new int[] {Wat.I32});
    int[] body = new int[code.length + 3];
    System.arraycopy(code, 0, body, 1, code.length);
    body[code.length + 1] = 0x41;
    return wat.function(type, body).export("step", 0, 0).start();
  }

  private static Admitted admitted(Wat wat) throws RefusedModule {
    return WasmModule.admit(wat.build(), LIMITS);
  }

  private static String octets(Admitted module) {
    return new String(module.metered().toArray(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void aModuleWithoutAStepIsWhole() throws Exception {
    Admitted module = admitted(new Wat());
    assertThat(module.stepping()).isEqualTo(Stepping.NONE);
    assertThat(octets(module)).doesNotContain(WasmModule.STEP);
  }

  @Test
  void aFunctionOfAnotherTypeIsNoStep() throws Exception {
    assertThat(admitted(new Wat().start().export("step", 0, 0)).stepping().steps()).isFalse();
  }

  @Test
  void mutableGlobalsOfASteppingModuleAreExportedInOrder() throws Exception {
    Wat wat =
        stepping()
            .global(Wat.I32, 0, 0x41, 1, 0x0b)
            .global(Wat.I32, 1, 0x41, 2, 0x0b)
            .global(Wat.I64, 1, 0x42, 3, 0x0b);
    Admitted module = admitted(wat);
    assertThat(module.stepping().isPutAside()).isTrue();
    assertThat(octets(module))
        .contains(WasmModule.STEP)
        .contains(WasmModule.STATE + "0\3\1")
        .contains(WasmModule.STATE + "1\3\2")
        .doesNotContain(WasmModule.STATE + "2");
  }

  @Test
  void whatChangesATableIsNamed() throws Exception {
    Admitted module = admitted(stepping(0x41, 0, 0xd0, 0x70, 0x26, 0).table(1, 0x70, 0, 1));
    Stepping stepping = module.stepping();
    assertThat(stepping.steps()).isTrue();
    assertThat(stepping.isPutAside()).isFalse();
    assertThat(stepping.reason()).matches("at offset \\d+: it has a table.set");
    assertThat(octets(module)).contains(WasmModule.STEP).doesNotContain(WasmModule.STATE);
  }

  @Test
  void aReferenceInAMutableGlobalIsNamed() throws Exception {
    Stepping stepping = admitted(stepping().global(0x70, 1, 0xd0, 0x70, 0x0b)).stepping();
    assertThat(stepping.reason()).contains("global 0 holds a reference");
  }
}
