package org.almoner.coordinator.http.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.protocol.bytes.Hash;

/** Where certificate and key are kept. */
public sealed interface TlsFiles permits PemFiles, Pkcs12File {
  /** Largest file, in octets: 1 MiB. */
  int FILE_BYTES_MAX = 1 << 20;

  /** The files that are read. */
  List<Path> files();

  /** Reads them; throws in one sentence that says which file is wrong and what to do. */
  TlsKey load() throws IOException;

  /** The octets of one file. */
  static byte[] read(Path file, String what) throws IOException {
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new IOException(
            "the TLS file " + file + " is larger than " + FILE_BYTES_MAX + " octets; name " + what);
      }
      return Files.readAllBytes(file);
    } catch (java.nio.file.FileSystemException e) {
      throw new IOException("the TLS file " + file + " cannot be read; name " + what, e);
    }
  }

  /** Changes whenever one of the files does. */
  default Hash fingerprint() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : files()) {
      all.append(Hash.sha256(read(file, "a file that can be read")));
    }
    return Hash.sha256(all.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }
}
