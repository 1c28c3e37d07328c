package org.almoner.agent.run.wasm;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.almoner.agent.run.snapshot.MalformedSnapshot;
import org.almoner.agent.run.snapshot.SnapshotInput;
import org.jspecify.annotations.Nullable;

/**
 * A regular file. Its octets lie in a file of this machine that the guest cannot name: an input, or
 * a scratch file with a number for a name.
 */
final class GuestFile extends GuestNode {
  private final Path host;
  private final DiskQuota quota;
  private @Nullable FileChannel channel;
  private int openings;
  private boolean unlinked;
  private long size;

  /** A file that exists on this machine and is only read. */
  static GuestFile input(long number, Path host, DiskQuota quota) throws IOException {
    return new GuestFile(number, false, host, Files.size(host), quota);
  }

  /** An empty file; {@code host} must not exist yet. */
  static GuestFile scratch(long number, Path host, DiskQuota quota) throws IOException {
    Files.createFile(host);
    return new GuestFile(number, true, host, 0, quota);
  }

  /**
   * A file as it was put aside.
   *
   * @param named whether it has a name; without one it goes with its last descriptor
   */
  static GuestFile restored(
      long number, Path host, DiskQuota quota, boolean named, SnapshotInput in)
      throws IOException, WasiFault, MalformedSnapshot {
    long size = in.i64(Long.MAX_VALUE);
    quota.take(size);
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(host))) {
      in.copy(size, to);
    }
    GuestFile file = new GuestFile(number, true, host, size, quota);
    file.unlinked = !named;
    return file;
  }

  private GuestFile(long number, boolean writable, Path host, long size, DiskQuota quota) {
    super(number, writable);
    this.host = host;
    this.size = size;
    this.quota = quota;
  }

  long size() {
    return size;
  }

  /** Counts one more descriptor. */
  void opened() throws IOException {
    if (openings == 0) {
      channel =
          isWritable()
              ? FileChannel.open(host, StandardOpenOption.READ, StandardOpenOption.WRITE)
              : FileChannel.open(host, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }
    openings++;
  }

  /** Counts one descriptor less. */
  void closed() throws IOException {
    openings--;
    if (openings == 0) {
      channel().close();
      channel = null;
      release();
    }
  }

  /** The file has no name any more; it goes when no descriptor is left. */
  void unlinked() throws IOException {
    unlinked = true;
    release();
  }

  private void release() throws IOException {
    if (unlinked && openings == 0) {
      quota.returnNode();
      try {
        resize(0, false);
      } catch (WasiFault e) {
        throw new IllegalStateException("giving space back never fails", e);
      }
      Files.delete(host);
    }
  }

  /** Octets from {@code position}, at most {@code length}, fewer only at the end of the file. */
  byte[] read(long position, int length) throws IOException {
    long left = Math.max(0, size - position);
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(left, length));
    while (buffer.hasRemaining()) {
      if (channel().read(buffer, position + buffer.position()) < 0) {
        throw new IOException("the file behind a guest's file became shorter");
      }
    }
    return buffer.array();
  }

  void write(long position, byte[] octets) throws IOException, WasiFault {
    if (position > Long.MAX_VALUE - octets.length) {
      throw new WasiFault(Errno.FBIG);
    }
    long end = position + octets.length;
    if (end > size) {
      quota.take(end - size);
      size = end;
    }
    ByteBuffer buffer = ByteBuffer.wrap(octets);
    while (buffer.hasRemaining()) {
      channel().write(buffer, position + buffer.position());
    }
  }

  /** Cuts the file off or fills it up with zeros. */
  void resize(long newSize) throws IOException, WasiFault {
    resize(newSize, true);
  }

  private void resize(long newSize, boolean onDisk) throws IOException, WasiFault {
    quota.take(newSize - size);
    boolean shorter = newSize < size;
    size = newSize;
    if (!onDisk) {
      return;
    }
    if (shorter) {
      channel().truncate(newSize);
    } else if (newSize > channel().size()) {
      channel().write(ByteBuffer.allocate(1), newSize - 1); // the gap reads as zeros
    }
  }

  private FileChannel channel() {
    if (channel == null) {
      throw new IllegalStateException("the file is not open");
    }
    return channel;
  }

  /** The content from its beginning; no descriptor may be open. */
  InputStream content() throws IOException {
    return Files.newInputStream(host);
  }
}
