package org.almoner.agent.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {
  @TempDir Path temp;

  @Test
  void aFolderThatNobodyMayLookIntoIsRemoved() throws Exception {
    Path tree = temp.resolve("tree");
    Path closed = Files.createDirectories(tree.resolve("a/closed"));
    Files.createFile(closed.resolve("file"));
    for (Path folder : new Path[] {closed, closed.getParent(), tree}) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
    }

    FolderTree.remove(tree);

    assertThat(tree).doesNotExist();
  }

  /** Deeper than any path may be long; a name that is used for moving is taken already. */
  @Test
  void foldersDeeperThanPathsAreLongAreRemoved() throws Exception {
    Path tree = Files.createDirectories(temp.resolve("tree"));
    Files.createFile(tree.resolve("deep-0"));
    String program =
        "i=0; while [ $i -lt 300 ]; do mkdir \"$1\" && cd -P \"$1\" || exit 1; : >f; i=$((i+1)); done";
    Process nest =
        new ProcessBuilder("sh", "-c", program, "sh", "d".repeat(100))
            .directory(tree.toFile())
            .inheritIO()
            .start();
    assumeTrue(nest.waitFor() == 0, "tool missing: sh");

    FolderTree.remove(tree);

    assertThat(tree).doesNotExist();
  }

  @Test
  void whatALinkLeadsToStays() throws Exception {
    Path kept = Files.createDirectory(temp.resolve("kept"));
    Files.createFile(kept.resolve("file"));
    Path tree = Files.createDirectory(temp.resolve("tree"));
    Files.createSymbolicLink(tree.resolve("link"), kept);

    FolderTree.remove(tree);
    FolderTree.remove(tree);

    assertThat(kept.resolve("file")).exists();
    assertThat(tree).doesNotExist();
  }
}
