package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.register.DurableFile;

/** Folders of files named by their SHA-256, copied and compared with their names. */
final class BlobTree {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{2}/[0-9a-f]{62}");

  /** What has not arrived whole. */
  private static final String INCOMING = "incoming";

  private BlobTree() {}

  /**
   * Copies all that has arrived.
   *
   * @param copied told after each file
   * @throws IOException also when octets do not hash to their name
   */
  static void copy(Path from, Path to, Runnable copied) throws IOException {
    DurableFile.privateFolder(to);
    if (!Files.isDirectory(from)) {
      return;
    }
    for (Path path : FileTree.all(from)) {
      String name = from.relativize(path).toString();
      if (name.equals(INCOMING) || name.startsWith(INCOMING + "/")) {
        continue;
      }
      if (Files.isDirectory(path)) {
        DurableFile.privateFolder(to.resolve(name));
      } else if (Files.isRegularFile(path)) {
        Hash digest = FileTree.copyFile(path, to.resolve(name));
        if (DIGEST.matcher(name).matches() && !digest.toHex().equals(name.replace("/", ""))) {
          throw new IOException(path + " does not hash to its name: the file is damaged");
        }
        copied.run();
      }
    }
  }
}
