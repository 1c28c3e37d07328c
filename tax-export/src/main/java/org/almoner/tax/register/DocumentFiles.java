package org.almoner.tax.register;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * Where the files of a register lie: {@code files/ab/NUMBER.pdf} and {@code .evidence.zip}, with
 * {@code ab} the first two digits of the number's SHA-256, so that no folder grows beyond a 256th
 * of all. A {@code /} in a number is a {@code _} in the file's name.
 */
final class DocumentFiles {
  static final String EVIDENCE = ".evidence.zip";
  static final String PDF = ".pdf";

  private static final String FOLDER = "files";

  private final Path register;

  DocumentFiles(Path register) {
    this.register = register;
  }

  Path pdf(String number) {
    return file(number, PDF);
  }

  Path evidence(String number) {
    return file(number, EVIDENCE);
  }

  byte[] read(Path file, String what) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException(what + " is missing: restore " + file + " from a backup", e);
    }
  }

  /** Moves what an older program left beside the register's file to where it belongs. */
  void arrange() throws IOException {
    List<Path> flat = new ArrayList<>();
    try (Stream<Path> all = Files.list(register)) {
      all.filter(file -> isDocument(name(file))).forEach(flat::add);
    }
    for (Path file : flat) {
      String ending = name(file).endsWith(PDF) ? PDF : EVIDENCE;
      String number = name(file).substring(0, name(file).length() - ending.length());
      DurableFile.write(
          inFolder(file(number, ending)), Bytes.of(Files.readAllBytes(file)).toArray());
      DurableFile.delete(file);
    }
  }

  private static Path inFolder(Path file) throws IOException {
    DurableFile.privateFolder(file.resolveSibling("."));
    return file;
  }

  private static boolean isDocument(String name) {
    return name.endsWith(PDF) || name.endsWith(EVIDENCE);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private Path file(String number, String ending) {
    String name = number.replace('/', '_');
    String part = Hash.sha256(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)).toHex();
    return register.resolve(FOLDER).resolve(part.substring(0, 2)).resolve(name + ending);
  }
}
