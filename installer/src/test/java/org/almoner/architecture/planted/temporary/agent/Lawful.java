package org.almoner.architecture.planted.temporary.agent;

public final class Lawful {
  Object[] make(java.nio.file.Path folder) throws Exception {
    return new Object[] {
      java.nio.file.Files.createTempFile(folder, "a", "b"),
      java.nio.file.Files.createTempDirectory(folder, "a"),
      java.io.File.createTempFile("a", "b", folder.toFile()),
    };
  }
}
