package org.almoner.agent.run.snapshot;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import org.almoner.protocol.bytes.Hash;

/** A snapshot being written; it takes its name when it is complete and on the disk. */
public final class SnapshotOutput implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Path unfinished;
  private final FileChannel channel;
  private final DigestOutputStream out;
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /** Begins a new {@code file}; an older one of the name stays until {@link #finish}. */
  public SnapshotOutput(Path file) throws IOException {
    this.file = file;
    this.unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    this.channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING);
    this.out =
        new DigestOutputStream(
            new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), Hash.newDigest());
  }

  /** Eight bits. */
  public void u8(int value) throws IOException {
    out.write(value);
  }

  /** Sixteen bits. */
  public void u16(int value) throws IOException {
    number((short) value, Short.BYTES);
  }

  /** Thirty-two bits. */
  public void u32(int value) throws IOException {
    number(value, Integer.BYTES);
  }

  /** Sixty-four bits. */
  public void i64(long value) throws IOException {
    number(value, Long.BYTES);
  }

  private void number(long value, int octets) throws IOException {
    number.putLong(0, value);
    out.write(number.array(), 0, octets);
  }

  /** Octets as they are. */
  public void octets(byte[] octets) throws IOException {
    out.write(octets);
  }

  /** Octets after their number. */
  public void text(byte[] octets) throws IOException {
    u32(octets.length);
    octets(octets);
  }

  /** All of {@code content}. */
  public void octets(InputStream content) throws IOException {
    content.transferTo(out);
  }

  /** Ends the file with the digest, forces it to the disk and names it. */
  public void finish() throws IOException {
    byte[] digest = out.getMessageDigest().digest();
    out.on(false);
    out.write(digest);
    out.flush();
    channel.force(true);
    channel.close();
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** What is not finished is removed. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(unfinished);
  }
}
