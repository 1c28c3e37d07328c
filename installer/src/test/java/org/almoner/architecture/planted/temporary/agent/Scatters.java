package org.almoner.architecture.planted.temporary.agent;

public final class Scatters {
  Object[] make() throws Exception {
    return new Object[] {
      java.nio.file.Files.createTempFile("a", "b"),
      java.nio.file.Files.createTempDirectory("a"),
      java.io.File.createTempFile("a", "b"),
    };
  }
}
