package org.almoner.agent.run.wasm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;
import run.endive.compiler.Cache;

/**
 * The Java classes the engine made of one module, as a file: there from an earlier run, or kept for
 * the next. They serve one kind of memory.
 */
final class CompiledModule implements Cache {
  /** Changes with the engine and with what is changed in its classes. */
  static final String FORMAT = "endive-1.0.0-2";

  private static final String ENGINE_CLASS = "Shaded.class";

  private final Path file;
  private final MemoryKind kind;

  CompiledModule(Path file, MemoryKind kind) {
    this.file = file;
    this.kind = kind;
  }

  MemoryKind kind() {
    return kind;
  }

  boolean exists() {
    return Files.exists(file);
  }

  @Override
  public byte @Nullable [] get(String digest) throws IOException {
    return exists() ? Files.readAllBytes(file) : null;
  }

  @Override
  public void putIfAbsent(String digest, byte[] jar) throws IOException {
    Path unfinished = file.resolveSibling("compiled.tmp");
    Files.write(unfinished, changed(jar));
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private byte[] changed(byte[] jar) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JarInputStream from = new JarInputStream(new ByteArrayInputStream(jar));
        JarOutputStream to = new JarOutputStream(out)) {
      for (JarEntry entry = from.getNextJarEntry(); entry != null; entry = from.getNextJarEntry()) {
        byte[] content = from.readAllBytes();
        to.putNextEntry(new JarEntry(entry.getName()));
        boolean engine = entry.getName().endsWith(ENGINE_CLASS);
        to.write(engine ? EngineClass.changed(content, kind) : content);
        to.closeEntry();
      }
    }
    return out.toByteArray();
  }
}
