package org.almoner.agent.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.almoner.agent.durable.Disk;
import org.almoner.protocol.bytes.Bytes;

/** The file by which an owner tells the running agent to finish what it runs, and then to end. */
public final class FinishFile {
  /** Name of the file, in the agent's home. */
  public static final String FILE = "finish";

  private static final Bytes EMPTY = Bytes.of(new byte[0]);

  private final Path file;
  private final Disk disk;

  /** Looks for the file in {@code home}. */
  public FinishFile(Path home, Disk disk) {
    this.file = home.resolve(FILE);
    this.disk = disk;
  }

  /** Leaves the word for the agent that runs in the home. */
  public void ask() throws IOException {
    disk.write(file, EMPTY);
  }

  /** Whether the word is there. */
  public boolean asked() {
    return Files.exists(file);
  }

  /** Takes the word away: it was meant for the agent that has ended. */
  public void clear() throws IOException {
    disk.delete(file);
  }
}
