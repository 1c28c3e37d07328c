package org.almoner.coordinator.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.almoner.protocol.bytes.Bytes;

class RowCodecProperties {
  @Property
  void fieldsAreReadAsTheyWereWritten(
      @ForAll @LongRange(min = 0) long number,
      @ForAll String text,
      @ForAll byte[] octets,
      @ForAll boolean flag)
      throws DamagedRow {
    String written =
        new String(
            text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            java.nio.charset.StandardCharsets.UTF_8);
    Bytes row =
        new RowWriter(7).number(number).text(written).bytes(Bytes.of(octets)).bool(flag).finish();
    RowReader in = new RowReader("a/1", row, 7);
    assertThat(in.number()).isEqualTo(number);
    assertThat(in.text()).isEqualTo(written);
    assertThat(in.bytes()).isEqualTo(Bytes.of(octets));
    assertThat(in.bool()).isEqualTo(flag);
    in.end();
  }

  @Property
  void aRowOfAnotherVersionIsNamed(@ForAll byte[] octets) {
    Bytes row = new RowWriter(2).bytes(Bytes.of(octets)).finish();
    assertThatThrownBy(() -> new RowReader("a/1", row, 1))
        .isInstanceOf(DamagedRow.class)
        .hasMessage("row a/1 has version 2; this program reads 1");
  }

  @Property
  void imagesAreReadAsTheyWereWritten(
      @ForAll @Size(max = 20) Map<@net.jqwik.api.constraints.AlphaChars String, byte[]> rows)
      throws DamagedRow {
    SortedMap<String, Bytes> images = new TreeMap<>();
    rows.forEach((key, octets) -> images.put(key, Bytes.of(octets)));
    assertThat(Images.parse(Images.encode(images))).isEqualTo(images);
  }

  @Property
  void junkIsReadOrNamedAndNeverAnythingElse(@ForAll byte[] junk) {
    try {
      Images.parse(Bytes.of(junk));
    } catch (DamagedRow e) {
      assertThat(e.getMessage()).startsWith("row images of the last group commit ");
    }
  }
}
