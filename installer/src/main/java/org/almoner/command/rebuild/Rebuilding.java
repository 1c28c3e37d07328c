package org.almoner.command.rebuild;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.release.Build;
import org.almoner.protocol.release.Release;

/** Builds the module of one release again, in a folder of its own that is empty at the start. */
public final class Rebuilding {
  private static final Set<String> NOTHING = Set.of();

  private final Release release;
  private final Path work;
  private final Path source;
  private final Tool tool;
  private long commitTime;

  /** Works in {@code work}, an empty folder. */
  public Rebuilding(Release release, Path work) {
    this.release = release;
    this.work = work;
    this.source = work.resolve("source");
    this.tool = new Tool(work.resolve("log"));
  }

  /** Which of the recorded packages are here. */
  public Packages packages() throws IOException {
    return Packages.ask(tool, work, release.build().packages());
  }

  /** Whether commands can be kept away from this computer. */
  public boolean hasSandbox() throws IOException {
    try {
      Files.createDirectories(source);
      boolean works =
          tool.run(work, NOTHING, Map.of(), Sandbox.around(source, ".", List.of("true"))) == 0;
      Files.delete(source);
      return works;
    } catch (RebuildStopped noBubblewrap) {
      Files.delete(source);
      return false;
    }
  }

  /**
   * Fetches the recorded state.
   *
   * @param from a repository's folder or address
   */
  public void fetch(String from) throws RebuildStopped, IOException {
    commitTime = new Checkout(tool, work).fetch(from, release.commit(), source);
  }

  /**
   * Runs the recorded commands; what the source itself holds of the module goes before.
   *
   * @param sandboxed whether they are kept away from this computer
   * @return the octets they left
   */
  public byte[] build(boolean sandboxed) throws RebuildStopped, IOException {
    Build build = release.build();
    Path folder = source.resolve(build.folder()).normalize();
    if (!Files.isDirectory(folder) || !folder.toRealPath().startsWith(source.toRealPath())) {
      throw new RebuildStopped("the source has no folder " + build.folder());
    }
    Path result = folder.resolve(build.result());
    requireInside(Objects.requireNonNull(result.getParent()));
    Files.deleteIfExists(result);
    for (String command : build.commands()) {
      List<String> line = List.of("sh", "-c", command);
      int exit =
          tool.run(
              folder,
              NOTHING,
              environment(sandboxed),
              sandboxed ? Sandbox.around(source, build.folder(), line) : line);
      if (exit != 0) {
        throw new RebuildStopped(
            "the recorded command \"" + command + "\" ended with " + exit + ": " + tool.tail());
      }
    }
    if (!Files.isRegularFile(result) || !result.toRealPath().startsWith(source.toRealPath())) {
      throw new RebuildStopped("the recorded commands left no file " + build.result());
    }
    if (Files.size(result) > BlobRef.BYTES_MAX) {
      throw new RebuildStopped(build.result() + " is larger than any module");
    }
    return Files.readAllBytes(result);
  }

  /** A folder that is a link in the source could lie anywhere; nothing is removed there. */
  private void requireInside(Path folder) throws RebuildStopped, IOException {
    if (Files.exists(folder) && !folder.toRealPath().startsWith(source.toRealPath())) {
      throw new RebuildStopped(
          "the source leads out of itself at " + source.relativize(folder) + "; nothing was built");
    }
  }

  /** Alike for everybody who builds it. */
  private Map<String, String> environment(boolean sandboxed) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    environment.put("HOME", sandboxed ? "/tmp" : work.toString());
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("TZ", "UTC");
    environment.put("SOURCE_DATE_EPOCH", Long.toString(commitTime));
    return environment;
  }
}
