package org.almoner.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.almoner.command.Main;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of others, fetched as Debian's sources and built here. */
@Tag("long")
class ThirdPartyTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("almoner.root"), "docs", "examples", "third-party");

  @TempDir Path temp;

  @Test
  void threeProgramsGiveTheSameOctetsInTheSandboxAsNatively() throws Exception {
    for (String tool : List.of("apt-get", "xz", "clang-14", "wasm-ld-14")) {
      assumeTrue(
          isHere(tool),
          "tool missing: " + tool + " (apt, xz-utils, clang-14, lld-14, wasi-libc, libclang-rt)");
    }
    Path almoner = temp.resolve("almoner");
    Files.writeString(
        almoner,
        "#!/bin/sh\nexec '%s' -cp '%s' %s \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Main.class.getName()));
    assertThat(almoner.toFile().setExecutable(true)).isTrue();
    Path log = temp.resolve("log");
    ProcessBuilder compare =
        new ProcessBuilder(
                "sh", EXAMPLE.resolve("compare.sh").toString(), temp.resolve("work").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    compare.environment().put("ALMONER", almoner.toString());
    Process running = compare.start();
    try {
      assertThat(running.waitFor(30, TimeUnit.MINUTES)).isTrue();
    } finally {
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly();
    }
    String printed = Files.readString(log);
    assumeTrue(!printed.startsWith("apt cannot fetch"), printed);
    assertThat(running.exitValue()).as(printed).isZero();
    assertThat(printed.lines().filter(line -> line.endsWith("same octets"))).hasSize(3);
  }

  private static boolean isHere(String tool) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(folder).resolve(tool))) {
        return true;
      }
    }
    return false;
  }
}
