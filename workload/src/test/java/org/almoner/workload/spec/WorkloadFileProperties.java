package org.almoner.workload.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.almoner.workload.yaml.Spelling;

class WorkloadFileProperties {
  private static final byte[] PIECES =
      "{}[]:,-?&*!|>'\"%@`#~\n\t \r<= anul0123eE+._".getBytes(StandardCharsets.UTF_8);
  private static final List<byte[]> SEEDS = seeds();

  /** The reader ends with a workload or with faults, whatever it is given. */
  @Property(tries = 3000)
  void aMutatedFileIsReadOrRefused(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] octets = SEEDS.get(random.nextInt(SEEDS.size())).clone();
    for (int i = random.nextInt(12); i >= 0; i--) {
      octets = mutated(octets, random);
    }
    readOrRefuse(octets);
  }

  @Property(tries = 2000)
  void anyOctetsAreReadOrRefused(@ForAll @Size(max = 200) byte[] octets) {
    readOrRefuse(octets);
  }

  @Property(tries = 2000)
  void anyPunctuationIsReadOrRefused(
      @ForAll @Size(max = 60) List<@IntRange(max = 42) Integer> pieces) {
    byte[] octets = new byte[pieces.size()];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = PIECES[pieces.get(i) % PIECES.length];
    }
    readOrRefuse(octets);
  }

  @Property
  void aWrittenSizeIsReadAgain(@ForAll @LongRange(min = 1, max = 1 << 30) long kibibytes) {
    ByteSize size = new ByteSize(kibibytes << 10);

    assertThat(ByteSize.parse(size.toString())).isEqualTo(size);
  }

  @Property
  void aWrittenTimeIsReadAgain(@ForAll @LongRange(min = 1, max = 86_400) long seconds) {
    TimeLimit limit = new TimeLimit(seconds);

    assertThat(TimeLimit.parse(limit.toString())).isEqualTo(limit);
  }

  @Property
  void oneSlipInAKnownWordIsRecognised(
      @ForAll("fields") String field, @ForAll @AlphaChars char letter, @ForAll int place) {
    int at = Math.floorMod(place, field.length());
    String slipped = field.substring(0, at) + letter + field.substring(at + 1);

    assertThat(Spelling.nearest(slipped, List.of(field, "zzzzzzzzzzzz"))).contains(field);
  }

  @Provide
  Arbitrary<String> fields() {
    return Arbitraries.of("name", "purpose", "release", "memory", "outputs", "agree");
  }

  private static void readOrRefuse(byte[] octets) {
    try {
      assertThat(WorkloadFile.parse(octets).workload()).isNotNull();
    } catch (Faults e) {
      assertThat(e.faults()).isNotEmpty().isSorted();
    }
  }

  private static byte[] mutated(byte[] octets, Random random) {
    int at = random.nextInt(octets.length + 1);
    byte piece = PIECES[random.nextInt(PIECES.length)];
    return switch (random.nextInt(4)) {
      case 0 -> joined(octets, at, new byte[] {piece}, at);
      case 1 -> joined(octets, at, new byte[0], Math.min(octets.length, at + random.nextInt(8)));
      case 2 -> joined(octets, at, new byte[] {(byte) random.nextInt(256)}, at);
      default -> {
        int from = random.nextInt(octets.length + 1);
        int to = Math.min(octets.length, from + random.nextInt(80));
        yield joined(octets, at, Arrays.copyOfRange(octets, from, to), at);
      }
    };
  }

  private static byte[] joined(byte[] octets, int end, byte[] middle, int resume) {
    byte[] out = Arrays.copyOf(octets, end + middle.length + octets.length - resume);
    System.arraycopy(middle, 0, out, end, middle.length);
    System.arraycopy(octets, resume, out, end + middle.length, octets.length - resume);
    return out.length == 0 ? new byte[] {'\n'} : out;
  }

  private static List<byte[]> seeds() {
    Path golden = Path.of("src/test/resources/org/almoner/workload/spec");
    try (Stream<Path> files = Files.walk(golden)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .map(WorkloadFileProperties::octets)
          .filter(octets -> octets.length > 0)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] octets(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
