package org.almoner.agent.run.fast;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.almoner.agent.durable.FolderTree;
import org.almoner.agent.run.sandbox.Mount;
import org.almoner.agent.run.sandbox.Sandbox;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * Compiles metered modules to programs of this computer: wasm2c makes C of them, a C compiler links
 * that with our host to a static program.
 *
 * <p>The same module, host and tools give the same octets: there is no path, no time and no chance
 * in them. So whoever has the tools can build again what somebody published.
 *
 * @see <a href="https://github.com/WebAssembly/wabt/tree/1.0.32/wasm2c">wasm2c</a>
 */
public final class FastKit {
  /** Raised when the host's files or its build change in a way that its digest does not show. */
  private static final String FORMAT = "almoner-fast/1";

  private static final int HOST_DIGITS = 16;

  /** Longest description of a kit, in characters. */
  private static final int VERSION_MAX = 200;

  /**
   * Characters of C from which a compiler is asked for less, so that it keeps within memory and
   * time.
   */
  private static final long LARGE_CHARACTERS = 24_000_000;

  /** Largest files that are taken from the tools: C of 2 GiB, its header and a program 256 MiB. */
  private static final long C_OCTETS_MAX = 2L << 30;

  private static final long HEADER_OCTETS_MAX = 256L << 20;
  private static final long PROGRAM_OCTETS_MAX = 256L << 20;

  /**
   * What the meaning of the module needs: no fused operations (they round once instead of twice),
   * no frame beyond the guard of the stack. And nothing in the result that differs from one build
   * to the next.
   */
  private static final List<String> MEANING =
      List.of(
          "-std=gnu11",
          "-w",
          "-DNDEBUG",
          "-ffp-contract=off",
          "-fwrapv",
          "-fno-strict-aliasing",
          "-fno-math-errno",
          "-fstack-clash-protection",
          "-fno-ident",
          "-fPIE");

  private static final List<String> LINK =
      List.of("-static-pie", "-s", "-Wl,--build-id=none", "-Wl,-z,noexecstack,-z,relro,-z,now");

  private static final String KIT = "/kit";

  private final Sandbox sandbox;
  private final Tools tools;
  private final Path folder;
  private final String version;

  private FastKit(Sandbox sandbox, Tools tools, Path folder, String version) {
    this.sandbox = sandbox;
    this.tools = tools;
    this.folder = folder;
    this.version = version;
  }

  /** What came of looking for one. */
  public sealed interface Found {}

  /** A kit that compiled its host on this computer. */
  public record Usable(FastKit kit) implements Found {}

  /**
   * There is none.
   *
   * @param reason one sentence for the computer's owner
   */
  public record Missing(String reason) implements Found {}

  /**
   * Looks for the tools and compiles the host, unless it is there from an earlier time.
   *
   * @param directory of the agent's own, where the compiled host is kept; made if it is missing
   */
  public static Found find(Sandbox sandbox, Path directory)
      throws IOException, InterruptedException {
    return find(sandbox, directory, Tools.COMPILERS);
  }

  /** The same with one of these compilers, the first that there is. */
  static Found find(Sandbox sandbox, Path directory, List<String> compilers)
      throws IOException, InterruptedException {
    try {
      Tools tools = Tools.find(compilers);
      String host = HostSources.digest().toHex().substring(0, HOST_DIGITS);
      String text = FORMAT + " " + host + ", " + tools.versions();
      String version = text.substring(0, Math.min(VERSION_MAX, text.length()));
      Path folder =
          Files.createDirectories(directory.toAbsolutePath()).resolve("kit-" + id(version));
      FastKit kit = new FastKit(sandbox, tools, folder, version);
      if (!Files.isDirectory(folder)) {
        kit.compileHost();
      }
      return new Usable(kit);
    } catch (BuildFailed e) {
      return new Missing(String.valueOf(e.getMessage()));
    }
  }

  private static String id(String version) {
    return Hash.sha256(version.getBytes(StandardCharsets.UTF_8)).toHex().substring(0, HOST_DIGITS);
  }

  /** What builds here, in one line: our host, and the tools by their own words. */
  public String version() {
    return version;
  }

