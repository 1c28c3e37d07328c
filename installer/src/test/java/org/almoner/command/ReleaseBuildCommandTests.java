package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiling a release's module ahead of time. */
class ReleaseBuildCommandTests {
  @TempDir Path temp;
  private Path workload;

  @BeforeEach
  void begin() {
    workload = temp.resolve("mine/almoner.yaml");
    assertThat(Said.by("workload", "init", temp.resolve("mine")).code()).isZero();
  }

  private Path built() throws Exception {
    Said said = Said.by("release", "build", workload);
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("kit       almoner-fast/1 ", "wasm2c 1.0.32", "built     ");
    try (var files = Files.list(workload.resolveSibling(""))) {
      List<Path> programs =
          files.filter(file -> file.toString().matches(".*\\.linux-(x86_64|aarch64)")).toList();
      assertThat(programs).hasSize(1);
      assertThat(said.out()).contains("built     " + programs.get(0));
      return programs.get(0);
    }
  }

  @Tag("long")
  @Test
  void theProgramLiesBesideTheModuleAndASecondBuildGivesTheSameOctets() throws Exception {
    for (String tool : List.of("wasm2c", "gcc", "bwrap")) {
      assumeThat(Path.of("/usr/bin", tool)).as("tool missing: " + tool).exists();
    }
    byte[] first = Files.readAllBytes(built());
    assertThat(first).startsWith(0x7f, 'E', 'L', 'F');

    assertThat(Files.readAllBytes(built())).isEqualTo(first);
  }

  @Test
  void anotherPlatformIsBuiltElsewhere() {
    Said said = Said.by("release", "build", workload, "--platform", "macos-aarch64");

    assertThat(said.code()).isEqualTo(Failure.WRONG_USE);
    assertThat(said.err())
        .contains("--platform macos-aarch64: this computer builds for ")
        .contains("run it on one of that kind");
  }
}
