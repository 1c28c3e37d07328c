package org.almoner.agent.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almoner.protocol.result.BundlePath;

/** What a unit runs, as files of this computer. */
public sealed interface Software {
  /**
   * A Wasm module.
   *
   * @param module as its owner published it
   * @param built the same compiled ahead of time for this platform, as its owner published it; none
   *     or one
   */
  record Wasm(Path module, List<Path> built) implements Software {
    /** Copies the list. */
    public Wasm {
      built = List.copyOf(built);
    }
  }

  /**
   * A native program.
   *
   * @param program which of the files is started
   * @param files all its files by their names, in the order of the release
   */
  record Program(BundlePath program, Map<BundlePath, Path> files) implements Software {
    /** Copies the files. */
    public Program {
      files = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(files));
      if (!files.containsKey(program)) {
        throw new IllegalArgumentException("the program is none of its own files");
      }
    }
  }
}
