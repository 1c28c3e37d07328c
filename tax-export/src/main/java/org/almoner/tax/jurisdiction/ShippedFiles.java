package org.almoner.tax.jurisdiction;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The files beside this room's classes. Reading one initialises nothing else. */
final class ShippedFiles {
  private ShippedFiles() {}

  /** The octets of the file {@code name}; empty when there is none. */
  static Optional<byte[]> read(String name) {
    try (InputStream in = ShippedFiles.class.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("the build's file " + name + " cannot be read", e);
    }
  }
}
