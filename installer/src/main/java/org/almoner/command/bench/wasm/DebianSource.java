package org.almoner.command.bench.wasm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.almoner.command.bench.BenchFailed;

/**
 * Upstream's sources of a Debian package, fetched by apt from the archives this computer uses, and
 * checked by it against the archive's signature.
 *
 * <p>apt's own configuration is left as it is: most computers have no {@code deb-src} lines, so the
 * same archives are named in a folder of the benchmark.
 */
final class DebianSource {
  private static final Path CONFIGURED = Path.of("/etc/apt");

  private final Path folder;
  private final Shell shell;
  private boolean updated;

  /** Works in {@code folder}, which is made. */
  DebianSource(Path folder, Shell shell) throws IOException {
    this.folder = folder;
    this.shell = shell;
    for (String name : List.of("parts", "lists/partial", "cache/archives/partial", "fetched")) {
      Files.createDirectories(folder.resolve(name));
    }
  }

  /**
   * The unpacked upstream tree of the package.
   *
   * @throws BenchFailed when it cannot be had, with the reason
   */
  Path fetch(String name, String version) throws BenchFailed, IOException, InterruptedException {
    try {
      if (!updated) {
        nameArchives();
        apt("update");
        updated = true;
      }
      apt("--download-only", "--only-source", "source", name);
    } catch (BenchFailed e) {
      throw new BenchFailed(
          "the sources of " + name + " cannot be fetched by apt: " + e.getMessage(), e);
    }
    Path archive = folder.resolve("fetched").resolve(name + "_" + version + ".orig.tar.gz");
    if (!Files.exists(archive)) {
      throw new BenchFailed(
          "this computer's Debian archive has another " + name + " than " + version);
    }
    Path tree = Files.createDirectories(folder.resolve(name));
    shell.run(
        tree,
        Map.of(),
        List.of("tar", "-xzf", archive.toString(), "--strip-components=1", "--no-same-owner"));
    return tree;
  }

  private void apt(String... arguments) throws BenchFailed, IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("apt-get", "-q"));
    option(command, "Dir::Etc::SourceList", "/dev/null");
    option(command, "Dir::Etc::SourceParts", folder.resolve("parts").toString());
    option(command, "Dir::State::Lists", folder.resolve("lists").toString());
    option(command, "Dir::Cache", folder.resolve("cache").toString());
    option(command, "APT::Sandbox::User", ""); // its own user could not write here
    option(command, "Debug::NoLocking", "1");
    command.addAll(List.of(arguments));
    shell.run(folder.resolve("fetched"), Map.of(), command);
  }

  private static void option(List<String> command, String name, String value) {
    command.add("-o");
    command.add(name + "=" + value);
  }

  /** The archives of the distribution, for sources. */
  private void nameArchives() throws BenchFailed, IOException {
    List<Path> lists = new ArrayList<>(List.of(CONFIGURED.resolve("sources.list")));
    if (Files.isDirectory(CONFIGURED.resolve("sources.list.d"))) {
      try (Stream<Path> parts = Files.list(CONFIGURED.resolve("sources.list.d"))) {
        lists.addAll(parts.sorted().toList());
      }
    }
    int named = 0;
    for (Path list : lists) {
      String name = String.valueOf(list.getFileName());
      String text = Files.isRegularFile(list) ? Files.readString(list) : "";
      if (text.contains("debian") && (name.endsWith(".list") || name.endsWith(".sources"))) {
        Files.writeString(folder.resolve("parts").resolve(name), forSources(text));
        named++;
      }
    }
    if (named == 0) {
      throw new BenchFailed("no Debian archive is configured here");
    }
  }

  /** Both forms of such files: {@code Types:} fields and one-line entries. */
  private static String forSources(String text) {
    return text.replaceAll("(?m)^Types:.*$", "Types: deb-src")
        .replaceAll("(?m)^deb-src\\s.*$", "")
        .replaceAll("(?m)^deb\\s", "deb-src ");
  }
}
