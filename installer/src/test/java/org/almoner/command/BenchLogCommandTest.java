package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchLogCommandTest {
  @TempDir private Path folder;

  private record Ran(int code, String out, String err) {}

  /** A whole measurement: a store, signed reports, two witnesses, and the check of the log. */
  @Test
  void aShortRunAddsUpAndLeavesNothingBehind() throws Exception {
    Ran ran =
        run("--in-this-process", "--seconds=1", "--warmup=0", "--sizes=500", "--rate=200")
            .and("--folder=" + folder, "-o", "json");

    assertThat(ran.err).doesNotContain("almoner:").contains("checking the whole log");
    assertThat(ran.code).isZero();
    String out = ran.out;
    assertThat(out.split("\"entries_per_second\"", -1)).hasSize(1 + 4);
    assertThat(out)
        .contains("\"load\": \"200/s\"", "\"load\": \"saturation\"")
        .contains("\"witnesses\": 2", "\"rss_mib\"", "\"p99_ms\"", "\"max_ms\"")
        .contains("\"tree_size\"", "\"bytes_max\"", "\"verify_us\"");
    assertThat(out.replaceAll(".*?\"fsyncs\": ([0-9]+).*", "$1").strip()).isNotEqualTo("0");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whatCannotBeMeasuredIsNamedAndNothingIsStarted() throws Exception {
    assertThat(run("--sizes=100,5").and("--folder=" + folder).err)
        .isEqualToIgnoringNewLines("almoner: --sizes takes ascending sizes, got [100, 5]");
    assertThat(run("--rate=3").and("--folder=" + folder).err)
        .isEqualToIgnoringNewLines("almoner: --rate takes 10 to 1000000, got 3");
    assertThat(run("-o", "xml").and("--folder=" + folder).code).isEqualTo(Failure.WRONG_USE);
    try (Stream<Path> made = Files.list(folder)) {
      assertThat(made).isEmpty();
    }
  }

  private interface Rest {
    Ran and(String... more);
  }

  private static Rest run(String... first) {
    return more -> {
      String[] all =
          Stream.of(Stream.of("bench", "log"), Stream.of(first), Stream.of(more))
              .flatMap(part -> part)
              .toArray(String[]::new);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      PrintStream realOut = System.out;
      PrintStream realErr = System.err;
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      try {
        int code = Main.run(all);
        return new Ran(
            code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
      } finally {
        System.setOut(realOut);
        System.setErr(realErr);
      }
    };
  }
}