  /** A short name for {@link #version}, fit for a file. */
  String id() {
    return id(version);
  }

  private void compileHost() throws IOException, InterruptedException, BuildFailed {
    Path unfinished = Files.createTempDirectory(folder.getParent(), "host");
    try {
      Path work = Files.createDirectory(unfinished.resolve("work"));
      HostSources.copyTo(work);
      Workshop workshop = new Workshop(sandbox, work, List.of());
      List<String> command = compiler("-O2", "-c");
      HostSources.PARTS.forEach(part -> command.add(part + ".c"));
      workshop.run(command);
      for (String part : HostSources.PARTS) {
        var unused = left(work.resolve(part + ".o"), tools.compiler(), PROGRAM_OCTETS_MAX);
      }
      Files.move(work, folder, StandardCopyOption.ATOMIC_MOVE);
      sandbox.letRead(folder);
    } finally {
      FolderTree.remove(unfinished);
    }
  }

  private List<String> compiler(String... options) {
    List<String> command = new ArrayList<>(List.of(tools.compiler().toString()));
    command.addAll(MEANING);
    command.addAll(List.of(options));
    return command;
  }

  /**
   * Compiles a module.
   *
   * @param metered as {@code WasmModule.admit} gave it, with the most memory any unit may have
   * @param to the program; a file that does not exist
   * @throws BuildFailed when a tool does not take it
   */
  public void build(Bytes metered, Path to) throws IOException, InterruptedException, BuildFailed {
    Path directory = Files.createTempDirectory(folder.getParent(), "build");
    try {
      Path work = Files.createDirectory(directory.resolve("work"));
      compile(metered, work);
      left(work.resolve("program"), tools.compiler(), PROGRAM_OCTETS_MAX).copyTo(to);
    } finally {
      FolderTree.remove(directory);
    }
  }

  private void compile(Bytes metered, Path work)
      throws IOException, InterruptedException, BuildFailed {
    Path translated = Files.createDirectory(work.resolveSibling("c"));
    ModuleForC.Form form = ModuleForC.of(metered.toArray());
    Files.write(translated.resolve("module.wasm"), form.octets().toArray());
    Files.writeString(work.resolve("globals.h"), globals(form));
    new Workshop(sandbox, translated, List.of())
        .run(
            List.of(
                tools.wasm2c().toString(), "module.wasm", "--module-name=unit", "--output=unit.c"));
    ToolFile source = left(translated.resolve("unit.c"), tools.wasm2c(), C_OCTETS_MAX);
    byte[] header = left(translated.resolve("unit.h"), tools.wasm2c(), HEADER_OCTETS_MAX).octets();
    boolean imports =
        new String(header, StandardCharsets.ISO_8859_1)
            .contains("Z_wasi_snapshot_preview1_instance_t");
    Files.write(work.resolve("unit.h"), header);
    String level =
        DataSegments.takeOut(source, work.resolve("unit.c")) > LARGE_CHARACTERS ? "-O1" : "-O2";
    Workshop workshop = new Workshop(sandbox, work, List.of(Mount.readOnly(folder, KIT)));
    List<String> command =
        compiler(
            level,
            "-I" + KIT,
            "-I.",
            "-DALMONER_IMPORTS=" + (imports ? 1 : 0),
            "-DALMONER_STEPS=" + (form.steps() ? 1 : 0));
    command.addAll(LINK);
    command.addAll(List.of("-o", "program", "unit.c", KIT + "/" + HostSources.GLUE));
    HostSources.PARTS.forEach(part -> command.add(KIT + "/" + part + ".o"));
    command.addAll(List.of("-lm", "-lpthread"));
    workshop.run(command);
  }

  /** What the glue makes the list of globals of, that are put aside between steps. */
  private static String globals(ModuleForC.Form form) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < form.globals(); i++) {
      text.append("GLOBAL(").append(i).append(")\n");
    }
    return text.toString();
  }

  private static ToolFile left(Path file, Path tool, long octetsMax)
      throws IOException, BuildFailed {
    return ToolFile.of(file, tool.toString(), octetsMax);
  }
}
