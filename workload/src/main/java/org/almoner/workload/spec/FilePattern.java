package org.almoner.workload.spec;

import java.util.List;
import java.util.regex.Pattern;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.workload.batch.BatchUnits;
import org.almoner.workload.yaml.Spelling;

/**
 * The files of one folder whose names fit.
 *
 * @param text a folder and a file name in which {@code *} stands for any characters and {@code ?}
 *     for one, such as {@code inputs/*.txt}
 */
public record FilePattern(String text) {
  static final BatchUnits EXAMPLE =
      new BatchUnits.Files(List.of(new BlobRef("file", Hash.ZERO, 0)));

  /**
   * @throws IllegalArgumentException in a sentence, when {@code text} is no such pattern
   */
  public FilePattern {
    if (!BlobRef.safeName(text.replace('*', 'x').replace('?', 'x'))) {
      throw new IllegalArgumentException(
          Spelling.quoted(text) + " is not a pattern of files: write one such as inputs/*.txt");
    }
    if (folderOf(text).indexOf('*') >= 0 || folderOf(text).indexOf('?') >= 0) {
      throw new IllegalArgumentException(
          Spelling.quoted(text) + " has * or ? in a folder's name: put the files into one folder");
    }
  }

  /** The folder, relative to the workload file; empty for the file's own. */
  public String folder() {
    return folderOf(text);
  }

  /** Whether a file of that folder belongs to the units. Names that begin with a dot never do. */
  public boolean fits(String fileName) {
    return !fileName.startsWith(".") && fileNamePattern().matcher(fileName).matches();
  }

  private Pattern fileNamePattern() {
    StringBuilder regex = new StringBuilder();
    for (char c : text.substring(text.lastIndexOf('/') + 1).toCharArray()) {
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static String folderOf(String text) {
    return text.substring(0, Math.max(0, text.lastIndexOf('/')));
  }
}
