package org.almoner.command.bench.wasm;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.command.bench.BenchFailed;

/** Builds a {@link Subject} twice with one clang at {@code -O2}: for this computer and for Wasm. */
final class Toolchain {
  private static final int STACK_OCTETS = 1 << 20;

  private final Path folder;
  private final Shell shell;
  private final DebianSource debian;
  private final String clang;
  private final String linker;

  /** A program of both kinds. */
  record Built(Path nativeProgram, Path module) {}

  /**
   * Builds in {@code folder}.
   *
   * @param path where programs are searched for, as the system writes it
   */
  Toolchain(Path folder, Shell shell, String path) throws BenchFailed, IOException {
    this.folder = Files.createDirectories(folder);
    this.shell = shell;
    this.debian = new DebianSource(folder.resolve("debian"), shell);
    this.clang = find("clang", path);
    this.linker = find("wasm-ld", path);
  }

  private static String find(String program, String path) throws BenchFailed {
    for (String place : path.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(place).resolve(program);
      if (!place.isEmpty() && Files.isExecutable(candidate)) {
        return candidate.toString();
      }
    }
    throw new BenchFailed(
        "there is no " + program + " here; the programs are built with clang, lld and wasi-libc");
  }

  /** What clang calls itself. */
  String version() throws BenchFailed, IOException, InterruptedException {
    return shell
        .run(folder, Map.of(), List.of(clang, "--version"))
        .lines()
        .findFirst()
        .orElse("clang");
  }

  Built build(Subject subject) throws BenchFailed, IOException, InterruptedException {
    Path work = Files.createDirectories(folder.resolve(subject.name()));
    List<String> sources = new ArrayList<>();
    for (String file : subject.ours()) {
      sources.add(own(file, work).toString());
    }
    Optional<Path> tree = Optional.empty();
    if (!subject.debian().isEmpty()) {
      tree = Optional.of(debian.fetch(subject.debian(), subject.version()));
      for (String file : subject.theirs()) {
        sources.add(tree.get().resolve(file).toString());
      }
    }
    Path nativeProgram = work.resolve(subject.name());
    compile(work, sources, tree, nativeProgram, List.of());
    Path module = work.resolve(subject.name() + ".wasm");
    compile(work, sources, tree, module, forWasm());
    Files.write(module, PackedData.pack(Files.readAllBytes(module)));
    return new Built(nativeProgram, module);
  }

  /**
   * The linker's standard stack, 64 KiB at the end of the program's data, is too small for
   * prodigal, and what overflows it is silently lost. prodigal also names its temporary file by the
   * number of its process.
   */
  private List<String> forWasm() {
    return List.of(
        "--target=wasm32-wasi",
        "-D_WASI_EMULATED_GETPID",
        "-lwasi-emulated-getpid",
        "-fuse-ld=" + linker,
        "-Wl,--strip-all",
        "-Wl,--stack-first",
        "-Wl,-z,stack-size=" + STACK_OCTETS);
  }

  /**
   * clang runs wasm-opt over a module if it finds one, which makes one huge function of many; here
   * it finds none.
   */
  private void compile(
      Path work, List<String> sources, Optional<Path> headers, Path to, List<String> options)
      throws BenchFailed, IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(clang, "-O2", "-w"));
    command.addAll(options);
    headers.ifPresent(place -> command.addAll(List.of("-I", place.toString())));
    command.addAll(sources);
    command.addAll(List.of("-o", to.toString(), "-lm"));
    boolean wasm = !options.isEmpty();
    Map<String, String> environment =
        wasm
            ? Map.of("PATH", Files.createDirectories(work.resolve("no-tools")).toString())
            : Map.of();
    shell.run(work, environment, command);
  }

  private static Path own(String file, Path work) throws IOException {
    Path to = work.resolve(file);
    try (InputStream source = Toolchain.class.getResourceAsStream(file)) {
      if (source == null) {
        throw new IOException("the program lacks its resource " + file);
      }
      Files.write(to, source.readAllBytes());
    }
    return to;
  }
}
