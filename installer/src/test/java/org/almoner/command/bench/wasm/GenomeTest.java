package org.almoner.command.bench.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenomeTest {
  @TempDir Path directory;

  @Test
  void equalNumbersMakeEqualGenomesOfTheLengthAskedFor() throws Exception {
    Path first = directory.resolve("first");
    Path second = directory.resolve("second");
    Genome.write(first, 50_000, new Random(1));
    Genome.write(second, 50_000, new Random(1));
    List<String> lines = Files.readAllLines(first);
    assertThat(lines).isEqualTo(Files.readAllLines(second));
    assertThat(lines.get(0)).isEqualTo(">generated");
    assertThat(lines.subList(1, lines.size())).allMatch(line -> line.matches("[ACGT]{1,70}"));
    assertThat(lines.stream().skip(1).mapToInt(String::length).sum()).isBetween(50_000, 53_000);
  }
}
