package org.almoner.workload.spec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.workload.yaml.Spelling;

/**
 * A relative path that every computer can store and that stays where it is put.
 *
 * @param text parts of letters, digits, {@code . _ -}, joined by {@code /}; at most 200 characters
 */
public record FilePath(String text) implements Comparable<FilePath> {
  /**
   * @throws IllegalArgumentException in a sentence, when {@code text} is no such path
   */
  public FilePath {
    if (!BlobRef.safeName(text)) {
      throw new IllegalArgumentException(Spelling.quoted(text) + refusal(text));
    }
  }

  /** The last part. */
  public String fileName() {
    return text.substring(text.lastIndexOf('/') + 1);
  }

  /** By the octets of the UTF-8 form, the order of an output bundle. */
  @Override
  public int compareTo(FilePath other) {
    return Arrays.compareUnsigned(
        text.getBytes(StandardCharsets.UTF_8), other.text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return text;
  }

  private static String refusal(String text) {
    if (text.startsWith("/")) {
      return " is absolute: write a path relative to the workload file";
    }
    if (text.length() > BlobRef.NAME_MAX) {
      return " is longer than " + BlobRef.NAME_MAX + " characters: choose a shorter path";
    }
    return " is not a plain relative path: use letters, digits, . _ - and / without .. parts,"
        + " such as data/grid.txt";
  }
}
