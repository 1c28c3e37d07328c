package org.almoner.trials.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The six pages of {@code docs/start}, one after the other, pasted by a reader whose home is empty.
 *
 * <p>The reader's folder has the launcher and the docs of the tree. The only thing changed in what
 * they paste is the port, so that trials do not wait for each other.
 */
@Timeout(300)
class FiveMinutesTest {
  private static final Path ROOT = Path.of(System.getProperty("almoner.root"));
  private static final List<String> PAGES =
      List.of("operator", "volunteer", "project-owner", "donor", "auditor", "first-year");
  private static final String PORT = "7421";

  /** What the reader has of the clone. */
  private static final List<String> LINKED = List.of("almoner", "docs");

  @TempDir Path folder;

  @Test
  void everyCommandOfThePagesDoesWhatThePageShows() throws Exception {
    assumeTrue(
        Files.exists(ROOT.resolve("installer/target/almoner.jar")),
        "tool missing: almoner.jar, which 'verify' makes and 'test' does not");
    for (String name : LINKED) {
      Files.createSymbolicLink(folder.resolve(name), ROOT.resolve(name));
    }
    Path home = Files.createDirectory(folder.resolve("home"));
    String port = freePort();
    int pasted = 0;
    try (Desk desk = new Desk(folder, environment(home))) {
      for (String name : PAGES) {
        for (Page.Step step : page(name).steps()) {
          String at = "docs/start/" + name + ".md, line " + step.line();
          Page.Step here =
              new Page.Step(
                  step.line(),
                  step.elsewhere(),
                  step.commands().replace(PORT, port),
                  step.shown().stream().map(line -> line.replace(PORT, port)).toList());
          run(desk, here, at);
          pasted++;
        }
      }
    }
    assertThat(pasted).isGreaterThan(20);
  }

  @AfterEach
  void leaveTheTreeAlone() throws Exception {
    for (String name : LINKED) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  @Test
  void theReadmeNamesEveryPage() throws Exception {
    String readme = Files.readString(ROOT.resolve("README.md"));
    try (var pages = Files.list(ROOT.resolve("docs/start"))) {
      List<String> names = pages.map(page -> page.getFileName().toString()).sorted().toList();
      assertThat(names)
          .containsExactlyInAnyOrderElementsOf(PAGES.stream().map(p -> p + ".md").toList());
      names.forEach(name -> assertThat(readme).contains("(docs/start/" + name + ")"));
    }
  }

  @Test
  void aLineThatDoesNotComeIsNoticed() {
    Page page =
        Page.parse(
            """
            Do this:

            ```sh
            echo one
            ```

            ```text
            one
            t…o
            ```
            and then

            <!-- in another terminal -->
            ```sh
            serve
            ```
            Words.

            ```text
            not output
            ```
            """);
    Page.Step first = page.steps().get(0);
    assertThat(first.missingIn("zero\none\nbetween\ntwo too\n")).isEqualTo("");
    assertThat(first.missingIn("one\nthree\n")).isEqualTo("t…o");
    assertThat(first.missingIn("two\none\n")).isEqualTo("t…o");
    assertThat(first.elsewhere()).isFalse();
    assertThat(page.steps().get(1)).isEqualTo(new Page.Step(14, true, "serve", List.of()));
  }

  private static void run(Desk desk, Page.Step step, String at) throws Exception {
    try {
      if (step.elsewhere()) {
        desk.pasteElsewhere(step, step.commands());
      } else {
        String output = desk.paste(step.commands());
        assertThat(step.missingIn(output)).as("%s printed:%n%s", at, output).isEmpty();
      }
    } catch (AssertionError e) {
      throw new AssertionError(at + ": " + e.getMessage(), e);
    }
  }

  private static Page page(String name) throws Exception {
    return Page.parse(Files.readString(ROOT.resolve("docs/start").resolve(name + ".md")));
  }

  /** Java finds a home by the account and not by HOME, so it is told; the rest saves time. */
  private static Map<String, String> environment(Path home) {
    return Map.of(
        "PATH",
        System.getenv("PATH"),
        "HOME",
        home.toString(),
        "LANG",
        "C.UTF-8",
        "JAVA_HOME",
        System.getProperty("java.home"),
        "JVM_OPTS",
        "-Duser.home=" + home + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "ALMONER_BUILD",
        "no");
  }

  private static String freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    }
  }
}
