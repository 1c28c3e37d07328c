package org.almoner.coordinator.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;

/**
 * Which agent sent which blob, as empty files beside them.
 *
 * <p>Whoever asks about an agent's own blobs is answered from here, so that nobody learns from the
 * answer whether somebody else sent the same octets.
 */
public final class Senders {
  static final String FOLDER = "senders";

  private final Path folder;

  Senders(Path folder) {
    this.folder = folder;
  }

  /** Notes that the agent sent the whole blob; durable when it returns. */
  public void add(AgentId agent, Hash digest) throws IOException {
    Path shelf = shelf(digest);
    Files.createDirectories(shelf);
    Path mark = mark(agent, digest);
    FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
    force(shelf);
    force(folder);
  }

  /** Whether the agent sent it. */
  public boolean contains(AgentId agent, Hash digest) {
    return Files.exists(mark(agent, digest));
  }

  private Path shelf(Hash digest) {
    return folder.resolve(digest.toHex().substring(0, 2));
  }

  private Path mark(AgentId agent, Hash digest) {
    return shelf(digest).resolve(digest.toHex() + "." + agent.toHex());
  }

  private static void force(Path names) throws IOException {
    try (FileChannel channel = FileChannel.open(names, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
