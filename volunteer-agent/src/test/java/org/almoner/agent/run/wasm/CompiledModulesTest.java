package org.almoner.agent.run.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.almoner.agent.run.RunOutcome.Crashed;
import org.almoner.agent.run.RunOutcome.Finished;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledModulesTest {
  @TempDir Path directory;

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("compiled"))) {
      return files.toList();
    }
  }

  @Test
  void aModuleIsCompiledOnceAndRunsTheSameFromTheFile() throws Exception {
    Finished first = (Finished) Runs.in(directory).args("1", "130").run();
    assertThat(kept()).hasSize(1);
    Path file = kept().get(0);
    FileTime made = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, made);
    Finished second = (Finished) Runs.in(directory).args("1", "130").run();
    assertThat(second.output()).isEqualTo(first.output());
    assertThat(second.count()).isEqualTo(first.count());
    assertThat(kept()).containsExactly(file);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(made);
  }

  @Test
  void aFileThatIsSpoiltFailsOnceAndIsMadeAgain() throws Exception {
    Runs.in(directory).fixture("exit.wasm").run();
    Files.write(kept().get(0), new byte[] {'P', 'K', 3, 4, 0, 0});
    assertThat(Runs.in(directory).fixture("exit.wasm").run()).isInstanceOf(Crashed.class);
    assertThat(kept()).isEmpty();
    assertThat(Runs.in(directory).fixture("exit.wasm").run()).isInstanceOf(Finished.class);
  }

  @Test
  void theOldestFilesGo() throws Exception {
    CompiledModules modules = new CompiledModules(directory.resolve("compiled"));
    Path left = Files.write(directory.resolve("left"), new byte[1]);
    for (int i = 0; i < CompiledModules.FILES_MAX + 3; i++) {
      modules.keep(Hash.sha256(new byte[] {(byte) i}), MemoryKind.FLAT, left);
    }
    assertThat(kept()).hasSize(CompiledModules.FILES_MAX);
  }
}
