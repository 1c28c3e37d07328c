package org.almoner.agent.run.fast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Modules that this computer has compiled, one program each, so that only the first unit of a
 * release waits for the compiler.
 *
 * <p>Nothing is lost with them: one that is missing is compiled again.
 */
public final class FastPrograms {
  private static final Logger LOG = LoggerFactory.getLogger(FastPrograms.class);

  /** Programs kept; the oldest goes first. */
  static final int FILES_MAX = 32;

  private static final String SUFFIX = ".program";

  private final FastKit kit;
  private final Path directory;

  /** Keeps them in {@code directory}, which is made if it is missing. */
  public FastPrograms(FastKit kit, Path directory) throws IOException {
    this.kit = kit;
    this.directory = Files.createDirectories(directory.toAbsolutePath());
  }

  /** What compiles them. */
  public FastKit kit() {
    return kit;
  }

  /**
   * Puts the program of a metered module under the name {@code to}, compiling it if need be; one
   * module at a time.
   */
  synchronized void give(Bytes metered, Path to)
      throws IOException, InterruptedException, BuildFailed {
    Hash digest = Hash.sha256(metered.toArray());
    Path kept = directory.resolve(digest.toHex() + "." + kit.id() + SUFFIX);
    if (!Files.exists(kept)) {
      LOG.info("compiling module {} for this computer: {}", digest, kit.version());
      Path unfinished = directory.resolve("unfinished");
      Files.deleteIfExists(unfinished);
      kit.build(metered, unfinished);
      Files.move(unfinished, kept, StandardCopyOption.ATOMIC_MOVE);
      LOG.info("compiled module {}: {} octets", digest, Files.size(kept));
      makeRoom();
    }
    Files.copy(kept, to);
  }

  private void makeRoom() throws IOException {
    List<Path> newestFirst;
    try (Stream<Path> files = Files.list(directory)) {
      newestFirst =
          files
              .filter(file -> file.toString().endsWith(SUFFIX))
              .sorted(Comparator.comparing(FastPrograms::modified).reversed())
              .toList();
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
