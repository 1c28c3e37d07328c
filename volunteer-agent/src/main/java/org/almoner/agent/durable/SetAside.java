package org.almoner.agent.durable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where files lie that no longer hold what was written to them. Each costs what it held and nothing
 * else; its owner is told in one sentence.
 */
public final class SetAside {
  /** Name of the directory, in the agent's home. */
  public static final String DIRECTORY = "damaged";

  private final Path directory;
  private final Disk disk;
  private final Consumer<String> told;

  /**
   * Puts files into {@value #DIRECTORY} below {@code home}.
   *
   * @param told hears a sentence for each
   */
  public SetAside(Path home, Disk disk, Consumer<String> told) {
    this.directory = home.resolve(DIRECTORY);
    this.disk = disk;
    this.told = told;
  }

  /**
   * The record in a file; nothing when it is not there, or was damaged and is put aside.
   *
   * @param lost what a damaged one costs, in words that follow a semicolon
   */
  public <T> Optional<T> read(Path file, RecordFile.Reader<T> reader, String lost)
      throws IOException {
    try {
      return RecordFile.read(disk, file, reader);
    } catch (DamagedFile e) {
      take(e, lost);
      return Optional.empty();
    }
  }

  /** Puts the file of a record aside when it is there and damaged; the parameters as above. */
  public void check(Path file, RecordFile.Reader<?> reader, String lost) throws IOException {
    read(file, reader::read, lost);
  }

  /** Puts a damaged file aside. */
  public void take(DamagedFile damage, String lost) throws IOException {
    disk.makeDirectory(directory);
    Path to = free(String.valueOf(damage.file().getFileName()));
    disk.adopt(damage.file(), to);
    told.accept(damage.getMessage() + "; it was moved to " + to + ", and " + lost);
  }

  private Path free(String name) throws IOException {
    List<Path> taken = disk.list(directory);
    Path to = directory.resolve(name);
    for (int number = 2; taken.contains(to); number++) {
      to = directory.resolve(number + "-" + name);
    }
    return to;
  }
}
