package org.almoner.agent.run.fast;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The programs of this computer that turn a module into a program.
 *
 * @param wasm2c of wabt
 * @param compiler gcc or clang
 * @param versions what they say they are, and what the linker and the C library say
 */
record Tools(Path wasm2c, Path compiler, String versions) {
  /** Whose output our host fits: names and types in it differ between versions. */
  static final String WASM2C_VERSION = "1.0.32";

  /** Only these are visible in the sandbox. */
  private static final List<Path> PLACES = List.of(Path.of("/usr/bin"), Path.of("/usr/local/bin"));

  private static final long PATIENCE_S = 20;
  private static final int WORDS_OCTETS_MAX = 4_000;

  /** Gcc's programs are a little faster than clang's here, so it comes first. */
  static final List<String> COMPILERS = List.of("gcc", "clang");

  /**
   * Those of this computer.
   *
   * @throws BuildFailed naming what is missing
   */
  static Tools find(List<String> compilers) throws IOException, InterruptedException, BuildFailed {
    Path wasm2c = program("wasm2c").orElseThrow(() -> missing("wasm2c", "wabt"));
    Path compiler =
        compilers.stream()
            .flatMap(name -> program(name).stream())
            .findFirst()
            .orElseThrow(() -> missing(String.join(" or ", compilers), "gcc and libc6-dev"));
    Path linker = program("ld").orElseThrow(() -> missing("ld", "binutils"));
    Path loader = program("ldd").orElseThrow(() -> missing("ldd", "libc-bin"));
    String version = says(wasm2c);
    if (!version.equals(WASM2C_VERSION)) {
      throw new BuildFailed(
          "wasm2c is of version " + version + ", and only " + WASM2C_VERSION + " is known here");
    }
    String versions =
        "wasm2c " + version + ", " + says(compiler) + ", " + says(linker) + ", " + says(loader);
    return new Tools(wasm2c, compiler, versions);
  }

  private static Optional<Path> program(String name) {
    return PLACES.stream()
        .map(place -> place.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static BuildFailed missing(String program, String packages) {
    return new BuildFailed(
        "the program " + program + " is not installed; it comes with the package " + packages);
  }

  /** The first line it prints of its version. */
  private static String says(Path program) throws IOException, InterruptedException, BuildFailed {
    ProcessBuilder builder =
        new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try (InputStream in = process.getInputStream()) {
      process.getOutputStream().close();
      // what it says fits into the pipe, so that its end can be awaited first
      if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new BuildFailed(program + " does not say its version");
      }
      String said = new String(in.readNBytes(WORDS_OCTETS_MAX), StandardCharsets.UTF_8);
      return said.lines().findFirst().orElse("").strip();
    } finally {
      process.destroyForcibly();
    }
  }
}
