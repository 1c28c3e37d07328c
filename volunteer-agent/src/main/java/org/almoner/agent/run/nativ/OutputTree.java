package org.almoner.agent.run.nativ;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.BundleWriter;

/**
 * What a program left below {@code /out}, read after all its processes have ended.
 *
 * <p>Nothing in it is trusted. No link is followed, only plain files with one name are taken, and a
 * tree that holds anything else is refused as a whole: whoever left it did not mean a result.
 */
final class OutputTree {
  private final Path root;
  private final BundleLimits limits;
  private final Map<BundlePath, Long> sizes = new TreeMap<>();
  private long octets;
  private int entries;

  private OutputTree(Path root, BundleLimits limits) {
    this.root = root;
    this.limits = limits;
  }

  /**
   * Writes the tree below {@code root} as an output bundle and returns its digest.
   *
   * @throws RefusedOutput when it holds what no bundle may, or more
   */
  static Hash bundle(Path root, BundleLimits limits, Path bundle)
      throws RefusedOutput, IOException {
    OutputTree tree = new OutputTree(root, limits);
    tree.look(root, "");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(bundle))) {
      return tree.write(new BundleWriter(out));
    }
  }

  /** A name has at most 200 characters with its folders, so that this ends soon. */
  private void look(Path folder, String prefix) throws RefusedOutput, IOException {
    try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder)) {
      for (Path entry : listed) {
        take(entry, prefix + entry.getFileName());
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (AccessDeniedException e) {
      throw new RefusedOutput("the folder /out/" + prefix + " was left unreadable");
    }
  }

  private void take(Path entry, String name) throws RefusedOutput, IOException {
    entries++;
    if (entries > limits.files()) {
      throw new RefusedOutput("more than " + limits.files() + " files were left in /out");
    }
    if (!BlobRef.safeName(name)) {
      throw new RefusedOutput(
          "a name in /out is more than letters, digits and . _ - in at most "
              + BlobRef.NAME_MAX
              + " characters: "
              + name.replaceAll("[^ -~]", "?"));
    }
    BasicFileAttributes what =
        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (what.isDirectory()) {
      look(entry, name + "/");
    } else if (what.isRegularFile()) {
      file(entry, name, what.size());
    } else {
      throw new RefusedOutput(
          "/out/"
              + name
              + (what.isSymbolicLink() ? " is a link" : " is a pipe, a socket or a device")
              + "; only plain files are results");
    }
  }

  private void file(Path entry, String name, long size) throws RefusedOutput, IOException {
    if (!Integer.valueOf(1)
        .equals(Files.getAttribute(entry, "unix:nlink", LinkOption.NOFOLLOW_LINKS))) {
      throw new RefusedOutput("/out/" + name + " has a second name; only plain files are results");
    }
    if (!Files.isReadable(entry)) {
      throw new RefusedOutput("/out/" + name + " was left unreadable");
    }
    octets += size;
    if (octets > limits.octets()) {
      throw new RefusedOutput("the files in /out are larger than " + limits.octets() + " octets");
    }
    sizes.put(new BundlePath(name), size);
  }

  private Hash write(BundleWriter writer) throws IOException {
    for (Map.Entry<BundlePath, Long> file : sizes.entrySet()) {
      Path path = root.resolve(file.getKey().value());
      try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
        writer.file(file.getKey(), file.getValue(), in);
      }
    }
    return writer.finish();
  }
}
