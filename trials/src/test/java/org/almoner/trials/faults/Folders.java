package org.almoner.trials.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders, as a disk image would be. */
final class Folders {
  private Folders() {}

  /** The folder itself and all below it, each directory before what is in it. */
  static List<Path> walk(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted().toList();
    }
  }

  /** Deletes a folder that may not be there. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> all = walk(folder);
      for (int i = all.size() - 1; i >= 0; i--) {
        Files.delete(all.get(i));
      }
    }
  }

  /** Copies a folder to where nothing is. */
  static void copy(Path from, Path to) throws IOException {
    for (Path each : walk(from)) {
      Files.copy(each, to.resolve(from.relativize(each).toString()));
    }
  }
}
