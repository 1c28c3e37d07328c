package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReceiptsCommandTest {
  @TempDir private Path folder;

  private record Ran(int code, String out, String err) {}

  private Ran run(String... more) {
    String[] all =
        Stream.of(
                Stream.of("bench", "receipts", "--folder=" + folder, "-o", "json"), Stream.of(more))
            .flatMap(part -> part)
            .toArray(String[]::new);
    PrintStream wasOut = System.out;
    PrintStream wasErr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      int code = Main.run(all);
      return new Ran(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(wasOut);
      System.setErr(wasErr);
    }
  }

  @Test
  @Tag("long")
  void aShortRunMakesEveryReceiptAndLeavesNothingBehind() throws Exception {
    Ran ran = run("--donors=5", "--lines=12,30", "--warmup=0", "--threads=1");
    assertThat(ran.err).doesNotContain("almoner:");
    assertThat(ran.code).isZero();
    assertThat(ran.out)
        .contains("\"entries_per_donor\": 12", "\"entries_per_donor\": 30", "\"receipts\": 5")
        .contains("\"receipts_per_second_one_core\"", "\"receipts_per_second\"")
        .contains("\"peak_rss_mib\"", "\"stage_cpu_ms\"");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whatCannotBeMeasuredIsNamedAndNothingIsStarted() throws Exception {
    assertThat(run("--donors=0").err)
        .isEqualToIgnoringNewLines("almoner: --donors takes 1 to 100000, got 0");
    assertThat(run("--lines=0").err)
        .isEqualToIgnoringNewLines("almoner: --lines takes 1 to 100000, got 0");
    try (Stream<Path> made = Files.list(folder)) {
      assertThat(made).isEmpty();
    }
  }
}
