package org.almoner.trials.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The load's own list of everything that was acknowledged to it: a file, on the disk before a line
 * counts.
 */
public final class AcknowledgedLines implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final AtomicLong count = new AtomicLong();

  private AcknowledgedLines(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** An empty list. */
  public static AcknowledgedLines create(Path file) throws IOException {
    return new AcknowledgedLines(
        file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /** Adds the lines of one report; they count when this returns. */
  synchronized void add(List<AcknowledgedLine> lines) throws IOException {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.format()).append('\n'));
    ByteBuffer octets = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
    while (octets.hasRemaining()) {
      channel.write(octets);
    }
    channel.force(true);
    count.addAndGet(lines.size());
  }

  /** How many count. */
  public long count() {
    return count.get();
  }

  /** The list as the disk has it. */
  public List<AcknowledgedLine> read() throws IOException {
    return Files.readAllLines(file).stream().map(AcknowledgedLine::parse).toList();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
