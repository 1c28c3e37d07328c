package org.almoner.agent.run.disk;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at what a running program has written.
 *
 * <p>The kernel bounds each file, not their sum, where no quota is set up. So the sum is looked at
 * again and again; between two looks a program may write more than it was given, as fast as the
 * disk is. Files that have no name any more are seen only in what is left of the disk.
 */
public final class DiskWatch {
  /** Folders within folders: more is no program's need and would hide files from this. */
  static final int DEPTH_MAX = 64;

  /** Free space of the disk below which any unit is ended: 256 MiB. */
  public static final long FREE_BYTES_MIN = 256L << 20;

  private final List<Path> places;
  private final int entriesMax;
  private final long octetsMax;

  /**
   * @param places folders and files that count
   * @param entriesMax files and folders of all together
   * @param octetsMax octets of all together
   */
  public DiskWatch(List<Path> places, int entriesMax, long octetsMax) {
    this.places = List.copyOf(places);
    this.entriesMax = entriesMax;
    this.octetsMax = octetsMax;
  }

  /** What one look saw. */
  private static final class Seen {
    private long octets;
    private int entries;
  }

  /** Why the program has to end; empty while it may go on. */
  public Optional<String> broken() throws IOException {
    Seen seen = new Seen();
    for (Path place : places) {
      Optional<String> hidden = look(place, seen);
      if (hidden.isPresent()) {
        return hidden;
      }
    }
    if (seen.octets > octetsMax) {
      return Optional.of("it wrote more than the " + octetsMax + " octets it was allotted");
    }
    return seen.entries > entriesMax
        ? Optional.of("it made more than " + entriesMax + " files and folders")
        : Optional.empty();
  }

  /** Whether this computer needs what is left of its disk. */
  public boolean isDiskFull() throws IOException {
    return Files.getFileStore(places.get(0)).getUsableSpace() < FREE_BYTES_MIN;
  }

  private Optional<String> look(Path place, Seen seen) throws IOException {
    Looking looking = new Looking(seen);
    Files.walkFileTree(place, Set.of(), DEPTH_MAX, looking);
    return looking.hidden;
  }

  private final class Looking extends SimpleFileVisitor<Path> {
    private final Seen seen;
    private Optional<String> hidden = Optional.empty();

    Looking(Seen seen) {
      this.seen = seen;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      seen.entries++;
      return next();
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isDirectory()) {
        hidden = Optional.of("it made folders nested deeper than " + DEPTH_MAX);
        return FileVisitResult.TERMINATE;
      }
      seen.entries++;
      seen.octets += attributes.size();
      return next();
    }

    /** What went away meanwhile is gone; what cannot be looked into might hold anything. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException fault) {
      if (fault instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      hidden = Optional.of("it made a folder that cannot be looked into");
      return FileVisitResult.TERMINATE;
    }

    private FileVisitResult next() {
      return seen.entries > entriesMax ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }
  }
}
