package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Java installations of this computer, and the one that runs units best. */
public final class JavaHomes {
  /** The release on which units were measured most; among several, the nearest is taken. */
  private static final int MEASURED = 25;

  /** Installations that are tried before the agent's own Java does. */
  private static final int TRIALS_MAX = 3;

  private static final Pattern VERSION = Pattern.compile("^JAVA_VERSION=\"((\\d+)[^\"]*)\"");

  private final Set<Path> homes = new LinkedHashSet<>();

  /** Adds one installation; without effect when there is none. */
  public JavaHomes add(Path home) {
    try {
      homes.add(home.toRealPath());
    } catch (IOException e) {
      // a link to nowhere, or nothing
    }
    return this;
  }

  /** Adds all installations in {@code directory}. */
  public JavaHomes addAll(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      entries.sorted().forEach(this::add);
    } catch (IOException e) {
      // not there, or not for this user to see
    }
    return this;
  }

  /**
   * The first Java that keeps a guest's memory guarded, the release nearest to {@value #MEASURED}
   * first; empty when none does.
   */
  public Optional<ChildJvm> best() throws IOException, InterruptedException {
    List<Path> candidates =
        homes.stream()
            .filter(home -> release(home) >= CLibrary.JAVA_MIN)
            .filter(home -> Files.isExecutable(program(home)))
            .sorted(Comparator.comparingInt(home -> Math.abs(release(home) - MEASURED)))
            .limit(TRIALS_MAX)
            .toList();
    for (Path home : candidates) {
      Optional<ChildJvm> found = new ChildJvm(program(home), false).guardedIfPossible();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Path program(Path home) {
    return home.resolve("bin").resolve("java");
  }

  private static int release(Path home) {
    return version(home).map(matcher -> Integer.parseInt(matcher.group(2))).orElse(0);
  }

  /** What the installation of the program {@code java} calls itself; empty when it does not say. */
  static Optional<String> versionOf(Path java) {
    try {
      return Optional.ofNullable(java.toRealPath().getParent())
          .flatMap(bin -> Optional.ofNullable(bin.getParent()))
          .flatMap(JavaHomes::version)
          .map(matcher -> matcher.group(1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Matcher> version(Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines.map(VERSION::matcher).filter(Matcher::find).findFirst();
    } catch (IOException | java.io.UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
