package org.almoner.tax.bookcheck;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.almoner.protocol.bytes.Hash;

/**
 * Where a register keeps the files of its documents: in 256 folders, by the first two digits of the
 * SHA-256 of their number.
 *
 * @param register the register's own folder
 */
record DocumentFolder(Path register) {
  /** The sealed file of a number. */
  Path pdf(String number) {
    return path(number, ".pdf");
  }

  /** Its evidence. */
  Path evidence(String number) {
    return path(number, ".evidence.zip");
  }

  private Path path(String number, String ending) {
    String name = number.replace('/', '_');
    String digits = Hash.sha256(name.getBytes(StandardCharsets.UTF_8)).toHex().substring(0, 2);
    return register.resolve("files").resolve(digits).resolve(name + ending);
  }
}
