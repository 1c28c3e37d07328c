package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchWasmCommandTest {
  @TempDir private Path folder;

  /** Built by clang, run natively and on the portable engine, and agreed on. */
  @Test
  @Tag("long")
  void aProgramIsMeasuredAndNothingIsLeftBehind() throws Exception {
    for (String tool : new String[] {"clang", "wasm-ld"}) {
      assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), "tool missing: " + tool);
    }
    Said said =
        Said.by(
            "bench",
            "wasm",
            "--only=matmul",
            "--runs=1",
            "--short",
            "--folder=" + folder,
            "-o",
            "json");
    assertThat(said.err()).doesNotContain("almoner:");
    assertThat(said.out())
        .containsPattern("\"name\": \"matmul\", \"native_ms\": [0-9.]+, \"fast_ms\": ")
        .containsPattern("\"portable_ratio\": [0-9.]+, \"count\": [0-9]{9,}")
        .contains("\"native_differs\": []");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whatCannotBeMeasuredIsNamed() {
    assertThat(Said.by("bench", "wasm", "--only=sort", "--folder=" + folder).err())
        .startsWith("almoner: --only takes lucas, nbody, ");
    assertThat(Said.by("bench", "wasm", "-o", "xml").code()).isEqualTo(Failure.WRONG_USE);
  }
}
