package org.almoner.agent.durable;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A folder with all that is in it, whoever made it: a program that wanted to stay on the disk may
 * have taken away the right to look into its folders, or nested them deeper than a path can be
 * long.
 */
public final class FolderTree {
  /** Characters of a path below the tree that are gone down; what is deeper is moved up first. */
  private static final int DOWN_MAX = 1_000;

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path tree;
  private int moved;

  private FolderTree(Path tree) {
    this.tree = tree;
  }

  /** Removes it, if it is there; links are removed, never followed. */
  public static void remove(Path tree) throws IOException {
    if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
      new FolderTree(tree).empty();
    }
    Files.deleteIfExists(tree);
  }

  /** Round after round, since each may move to the top what was too deep. */
  private void empty() throws IOException {
    open(tree);
    for (List<Path> left = list(tree); !left.isEmpty(); left = list(tree)) {
      for (Path entry : left) {
        delete(entry);
      }
    }
  }

  private void delete(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      open(path);
      for (Path entry : list(path)) {
        if (entry.toString().length() - tree.toString().length() > DOWN_MAX) {
          raise(entry);
        } else {
          delete(entry);
        }
      }
    }
    Files.delete(path);
  }

  private void raise(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      open(path);
    }
    Path top = tree.resolve("deep-" + moved++);
    while (Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
      top = tree.resolve("deep-" + moved++);
    }
    Files.move(path, top);
  }

  /** Gives its owner back the right to look into a folder and to change it. */
  private static void open(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Set<PosixFilePermission> mode =
          Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
      if (!mode.containsAll(OWNERS)) {
        Files.setPosixFilePermissions(folder, OWNERS);
      }
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder)) {
      listed.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return entries;
  }
}
