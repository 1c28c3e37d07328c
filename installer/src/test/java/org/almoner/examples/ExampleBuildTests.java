package org.almoner.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleBuildTests {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("almoner.root"), "docs", "examples");

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({"mersenne, mersenne", "alignment, align", "starter, starter", "first, collatz"})
  void theRecordedDigestsAreThoseOfTheFiles(String folder, String program) throws Exception {
    Path example = EXAMPLES.resolve(folder);
    String record = Files.readString(example.resolve("BUILD.md"));
    for (String file : new String[] {program + ".c", program + ".wasm"}) {
      assertThat(record).contains(digest(example.resolve(file)));
    }
  }

  /** Only the recorded toolchain promises the same octets; another one is not asked. */
  @ParameterizedTest
  @CsvSource({"mersenne, mersenne", "alignment, align", "starter, starter", "first, collatz"})
  void theRecordedToolchainBuildsTheVeryModuleInTheTree(String folder, String program)
      throws Exception {
    for (String tool :
        new String[] {
          "clang-14 1:14.0.6-12",
          "lld-14 1:14.0.6-12",
          "wasi-libc 0.0~git20220510.9886d3d-2",
          "libclang-rt-14-dev-wasm32 1:14.0.6-12"
        }) {
      assumeTrue(isInstalled(tool), "tool missing: " + tool.replace(' ', '='));
    }
    Path example = EXAMPLES.resolve(folder);
    for (String file : new String[] {program + ".c", "build.sh"}) {
      Files.copy(example.resolve(file), temp.resolve(file));
    }
    Process build =
        new ProcessBuilder("sh", "build.sh")
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("log").toFile())
            .start();
    assertThat(build.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(build.exitValue()).as(Files.readString(temp.resolve("log"))).isZero();
    assertThat(digest(temp.resolve(program + ".wasm")))
        .isEqualTo(digest(example.resolve(program + ".wasm")));
  }

  private static boolean isInstalled(String packageAndVersion) throws Exception {
    String name = packageAndVersion.substring(0, packageAndVersion.indexOf(' '));
    try {
      Process asked =
          new ProcessBuilder("dpkg-query", "-W", "-f", "${Package} ${Version}", name)
              .redirectErrorStream(true)
              .start();
      String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      asked.waitFor();
      return answer.equals(packageAndVersion);
    } catch (IOException e) {
      return false; // a system without dpkg
    }
  }

  private static String digest(Path file) throws IOException {
    return Hash.sha256(Files.readAllBytes(file)).toHex();
  }
}
