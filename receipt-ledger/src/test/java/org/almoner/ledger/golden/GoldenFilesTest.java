package org.almoner.ledger.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the files of docs/spec/golden claim; they are read from there, not from memory. */
class GoldenFilesTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("almoner.root"), "docs", "spec", "golden");
  private static final boolean WRITE = Boolean.getBoolean("almoner.golden.write");

  @BeforeAll
  static void writesThemWhenAsked() throws IOException {
    for (GoldenFiles files : WRITE ? GoldenFiles.all() : List.<GoldenFiles>of()) {
      for (Map.Entry<String, byte[]> file : expected(files).entrySet()) {
        Path path = GOLDEN.resolve(files.format().folder()).resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
    }
  }

  private static Map<String, byte[]> expected(GoldenFiles files) {
    Map<String, byte[]> expected = new TreeMap<>();
    files.valid().forEach((name, octets) -> expected.put("valid/" + name, octets));
    files.invalid().forEach((name, bad) -> expected.put("invalid/" + name, bad.octets()));
    expected.put("invalid/reasons.txt", GoldenFormat.utf8(files.reasons()));
    return expected;
  }

  @Test
  void theFilesAreTheOnesThatAreMadeHere() throws IOException {
    for (GoldenFiles files : GoldenFiles.all()) {
      Path folder = GOLDEN.resolve(files.format().folder());
      Map<String, byte[]> expected = expected(files);
      assertThat(names(folder)).containsExactlyElementsOf(expected.keySet());
      for (Map.Entry<String, byte[]> file : expected.entrySet()) {
        assertThat(Files.readAllBytes(folder.resolve(file.getKey())))
            .as(folder + "/" + file.getKey())
            .isEqualTo(file.getValue());
      }
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  @TestFactory
  List<DynamicTest> whatIsValidIsReadVerifiedAndWrittenBackOctetForOctet() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (GoldenFiles files : GoldenFiles.all()) {
      for (Path file : list(files.format(), "valid")) {
        tests.add(
            DynamicTest.dynamicTest(
                name(file),
                () -> {
                  byte[] octets = Files.readAllBytes(file);
                  assertThat(files.format().accepted(octets)).isEqualTo(octets);
                }));
      }
    }
    assertThat(tests).hasSizeGreaterThan(80);
    return tests;
  }

  @TestFactory
  List<DynamicTest> whatIsInvalidIsRefusedAndThePartIsNamed() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (GoldenFiles files : GoldenFiles.all()) {
      Map<String, String> parts = parts(files.format());
      for (Path file : list(files.format(), "invalid")) {
        String part = parts.get(file.getFileName().toString());
        assertThat(part).as("reason of %s", file).isNotBlank();
        tests.add(
            DynamicTest.dynamicTest(
                name(file),
                () ->
                    assertThatThrownBy(() -> files.format().accepted(Files.readAllBytes(file)))
                        .isInstanceOf(Refused.class)
                        .hasMessageContaining(part)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(200);
    return tests;
  }

  private static String name(Path file) {
    return GOLDEN.relativize(file).toString();
  }

  private static List<Path> list(GoldenFormat format, String folder) throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN.resolve(format.folder()).resolve(folder))) {
      return files.filter(file -> !file.endsWith("reasons.txt")).sorted().toList();
    }
  }

  private static Map<String, String> parts(GoldenFormat format) throws IOException {
    Map<String, String> parts = new TreeMap<>();
    Path reasons = GOLDEN.resolve(format.folder()).resolve("invalid/reasons.txt");
    for (String line : Files.readAllLines(reasons)) {
      if (!line.startsWith("#")) {
        String[] fields = line.split(" \\| ", 3);
        parts.put(fields[0], fields[1]);
      }
    }
    return parts;
  }
}
