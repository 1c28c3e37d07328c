package org.almoner.coordinator.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every problem's type is a page that exists. */
class ProblemsPageTests {
  private static final Path ROOT = Path.of(System.getProperty("almoner.root", ".."));

  /** A status or a lease, then the slug, then the title: how refusals are written. */
  private static final Pattern SLUG =
      Pattern.compile("(?:\\b[45]\\d\\d|status|lease),\\s+\"([a-z]+(?:-[a-z]+)*)\",\\s+\"[A-Z]");

  private static Set<String> slugs() throws IOException {
    Set<String> slugs = new TreeSet<>();
    try (Stream<Path> files = Files.walk(ROOT.resolve("coordinator/src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher matcher = SLUG.matcher(Files.readString(file));
        while (matcher.find()) {
          slugs.add(matcher.group(1));
        }
      }
    }
    return slugs;
  }

  @Test
  void everySlugIsAHeading() throws IOException {
    Set<String> headings = new TreeSet<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/reference/problems.md"))) {
      if (line.startsWith("### ")) {
        assertThat(headings.add(line.substring(4))).as("one heading " + line).isTrue();
      }
    }
    assertThat(slugs()).hasSizeGreaterThan(40);
    assertThat(headings).containsAll(slugs());
  }
}
