package org.almoner.workload.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.almoner.protocol.lease.Program;
import org.almoner.workload.yaml.Spelling;

/** What a workload file names to be run: a Wasm module, or programs for kinds of computers. */
public sealed interface ProgramSpec {
  /** The runtimes offered, as the file names them. */
  List<String> RUNTIMES = List.of(Program.Wasm.RUNTIME, Program.Native.RUNTIME);

  /** Name of its runtime. */
  String runtime();

  /**
   * A module for all computers.
   *
   * @param file relative to the workload file, ending in {@code .wasm}
   */
  record Module(FilePath file) implements ProgramSpec {
    /** Refuses another ending. */
    public Module {
      if (!file.fileName().endsWith(".wasm")) {
        throw new IllegalArgumentException(
            Spelling.quoted(file.text())
                + " does not end in .wasm: name the compiled WebAssembly module");
      }
    }

    @Override
    public String runtime() {
      return Program.Wasm.RUNTIME;
    }
  }

  /**
   * A program of each platform's own, with the files it needs.
   *
   * @param platforms by the names of platforms; the first file of each is started, and each keeps
   *     its name below {@code /program}
   */
  record Programs(SortedMap<String, List<FilePath>> platforms) implements ProgramSpec {
    /** Platforms on which there is a sandbox for native programs. */
    public static final List<String> SANDBOXED = List.of("linux-x86_64", "linux-aarch64");

    /** Copies the lists; refuses none and too many. */
    public Programs {
      SortedMap<String, List<FilePath>> copy = new TreeMap<>();
      List<FilePath> all = new ArrayList<>();
      platforms.forEach(
          (platform, files) -> {
            requirePlatform(platform);
            Workload.requireDistinct(files);
            copy.put(platform, List.copyOf(files));
            all.addAll(files);
          });
      if (all.isEmpty() || all.size() > Program.FILES_MAX) {
        throw new IllegalArgumentException(
            all.size()
                + " files; name 1 to "
                + Program.FILES_MAX
                + " in all, such as {linux-x86_64: [build/program]}");
      }
      platforms = Collections.unmodifiableSortedMap(copy);
    }

    @Override
    public String runtime() {
      return Program.Native.RUNTIME;
    }

    static void requirePlatform(String text) {
      if (!SANDBOXED.contains(text)) {
        throw new IllegalArgumentException(
            Spelling.quoted(text)
                + " is no platform with a sandbox: write "
                + String.join(" or ", SANDBOXED));
      }
    }
  }
}
