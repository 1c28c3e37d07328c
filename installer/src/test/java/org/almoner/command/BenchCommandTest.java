package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  private static final String NUMBER = "-?[0-9]+(?:\\.[0-9]+)?";

  @TempDir private Path folder;

  private record Ran(int code, String out, String err) {}

  /** A whole measurement: a real coordinator, real load and the check of both against the log. */
  @Test
  void aShortRunAddsUpAndLeavesNothingBehind() throws Exception {
    Ran ran =
        run("--queued", "100", "--per-request", "5", "--connections", "2", "--seconds", "1")
            .of("--warmup", "1", "--folder", folder.toString(), "-o", "json");

    assertThat(ran.err).doesNotContain("almoner:");
    assertThat(ran.code).isZero();
    assertThat(fieldsOf(ran.out.replaceAll("(by_thread\": *)\\{[^}]*}", "$1{}")))
        .as("which threads were busy is not foreseen")
        .containsExactly(
            "jobs_per_second",
            "coordinator_cpu_ms_per_job",
            "load_cpu_ms_per_job",
            "coordinator_cpu_ms_by_thread",
            "p50_ms",
            "p99_ms",
            "queued",
            "per_request",
            "connections",
            "seconds",
            "accepted",
            "refused",
            "machine",
            "cpu",
            "cores",
            "memory_bytes",
            "java",
            "os",
            "load_average",
            "fsync",
            "mode",
            "filesystem",
            "p50_ms");
    assertThat(number(ran.out, "queued")).isEqualTo(100);
    assertThat(number(ran.out, "per_request")).isEqualTo(5);
    assertThat(number(ran.out, "connections")).isEqualTo(2);
    assertThat(number(ran.out, "refused")).isZero();
    assertThat(linesChecked(ran.err)).isPositive();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aNumberOutOfBoundsIsNamedAndNothingIsStarted() throws Exception {
    Ran ran = run().of("--per-request", "65", "--folder", folder.toString());

    assertThat(ran.code).isEqualTo(Failure.WRONG_USE);
    assertThat(ran.err).isEqualToIgnoringNewLines("almoner: --per-request takes 1 to 64, got 65");
    try (Stream<Path> made = Files.list(folder)) {
      assertThat(made).isEmpty();
    }
  }

  @Test
  void aFormThatIsNotKnownIsNamed() {
    Ran ran = run().of("-o", "xml");

    assertThat(ran.code).isEqualTo(Failure.WRONG_USE);
    assertThat(ran.err).isEqualToIgnoringNewLines("almoner: -o takes text or json, got xml");
  }

  @Test
  void aCoordinatorThatDoesNotStartIsReportedWithWhatItSaid() throws Exception {
    Ran ran = run().of("--folder", folder.toString(), "--coordinator-jvm", "-XX:NoSuchOption");

    assertThat(ran.code).isEqualTo(Failure.FAILED);
    assertThat(ran.err).contains("the coordinator ended with code 1", "NoSuchOption");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  /** Arguments in two halves, so that long command lines stay readable. */
  private interface Rest {
    Ran of(String... more);
  }

  private static Rest run(String... first) {
    return more ->
        captured(
            () ->
                Main.run(
                    Stream.of(List.of("bench", "dispatch"), List.of(first), List.of(more))
                        .flatMap(List::stream)
                        .toArray(String[]::new)));
  }

  private static Ran captured(IntSupplier command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int code = command.getAsInt();
      return new Ran(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
  }

  private static List<String> fieldsOf(String json) {
    return Pattern.compile("\"([a-z0-9_]+)\": ")
        .matcher(json)
        .results()
        .map(m -> m.group(1))
        .toList();
  }

  private static double number(String json, String field) {
    Matcher found = Pattern.compile("\"" + field + "\": (" + NUMBER + ")").matcher(json);
    assertThat(found.find()).as(field).isTrue();
    return Double.parseDouble(found.group(1));
  }

  private static long linesChecked(String progress) {
    Matcher found = Pattern.compile("checking ([0-9]+) lines").matcher(progress);
    assertThat(found.find()).as(progress).isTrue();
    return Long.parseLong(found.group(1));
  }
}
