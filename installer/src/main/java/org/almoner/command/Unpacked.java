package org.almoner.command;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.BundleReader;
import org.almoner.protocol.result.MalformedBundle;

/**
 * The files of an output bundle, written out and digested as they came by.
 *
 * @param output digest of the bundle
 */
record Unpacked(Hash output, List<OneFile> files) {
  Unpacked {
    files = List.copyOf(files);
  }

  /** One file, named as the unit named it below {@code /out}. */
  record OneFile(String path, long bytes, Hash sha256) {
    static OneFile parse(JsonFields fields) throws MalformedJson {
      OneFile file =
          new OneFile(
              fields.parsed("path", BundlePath::new).value(),
              fields.integer("bytes", 0, JsonValue.INTEGER_MAX),
              fields.hash("sha256"));
      fields.end();
      return file;
    }

    JsonValue.Obj toJson() {
      return JsonValue.Obj.of()
          .put("path", path)
          .put("bytes", bytes)
          .put("sha256", sha256.toHex())
          .build();
    }
  }

  /** A file while it is written. */
  private record Writing(String path, long bytes, MessageDigest digest) {
    OneFile done() {
      return new OneFile(path, bytes, Hash.of(digest.digest()));
    }
  }

  /** Writes the files of {@code bundle} below {@code folder}, which is made. */
  static Unpacked into(Path folder, Path bundle) throws IOException, MalformedBundle {
    Files.createDirectories(folder);
    List<Writing> files = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(bundle))) {
      Hash output =
          BundleReader.read(
              in,
              BundleLimits.ofOctets(Files.size(bundle)),
              (path, size) -> {
                Path target = folder.resolve(path.value());
                Files.createDirectories(target.toAbsolutePath().getParent());
                MessageDigest digest = Hash.newDigest();
                files.add(new Writing(path.value(), size, digest));
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(target));
                return new DigestOutputStream(out, digest);
              });
      return new Unpacked(output, files.stream().map(Writing::done).toList());
    }
  }
}
