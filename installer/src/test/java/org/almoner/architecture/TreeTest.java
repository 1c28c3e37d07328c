package org.almoner.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no class shows: the sources as files, and the papers that go with them. */
class TreeTest {
  /** Nine files in ten are shorter. */
  private static final int LINES_P90_MAX = 200;

  private static final Pattern PROMISE = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
  private static final Path ROOT = Path.of(System.getProperty("almoner.root"));

  /** Libraries that only build and test; they go into no package. */
  private static final Pattern TEST_ONLY =
      Pattern.compile(
          "junit.*|jqwik.*|assertj.*|archunit.*|opentest4j|apiguardian.*|byte-buddy"
              + "|json-schema-validator|itu");

  @Test
  void filesStayShort() throws IOException {
    List<Integer> lines =
        sources("src/main/java").values().stream()
            .map(text -> (int) text.lines().count())
            .sorted()
            .toList();

    assertThat(lines).hasSizeGreaterThan(150);
    assertThat(lines.get(lines.size() * 9 / 10)).isLessThanOrEqualTo(LINES_P90_MAX);
  }

  @Test
  void noSourceHoldsAPromise() throws IOException {
    assertThat(PROMISE.matcher("// TO" + "DO later").find()).isTrue();
    sources("src")
        .forEach((file, text) -> assertThat(text).as("%s", file).doesNotContainPattern(PROMISE));
  }

  @Test
  void everyLibraryThatIsShippedIsNamedInTheNotice() throws IOException {
    String notice = Files.readString(ROOT.resolve("NOTICE"));
    List<String> shipped =
        Stream.of(System.getProperty("surefire.test.class.path", "").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar") && !Path.of(entry).startsWith(ROOT))
            .map(entry -> Path.of(entry).getFileName().toString())
            .map(name -> name.replaceAll("-[0-9][0-9A-Za-z.]*(-GA)?\\.jar$", ""))
            .filter(name -> !TEST_ONLY.matcher(name).matches())
            .toList();

    assertThat(shipped).hasSizeGreaterThan(40);
    assertThat(shipped)
        .allSatisfy(
            name ->
                assertThat(notice)
                    .containsPattern("(?i)(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])"));
  }

  /** The digest is that of the text as the Free Software Foundation publishes it. */
  @Test
  void theLicenceIsTheAgplWordForWord() throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(ROOT.resolve("LICENSE")));

    assertThat(HexFormat.of().formatHex(digest))
        .isEqualTo("0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0");
  }

  @Test
  void whatIgniteNeedsOfTheJdkIsSaidAlikeInAllPlaces() throws IOException {
    String parent = element("ignite.opens", Files.readString(ROOT.resolve("pom.xml")));
    String manifest = element("Add-Opens", Files.readString(ROOT.resolve("installer/pom.xml")));
    String command =
        Files.readString(
            ROOT.resolve("installer/src/main/java/org/almoner/command/IgniteOpens.java"));

    List<String> opened = List.of(manifest.split(" "));
    assertThat(opened).isNotEmpty();
    assertThat(parent.split(" "))
        .containsExactlyElementsOf(opened.stream().map(TreeTest::flag).toList());
    assertThat(
            Pattern.compile("\"(--add-opens=[^\"]*)\"")
                .matcher(command)
                .results()
                .map(m -> m.group(1)))
        .containsExactlyElementsOf(opened.stream().map(TreeTest::flag).toList());
  }

  private static String flag(String opened) {
    return "--add-opens=" + opened + "=ALL-UNNAMED";
  }

  private static String element(String name, String xml) {
    Matcher matcher = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(xml);
    assertThat(matcher.find()).as(name).isTrue();
    return matcher.group(1).strip();
  }

  /** Every Java file below {@code folder} of each module, with its text. */
  private static Map<Path, String> sources(String folder) throws IOException {
    Map<Path, String> texts = new TreeMap<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.filter(path -> Files.isDirectory(path.resolve(folder))).toList()) {
        try (Stream<Path> files = Files.walk(module.resolve(folder))) {
          for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
            texts.put(ROOT.relativize(file), Files.readString(file, StandardCharsets.UTF_8));
          }
        }
      }
    }
    return texts;
  }
}
