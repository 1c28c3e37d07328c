package org.almoner.command;

import java.nio.file.Path;

/** Where the source tree lies, with its examples; the launcher says so. */
final class Home {
  private Home() {}

  static Path folder() {
    return Path.of(System.getProperty("almoner.home", "."));
  }
}
