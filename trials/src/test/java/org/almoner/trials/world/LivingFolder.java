package org.almoner.trials.world;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** A folder in which others write while it is looked at. */
public final class LivingFolder {
  private LivingFolder() {}

  /** Numbers of the processes that work in a directory below {@code root}, where there is /proc. */
  public static List<String> processesIn(Path root) throws IOException {
    List<String> found = new ArrayList<>();
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      return found;
    }
    Path real = root.toRealPath();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        try {
          if (Files.readSymbolicLink(process.resolve("cwd")).startsWith(real)) {
            found.add(process.getFileName().toString());
          }
        } catch (IOException gone) {
          continue; // ended meanwhile, or somebody else's
        }
      }
    }
    return found;
  }

  /** Every file and folder below {@code root}; what vanishes meanwhile is passed over. */
  public static List<Path> paths(Path root) throws IOException {
    List<Path> paths = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes unused) {
            paths.add(folder);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes unused) {
            paths.add(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return paths;
  }
}
