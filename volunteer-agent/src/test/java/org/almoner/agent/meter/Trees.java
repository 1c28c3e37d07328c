package org.almoner.agent.meter;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The trees of files among the test resources that look like {@code /proc} and {@code /sys}. */
final class Trees {
  private Trees() {}

  static Path named(String name) {
    try {
      return Path.of(Trees.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** A copy that may be changed. */
  static Path copy(String name, Path into) throws IOException {
    Path from = named(name);
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Path to = into.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
    return into;
  }
}
