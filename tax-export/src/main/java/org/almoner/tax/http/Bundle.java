package org.almoner.tax.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.almoner.protocol.bytes.Bytes;

/** Several files in one zip; the same files give the same octets. */
final class Bundle {
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0, 0);

  private Bundle() {}

  /** One file. */
  record File(String name, Bytes octets) {}

  static byte[] of(List<File> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (File file : files) {
        ZipEntry entry = new ZipEntry(file.name());
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(file.octets().toArray());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }
}
