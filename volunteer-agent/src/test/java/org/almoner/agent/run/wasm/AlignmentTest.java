package org.almoner.agent.run.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almoner.agent.run.RunOutcome.Finished;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.result.OutputBundle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every unit of the alignment example in its real process, against what is known of its reads.
 *
 * <p>The reads are simulated, and nobody wrote down where from. Their places are known from three
 * sides: from Bowtie 2, whose answer lies beside them ({@code bowtie2.tsv}, made by Debian's
 * bowtie2 2.5.0-3+b2); from their pairs, since two mates lie near each other on opposite strands;
 * and from {@link PlainAlignment}, a second implementation that shares nothing with the module.
 * {@code DATA.md} tells how each was got.
 */
@Tag("long")
class AlignmentTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("almoner.root"), "docs/examples/alignment");
  private static final int UNITS = 24;
  private static final int READS = 384;
  private static final int SCORE_MIN = 22;

  /** No fragment of the simulator is longer, by a wide margin: their mean is 250 bases. */
  private static final int MATES_APART_MAX = 400;

  /** Its mates lie on one strand, far apart, for Bowtie 2 too. */
  private static final String TORN_PAIR = "r226";

  @TempDir static Path directory;

  private static final Map<String, SamLine> LINES = new LinkedHashMap<>();
  private static final Map<String, String> READ = new LinkedHashMap<>();
  private static final List<Finished> RUNS = new ArrayList<>();
  private static final List<Map<String, String>> OUTPUTS = new ArrayList<>();
  private static String genome = "";

  @BeforeAll
  static void run() throws Exception {
    genome =
        Files.readAllLines(EXAMPLE.resolve("lambda.fa")).stream()
            .skip(1)
            .collect(Collectors.joining());
    for (Path unit : units()) {
      List<String> records = Files.readAllLines(unit);
      for (int i = 0; i < records.size(); i += 4) {
        READ.put(records.get(i).substring(1), records.get(i + 1));
      }
    }
    RUNS.addAll(alignTwoAtATime());
    for (Finished run : RUNS) {
      Map<String, String> output = outputs(run);
      OUTPUTS.add(output);
      records(output).forEach(line -> LINES.put(line.read(), line));
    }
  }

  /** The first alone, since it leaves the compiled module for the others. */
  private static List<Finished> alignTwoAtATime() throws Exception {
    List<Path> units = units();
    List<Finished> runs = new ArrayList<>(List.of(align(units.get(0))));
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      List<Future<Finished>> others = new ArrayList<>();
      for (Path unit : units.subList(1, units.size())) {
        others.add(two.submit(() -> align(unit)));
      }
      for (Future<Finished> other : others) {
        runs.add(other.get());
      }
    } finally {
      two.shutdownNow();
    }
    return runs;
  }

  @Test
  void thereIsALineForEachRead() {
    assertThat(OUTPUTS).hasSize(UNITS);
    assertThat(READ).hasSize(READS);
    assertThat(LINES.keySet()).containsExactlyElementsOf(READ.keySet());
    LINES
        .values()
        .forEach(
            line ->
                assertThat(line.bases())
                    .isEqualTo(
                        line.reverse()
                            ? PlainAlignment.reverseComplement(READ.get(line.read()))
                            : READ.get(line.read())));
  }

  @Test
  void everyReadThatBowtie2PlacesLiesThere() throws Exception {
    int placed = 0;
    for (SamLine known : bowtie2().values()) {
      if (known.found()) {
        SamLine ours = LINES.get(known.read());
        assertThat(ours.flag()).as(known.read()).isEqualTo(known.flag());
        assertThat(ours.unclippedStart()).as(known.read()).isEqualTo(known.unclippedStart());
        placed++;
      }
    }
    assertThat(placed).isEqualTo(369);
  }

  @Test
  void theMatesOfAPairLieNearEachOtherOnOppositeStrands() throws Exception {
    Map<String, SamLine> bowtie2 = bowtie2();
    int withoutBowtie2 = 0;
    List<String> torn = new ArrayList<>();
    for (SamLine line : LINES.values()) {
      SamLine mate = LINES.get(mateOf(line.read()));
      if (line.found() && mate.found()) {
        boolean near = Math.abs(line.position() - mate.position()) <= MATES_APART_MAX;
        if (!near || line.reverse() == mate.reverse()) {
          torn.add(line.read());
        } else if (!bowtie2.get(line.read()).found()) {
          withoutBowtie2++;
        }
      }
    }
    assertThat(torn).containsExactly(TORN_PAIR + "/1", TORN_PAIR + "/2");
    assertThat(withoutBowtie2).isEqualTo(8);
    assertThat(LINES.values()).filteredOn(line -> !line.found()).hasSize(7);
  }

  @Test
  void everyReadHasTheScoreAndEndOfAPlainFullComparison() {
    Map<String, PlainAlignment> plains =
        READ.entrySet().parallelStream()
            .collect(
                Collectors.toConcurrentMap(
                    Map.Entry::getKey, read -> PlainAlignment.of(read.getValue(), genome)));
    for (SamLine line : LINES.values()) {
      PlainAlignment plain = plains.get(line.read());
      assertThat(line.found()).as("%s %s", line, plain).isEqualTo(plain.score() >= SCORE_MIN);
      if (line.found()) {
        int end = line.position() - 1 + line.path().orElseThrow().sum("MD");
        assertThat(new PlainAlignment(line.score(), line.reverse(), end))
            .as(line.read())
            .isEqualTo(plain);
      }
    }
  }

  @Test
  void everyPathIsWorthItsScore() {
    for (SamLine line : LINES.values()) {
      line.path()
          .ifPresent(
              path -> {
                assertThat(path.sum("SMI")).isEqualTo(line.bases().length());
                assertThat(PlainAlignment.worth(path, line.bases(), genome, line.position()))
                    .as(line.read())
                    .isEqualTo(line.score());
              });
    }
  }

  @Test
  void theCoverageIsThatOfTheAlignments() {
    for (Map<String, String> output : OUTPUTS) {
      int[] expected = new int[genome.length()];
      for (SamLine line : records(output)) {
        int at = line.position() - 1;
        for (Cigar.Run run : line.path().map(Cigar::runs).orElse(List.of())) {
          for (int n = 0; n < run.length() && "MD".indexOf(run.step()) >= 0; n++) {
            expected[at++] += run.step() == 'M' ? 1 : 0;
          }
        }
      }
      int[] depth = new int[genome.length()];
      int last = 0;
      for (String run : output.get("coverage.bedgraph").lines().toList()) {
        String[] fields = run.split("\t", -1);
        int start = Integer.parseInt(fields[1]);
        assertThat(start).isGreaterThanOrEqualTo(last);
        last = Integer.parseInt(fields[2]);
        Arrays.fill(depth, start, last, Integer.parseInt(fields[3]));
      }
      assertThat(depth).isEqualTo(expected);
    }
  }

  @Test
  void anotherRunAgreesOnOutputAndCount() throws Exception {
    Finished first = RUNS.get(5);
    Finished second = align(units().get(5));
    assertThat(second.output()).isEqualTo(first.output());
    assertThat(second.count()).isEqualTo(first.count()).isPositive();
  }

  @Test
  void filesOfAnotherShapeAreToldInASentence() throws Exception {
    String lambda = Files.readString(EXAMPLE.resolve("lambda.fa"));
    Map<String, String> wrongReads =
        Map.of(
            "empty", "",
            "a record cut short", "@r\nACGT\n+\n",
            "a read of 121 bases", "@r\n" + "A".repeat(121) + "\n+\n" + "!".repeat(121) + "\n",
            "a digit among the bases", "@r\nAC7T\n+\n!!!!\n",
            "65 reads", "@r\nACGT\n+\n!!!!\n".repeat(65));
    for (Map.Entry<String, String> wrong : wrongReads.entrySet()) {
      Finished finished = align(lambda, wrong.getValue());
      assertThat(finished.exit()).as(wrong.getKey()).isEqualTo(2);
      assertThat(finished.tail())
          .containsExactly(
              "align wants READS to be 1 to 64 FASTQ records of four lines, reads of 1 to 120"
                  + " letters");
    }
    Finished finished = align("ACGT\n", "@r\nACGT\n+\n!!!!\n");
    assertThat(finished.exit()).isEqualTo(2);
    assertThat(finished.tail())
        .containsExactly("align wants GENOME to be one FASTA sequence of 1 to 131072 letters");
  }

  @Test
  void theDataIsWhatItsPaperSays() throws Exception {
    String paper = Files.readString(EXAMPLE.resolve("DATA.md"));
    StringBuilder reads = new StringBuilder();
    for (Path unit : units()) {
      reads.append(Files.readString(unit, StandardCharsets.US_ASCII));
    }
    assertThat(paper)
        .contains(
            Hash.sha256(Files.readAllBytes(EXAMPLE.resolve("lambda.fa"))).toHex(),
            Hash.sha256(Files.readAllBytes(EXAMPLE.resolve("bowtie2.tsv"))).toHex(),
            Hash.sha256(reads.toString().getBytes(StandardCharsets.US_ASCII)).toHex());
  }

  private static List<Path> units() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLE.resolve("reads"))) {
      return files.sorted().toList();
    }
  }

  private static Finished align(Path reads) throws Exception {
    Finished finished = align(EXAMPLE.resolve("lambda.fa"), reads);
    assertThat(finished.exit()).as("%s", finished.tail()).isZero();
    return finished;
  }

  private static Finished align(String genome, String reads) throws Exception {
    Path folder = Files.createTempDirectory(directory, "input");
    return align(
        Files.writeString(folder.resolve("genome.fa"), genome),
        Files.writeString(folder.resolve("reads.fq"), reads));
  }

  private static Finished align(Path genome, Path reads) throws Exception {
    return (Finished)
        Runs.in(directory)
            .module(EXAMPLE.resolve("align.wasm"))
            .input("genome.fa", genome)
            .input("reads.fq", reads)
            .args("/in/genome.fa", "/in/reads.fq")
            .run();
  }

  private static Map<String, String> outputs(Finished finished) throws Exception {
    return OutputBundle.parse(Files.readAllBytes(finished.bundle())).files().stream()
        .collect(
            Collectors.toMap(
                file -> file.path().value(),
                file -> new String(file.content().toArray(), StandardCharsets.US_ASCII)));
  }

  private static List<SamLine> records(Map<String, String> output) {
    return output
        .get("alignments.sam")
        .lines()
        .filter(line -> !line.startsWith("@"))
        .map(SamLine::parse)
        .toList();
  }

  private static String mateOf(String read) {
    String pair = read.substring(0, read.length() - 1);
    return pair + (read.endsWith("1") ? '2' : '1');
  }

  private static Map<String, SamLine> bowtie2() throws IOException {
    Map<String, SamLine> lines = new HashMap<>();
    for (String line : Files.readAllLines(EXAMPLE.resolve("bowtie2.tsv")).subList(1, READS + 1)) {
      String[] fields = line.split("\t", -1);
      int flag = Integer.parseInt(fields[1]);
      int position = Integer.parseInt(fields[2]);
      lines.put(fields[0], new SamLine(fields[0], flag, position, fields[3], "", 0));
    }
    return lines;
  }
}
