package org.almoner.agent.control;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.RecordFile;

/** The file in which the running agent says what it does; always whole. */
public final class StatusFile {
  /** Name of the file, in the agent's home. */
  public static final String FILE = "status.json";

  private final Path file;
  private final Disk disk;

  /** Keeps the file in {@code home}. */
  public StatusFile(Path home, Disk disk) {
    this.file = home.resolve(FILE);
    this.disk = disk;
  }

  /** Replaces what the file said. */
  public void write(Status status) throws IOException {
    RecordFile.write(disk, file, status.toJson());
  }

  /** What the agent said last, if it ever ran here. */
  public Optional<Status> read() throws IOException {
    return RecordFile.read(disk, file, Status::parse);
  }
}
