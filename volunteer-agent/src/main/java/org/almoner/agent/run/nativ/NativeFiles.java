package org.almoner.agent.run.nativ;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.almoner.agent.run.Software;
import org.almoner.agent.run.process.ChildFiles;
import org.almoner.agent.run.sandbox.Mount;
import org.almoner.agent.run.sandbox.Sandbox;
import org.almoner.protocol.result.BundlePath;

/** The files of one native unit, in its directory. */
record NativeFiles(ChildFiles child) {
  /** Where the program and its files are, inside. */
  static final String PROGRAM = "/program";

  /** Where it starts and leaves its results, inside. */
  static final String OUT = "/out";

  private static final String IN = "/in";
  private static final String TMP = "/tmp";

  static NativeFiles in(Path directory) {
    return new NativeFiles(new ChildFiles(directory.toAbsolutePath()));
  }

  private Path program() {
    return child.directory().resolve("program");
  }

  Path out() {
    return child.scratch().resolve("out");
  }

  private Path tmp() {
    return child.scratch().resolve("tmp");
  }

  /** What bubblewrap says of the program. */
  Path status() {
    return child.directory().resolve("sandbox.json");
  }

  /** Lays out the program, its inputs and two empty folders. */
  void prepare(Software.Program software, Map<BundlePath, Path> inputs, Sandbox sandbox)
      throws IOException {
    for (Path folder : List.of(program(), child.inputs(), child.scratch())) {
      Files.createDirectory(folder);
      sandbox.letRead(folder);
    }
    for (Map.Entry<BundlePath, Path> file : software.files().entrySet()) {
      Path name = place(program(), file.getKey(), sandbox);
      Files.copy(file.getValue(), name);
      Files.setPosixFilePermissions(name, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    for (Map.Entry<BundlePath, Path> input : inputs.entrySet()) {
      Path name = place(child.inputs(), input.getKey(), sandbox);
      give(input.getValue(), name);
      sandbox.letRead(name);
    }
    for (Path folder : List.of(out(), tmp())) {
      Files.createDirectory(folder);
      sandbox.letWrite(folder);
    }
  }

  /** Makes the folders on the way to a name. */
  private static Path place(Path folder, BundlePath name, Sandbox sandbox) throws IOException {
    Path at = folder;
    String[] parts = name.value().split("/", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      at = at.resolve(parts[i]);
      if (!Files.isDirectory(at)) {
        Files.createDirectory(at);
        sandbox.letRead(at);
      }
    }
    return at.resolve(parts[parts.length - 1]);
  }

  /** A link costs nothing; where there can be none, a copy does. */
  private static void give(Path file, Path name) throws IOException {
    try {
      Files.createLink(name, file);
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.copy(file, name);
    }
  }

  /** What of it the program finds inside. */
  List<Mount> mounts() {
    return List.of(
        Mount.readOnly(program(), PROGRAM),
        Mount.readOnly(child.inputs(), IN),
        Mount.writable(out(), OUT),
        Mount.writable(tmp(), TMP));
  }
}
