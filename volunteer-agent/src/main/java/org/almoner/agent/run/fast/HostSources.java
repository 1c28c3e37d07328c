package org.almoner.agent.run.fast;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.bytes.Hash;

/** The C sources of our host, which carries a module's code: everything a guest meets. */
final class HostSources {
  /** The one that is compiled with each module. */
  static final String GLUE = "glue.c";

  /** Compiled once, the same for all modules. */
  static final List<String> PARTS =
      List.of(
          "descriptors", "imports", "main", "runtime", "snapshot", "task", "text", "tree", "world");

  private static final List<String> HEADERS =
      List.of(
          "descriptors.h",
          "fault.h",
          "host.h",
          "snapshot.h",
          "task.h",
          "text.h",
          "tree.h",
          "world.h");

  private static final String FOLDER = "host/";

  private HostSources() {}

  private static List<String> names() {
    List<String> names = new ArrayList<>(HEADERS);
    PARTS.forEach(part -> names.add(part + ".c"));
    names.add(GLUE);
    return names;
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = HostSources.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the source " + name + " is missing beside " + FOLDER);
      }
      return in.readAllBytes();
    }
  }

  /** Of all names and contents. */
  static Hash digest() throws IOException {
    MessageDigest digest = Hash.newDigest();
    for (String name : names()) {
      byte[] content = read(name);
      digest.update((name + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(content);
    }
    return Hash.of(digest.digest());
  }

  /** Lays all of them down in an existing directory. */
  static void copyTo(Path directory) throws IOException {
    for (String name : names()) {
      Files.write(directory.resolve(name), read(name));
    }
  }
}
