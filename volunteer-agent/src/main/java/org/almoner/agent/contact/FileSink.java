package org.almoner.agent.contact;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** Writes a large body to a file and hashes it on the way. */
final class FileSink implements Sink {
  private final Path file;
  private final FileChannel channel;
  private final MessageDigest digest = Hash.newDigest();
  private long size;

  /** The file cannot be written to; the network is not to blame. */
  static final class Full extends IOException {
    private static final long serialVersionUID = 1L;

    Full(Path file, IOException cause) {
      super(file + " cannot be written: " + cause.getMessage(), cause);
    }
  }

  FileSink(Path file) throws IOException {
    this.file = file;
    channel = FileChannel.open(file, CREATE, WRITE, TRUNCATE_EXISTING);
  }

  @Override
  public void take(ByteBuffer piece) throws IOException {
    size += piece.remaining();
    digest.update(piece.duplicate());
    try {
      while (piece.hasRemaining()) {
        channel.write(piece);
      }
    } catch (IOException e) {
      throw new Full(file, e);
    }
  }

  @Override
  public Bytes end() throws IOException {
    channel.close();
    return Bytes.of(new byte[0]);
  }

  @Override
  public void abandon() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Octets taken. */
  long size() {
    return size;
  }

  /** Digest of all octets taken; asked once, after {@link #end}. */
  Hash digest() {
    return Hash.of(digest.digest());
  }
}
