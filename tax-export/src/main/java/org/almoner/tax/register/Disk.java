package org.almoner.tax.register;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import org.almoner.protocol.bytes.Bytes;

/** What the register asks of a disk; tests fail here, or die here. */
public interface Disk {
  /** The disk as it is. */
  Disk REAL =
      new Disk() {
        @Override
        public void write(FileChannel file, ByteBuffer rest, long at) throws IOException {
          file.write(rest, at);
        }

        @Override
        public void sync(FileChannel file) throws IOException {
          file.force(true);
        }

        @Override
        public void files(Map<Path, Bytes> files) throws IOException {
          DurableFile.writeAll(files);
        }
      };

  /** Writes some of {@code rest}, as {@link FileChannel#write(ByteBuffer, long)} does. */
  void write(FileChannel file, ByteBuffer rest, long at) throws IOException;

  /** Returns when what was written is on disk. */
  void sync(FileChannel file) throws IOException;

  /** Writes files, each whole or not at all; all are on disk when it returns. */
  void files(Map<Path, Bytes> files) throws IOException;
}
