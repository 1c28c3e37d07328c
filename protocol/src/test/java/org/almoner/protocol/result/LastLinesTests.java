package org.almoner.protocol.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.almoner.protocol.bytes.Bytes;
import org.junit.jupiter.api.Test;

class LastLinesTests {
  private static List<String> read(Bytes bundle) {
    return LastLines.in(bundle).map(LastLines::lines).orElse(List.of());
  }

  private static Bytes bundle(String path, byte[] content) {
    return Bytes.of(
        new OutputBundle(
                List.of(new OutputBundle.OutputFile(new BundlePath(path), Bytes.of(content))))
            .encode());
  }

  @Test
  void whatIsWrittenIsReadBack() {
    LastLines lines = LastLines.of(List.of("reading 7", "", "no such ligand: \u00e9\ud83d\ude00"));
    assertThat(read(lines.bundle())).isEqualTo(lines.lines()).hasSize(3);
    assertThat(LastLines.of(List.of()).bundle())
        .isEqualTo(Bytes.of(new OutputBundle(List.of()).encode()));
  }

  @Test
  void theLastTwentyAreKeptAndFourKibibytes() {
    List<String> many = IntStream.range(0, 30).mapToObj(Integer::toString).toList();
    assertThat(LastLines.of(many).lines()).isEqualTo(many.subList(10, 30));
    List<String> wide = Collections.nCopies(20, "x".repeat(499));
    assertThat(LastLines.of(wide).lines()).hasSize(8);
    assertThat(LastLines.of(wide).bundle().size()).isLessThan(LastLines.BYTES_MAX + 100);
    assertThat(LastLines.of(List.of("y".repeat(5_000))).lines()).isEmpty();
  }

  @Test
  void nothingInThemSteersATerminal() {
    String bad = "\u001b[2J\u0007a\u009b\u202eb\u2028c\t";
    assertThat(LastLines.of(List.of(bad)).lines()).containsExactly("?[2J?a??b?c?");
    byte[] raw = "one\u001b]0;x\u0007\ntwo\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(read(bundle("last-lines.txt", raw))).containsExactly("one?]0;x?", "two");
  }

  @Test
  void anotherBundleHoldsNone() {
    assertThat(LastLines.in(bundle("result.txt", new byte[] {'a', '\n'}))).isEmpty();
    assertThat(LastLines.in(bundle("last-lines.txt", new byte[] {'a'}))).isEmpty();
    assertThat(LastLines.in(bundle("last-lines.txt", new byte[] {(byte) 0xff, '\n'}))).isEmpty();
    assertThat(LastLines.in(Bytes.utf8("no bundle"))).isEmpty();
  }

  @Test
  void noOctetsMakeItFail() {
    Random random = new Random(7);
    byte[] good = LastLines.of(List.of("a line", "another")).bundle().toArray();
    for (int i = 0; i < 5_000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      assertThat(read(Bytes.of(bad)).size()).isBetween(0, LastLines.LINES_MAX);
    }
  }
}
