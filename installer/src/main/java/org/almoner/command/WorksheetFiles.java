package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a donor names on the command line. */
final class WorksheetFiles {
  /** Largest file, in octets: evidence of a million results. */
  private static final long BYTES_MAX = 1L << 30;

  private WorksheetFiles() {}

  /** The octets of a file, or the command ends with a sentence about it. */
  static byte[] read(Path path) {
    try {
      if (!Files.isRegularFile(path)) {
        throw Failure.wrongUse("there is no file " + path);
      }
      if (Files.size(path) > BYTES_MAX) {
        throw Failure.wrongUse(path + " has more than " + BYTES_MAX + " octets");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw Failure.failed(path + " cannot be read: " + e.getMessage());
    }
  }
}
