package org.almoner.coordinator.operate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much room there is. */
@FunctionalInterface
public interface FreeSpace {
  /** Octets that this account may still write. */
  long octets() throws IOException;

  /** The least of the disks that {@code folders} lie on; they may be one. */
  static FreeSpace of(List<Path> folders) {
    List<Path> all = List.copyOf(folders);
    return () -> {
      long least = Long.MAX_VALUE;
      for (Path folder : all) {
        least = Math.min(least, Files.getFileStore(folder).getUsableSpace());
      }
      return least;
    };
  }
}
