package org.almoner.agent.run.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.almoner.agent.run.RunOutcome.Finished;
import org.almoner.protocol.result.OutputBundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Units on another Java than the agent's: the same output and the same count, or replicas could not
 * agree.
 */
class NewerJavaTest {
  private static final Path JAVAS = Path.of("/usr/lib/jvm");
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");
  private static final int NEWER = 21;

  @TempDir Path directory;
  private Path newer;

  @BeforeEach
  void findANewerJava() throws IOException {
    Optional<Path> found = newerJava();
    assumeTrue(found.isPresent(), "tool missing: JDK 21 or newer");
    newer = found.get();
  }

  private static Optional<Path> newerJava() throws IOException {
    if (!Files.isDirectory(JAVAS)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(JAVAS)) {
      return homes
          .filter(home -> version(home) >= NEWER)
          .map(home -> home.resolve("bin/java"))
          .filter(Files::isExecutable)
          .findFirst();
    }
  }

  private static int version(Path home) {
    try {
      Matcher matcher = VERSION.matcher(Files.readString(home.resolve("release")));
      return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  @Tag("long")
  void outputAndCountAreTheSame() throws Exception {
    for (List<String> args : List.of(List.of("1", "600"), List.of("2203", "2300"))) {
      Finished here = (Finished) Runs.in(directory).args(args.toArray(new String[0])).run();
      Finished there =
          (Finished) Runs.in(directory).args(args.toArray(new String[0])).java(newer).run();
      assertThat(there.output()).isEqualTo(here.output());
      assertThat(there.count()).isEqualTo(here.count());
    }
  }

  /**
   * JDK 25 compiles two lines of Java with these comparisons wrongly (JDK-8385157); units must
   * never find out.
   */
  @Test
  void comparisonsItsCompilerMergesAreRight() throws Exception {
    Finished finished = (Finished) Runs.in(directory).fixture("compare.wasm").java(newer).run();
    OutputBundle bundle = OutputBundle.parse(Files.readAllBytes(finished.bundle()));
    byte[] mixed = bundle.files().get(1).content().toArray();
    assertThat(GuestTest.mixed(mixed)).isEqualTo(GuestTest.expectedMixed());
  }
}
