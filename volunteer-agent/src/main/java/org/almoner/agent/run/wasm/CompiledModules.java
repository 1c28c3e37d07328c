package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.almoner.protocol.bytes.Hash;

/**
 * Modules the engine has compiled before, one file each, so that only the first unit of a release
 * waits for the compiler.
 *
 * <p>Nothing is lost with them: a file that is missing is made again, and one that fails is thrown
 * away.
 */
public final class CompiledModules {
  /** Files kept; the oldest goes first. */
  static final int FILES_MAX = 32;

  private final Path directory;

  /** Keeps them in {@code directory}, which is made if it is missing. */
  public CompiledModules(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  private Path file(Hash metered, MemoryKind kind) {
    return directory.resolve(
        metered.toHex() + "." + CompiledModule.FORMAT + "-" + kind.text() + ".jar");
  }

  /** Gives what there is for the module under the name {@code to}. */
  synchronized void give(Hash metered, MemoryKind kind, Path to) throws IOException {
    if (Files.exists(file(metered, kind))) {
      Files.copy(file(metered, kind), to);
    }
  }

  /** Keeps what a run left under the name {@code from}, if it left any and there was none. */
  synchronized void keep(Hash metered, MemoryKind kind, Path from) throws IOException {
    if (Files.exists(from) && !Files.exists(file(metered, kind))) {
      Path unfinished = directory.resolve("unfinished");
      Files.copy(from, unfinished, StandardCopyOption.REPLACE_EXISTING);
      Files.move(unfinished, file(metered, kind), StandardCopyOption.ATOMIC_MOVE);
      makeRoom();
    }
  }

  /** Throws away what is kept for a module whose run crashed. */
  synchronized void forget(Hash metered, MemoryKind kind) throws IOException {
    Files.deleteIfExists(file(metered, kind));
  }

  private void makeRoom() throws IOException {
    List<Path> newestFirst;
    try (Stream<Path> files = Files.list(directory)) {
      newestFirst =
          files.sorted(Comparator.comparing(CompiledModules::modified).reversed()).toList();
    }
    for (Path file :
        newestFirst.subList(Math.min(FILES_MAX, newestFirst.size()), newestFirst.size())) {
      Files.delete(file);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
