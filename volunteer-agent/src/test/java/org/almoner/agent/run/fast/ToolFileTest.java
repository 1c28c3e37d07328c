package org.almoner.agent.run.fast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken of what a compiler leaves: it read what a stranger had written. */
class ToolFileTest {
  private static final String DATA =
      "int before;\nstatic const u8 data_segment_data_w2c_unit_d0[] = {\n"
          + "  0x00, 0x7f, 0xFf, 0x2a,\n  0x01, \n};\nint after;\n";

  @TempDir Path temp;

  private ToolFile left(String text) throws Exception {
    Path file = Files.writeString(temp.resolve("unit.c"), text, StandardCharsets.ISO_8859_1);
    return ToolFile.of(file, "wasm2c", 1 << 20);
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(() -> ToolFile.of(temp.resolve("unit.h"), "wasm2c", 9))
        .isInstanceOf(BuildFailed.class)
        .hasMessage("wasm2c left no file unit.h");
  }

  @Test
  void aLinkIsNoFile() throws Exception {
    Path secret = Files.writeString(temp.resolve("secret"), "secret");
    Path link = Files.createSymbolicLink(temp.resolve("program"), secret);
    assertThatThrownBy(() -> ToolFile.of(link, "gcc", 9))
        .isInstanceOf(BuildFailed.class)
        .hasMessage("gcc left no file program");
  }

  @Test
  void whatIsTooLargeIsNotRead() throws Exception {
    Path file = Files.write(temp.resolve("program"), new byte[10]);
    assertThat(ToolFile.of(file, "gcc", 10).octets()).hasSize(10);
    assertThatThrownBy(() -> ToolFile.of(file, "gcc", 9))
        .isInstanceOf(BuildFailed.class)
        .hasMessage("gcc left a file program of 10 octets; at most 9 are taken");
  }

  @Test
  void dataIsTakenOutAndTheRestStays() throws Exception {
    Path to = temp.resolve("out.c");
    long characters = DataSegments.takeOut(left(DATA), to);
    assertThat(temp.resolve("data_segment_data_w2c_unit_d0.bin"))
        .hasBinaryContent(new byte[] {0, 0x7f, -1, 0x2a, 1});
    assertThat(Files.readString(to))
        .startsWith("int before;\nextern const u8 data_segment_data_w2c_unit_d0[5]")
        .endsWith("\nint after;\n")
        .hasSizeGreaterThan((int) characters);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x0g", "0x", "0x1", "0xx1", "0x-1", "0x \n"})
  void dataThatIsNoOctetsIsNamed(String octets) {
    assertThatThrownBy(
            () -> DataSegments.takeOut(left(DATA.replace("0x2a,", octets)), temp.resolve("out.c")))
        .isInstanceOf(BuildFailed.class)
        .hasMessage("wasm2c left data that is no octets");
  }

  @Test
  void dataWithoutAnEndIsNamed() {
    assertThatThrownBy(
            () ->
                DataSegments.takeOut(
                    left(DATA.substring(0, DATA.indexOf("};"))), temp.resolve("out.c")))
        .isInstanceOf(BuildFailed.class)
        .hasMessage("wasm2c left C that ends in the middle of data");
  }

  @Test
  void aLineWithoutEndIsNotKept() throws Exception {
    String line = "x".repeat((1 << 20) + 1);
    Path file = Files.writeString(temp.resolve("unit.c"), line);
    assertThatThrownBy(
            () -> DataSegments.takeOut(ToolFile.of(file, "wasm2c", 1 << 21), temp.resolve("out.c")))
        .isInstanceOf(BuildFailed.class)
        .hasMessageContaining("a line of more than 1048576 characters");
  }

  @Test
  void whateverItLeavesIsTakenOrNamed() throws Exception {
    Random random = new Random(20261121);
    for (int i = 0; i < 200; i++) {
      StringBuilder text = new StringBuilder(DATA);
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
      }
      try {
        assertThat(DataSegments.takeOut(left(text.toString()), temp.resolve("out.c"))).isPositive();
      } catch (BuildFailed e) {
        assertThat(e).hasMessageStartingWith("wasm2c left ");
      }
    }
  }
}
