package org.almoner.agent.run.fast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.workload.wasm.ModuleLimits;
import org.almoner.workload.wasm.WasmModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a module on its way to a program. */
class FastKitTest {
  @TempDir Path temp;

  @BeforeEach
  void find() throws Exception {
    Fast.engine();
  }

  private static Bytes metered(String name) throws Exception {
    Path module = Path.of(FastKitTest.class.getResource(name).toURI());
    return WasmModule.admit(
            Files.readAllBytes(module), new ModuleLimits(ModuleLimits.MEMORY_PAGES_MAX))
        .metered();
  }

  @Test
  void theSameModuleGivesTheSameOctetsWhereverAndWheneverItIsBuilt() throws Exception {
    Path one = temp.resolve("one");
    Path other = temp.resolve("other");
    FastKit elsewhere =
        ((FastKit.Usable) FastKit.find(Fast.sandbox(), temp.resolve("elsewhere/kit"))).kit();
    Fast.kit().build(metered("calls.wasm"), one);
    elsewhere.build(metered("calls.wasm"), other);
    assertThat(one).hasSameBinaryContentAs(other);
    assertThat(Fast.kit().version()).isEqualTo(elsewhere.version());
  }

  @Test
  void noPathOfThisComputerIsInAProgram() throws Exception {
    Path program = temp.resolve("program");
    Fast.kit().build(metered("calls.wasm"), program);
    String text = Files.readString(program, StandardCharsets.ISO_8859_1);
    assertThat(text).doesNotContain(temp.toString(), Workshop.HERE + "/", "/kit/", "unit.c");
  }

  @Test
  void aNameOfAnExportDoesNotGetIntoTheC() throws Exception {
    byte[] form = ModuleForC.of(metered("names.wasm").toArray()).octets().toArray();
    assertThat(new String(form, StandardCharsets.ISO_8859_1))
        .contains("_start")
        .doesNotContain("#error");
    Fast.kit().build(metered("names.wasm"), temp.resolve("program"));
  }

  @Test
  void aCompilerThatIsMissingIsNamed() throws Exception {
    assertThat(FastKit.find(Fast.sandbox(), temp, List.of("no-such-compiler")))
        .isInstanceOfSatisfying(
            FastKit.Missing.class,
            no -> assertThat(no.reason()).contains("no-such-compiler", "package"));
  }

  @Test
  void whatAToolDoesNotTakeIsSaidInItsWords() {
    assertThatThrownBy(
            () ->
                Fast.kit()
                    .build(Bytes.of(new byte[] {0, 'a', 's', 'm', 9, 0, 0, 0}), temp.resolve("x")))
        .isInstanceOf(BuildFailed.class)
        .hasMessageContaining("wasm2c failed: ");
  }
}
