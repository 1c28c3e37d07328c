package org.almoner.agent.control;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.almoner.agent.durable.DamagedFile;
import org.almoner.agent.durable.Disk;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.MalformedJson;

/** The file in which the running agent says what it does; always whole. */
public final class StatusFile {
  /** Name of the file, in the agent's home. */
  public static final String FILE = "status.json";

  private static final int OCTETS_MAX = 1 << 20;

  private final Path file;
  private final Disk disk;

  /** Keeps the file in {@code home}. */
  public StatusFile(Path home, Disk disk) {
    this.file = home.resolve(FILE);
    this.disk = disk;
  }

  /** Replaces what the file said. */
  public void write(Status status) throws IOException {
    disk.write(file, CanonicalJson.bytes(status.toJson()));
  }

  /**
   * What the agent said last, if it ever ran here.
   *
   * @throws DamagedFile when the file says nothing that can be read
   */
  public Optional<Status> read() throws IOException {
    Optional<Bytes> octets = disk.read(file, OCTETS_MAX);
    if (octets.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonFields fields = JsonFields.of(CanonicalJson.parse(octets.get().toArray()));
      Status status = Status.parse(fields);
      fields.end();
      return Optional.of(status);
    } catch (MalformedJson | IllegalArgumentException e) {
      throw new DamagedFile(file, String.valueOf(e.getMessage()));
    }
  }
}
