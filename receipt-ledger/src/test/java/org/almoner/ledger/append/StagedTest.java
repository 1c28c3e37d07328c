package org.almoner.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.protocol.bytes.Bytes;
import org.junit.jupiter.api.Test;

class StagedTest {
  private static final Staged BATCH = new Staged(7, 300, NaiveTree.entries(3), Bytes.utf8("rider"));

  @Test
  void aBatchIsReadBack() throws LogRefused {
    for (Staged batch :
        List.of(
            BATCH,
            new Staged(0, 0, List.of(), Bytes.of(new byte[0])),
            new Staged(
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                List.of(Bytes.of(new byte[65_535])),
                Bytes.of(new byte[100_000])))) {
      assertThat(Staged.parse(batch.encode())).isEqualTo(batch);
    }
  }

  @Test
  void itsFormIsFixed() {
    assertThat(Bytes.of(new Staged(1, 2, List.of(Bytes.utf8("a")), Bytes.utf8("bc")).encode()))
        .hasToString(
            "01"
                + "0000000000000001"
                + "0000000000000002"
                + "00000001"
                + "000161"
                + "00000002"
                + "6263"
                + "3e093032");
  }

  @Test
  void noFlippedBitAndNoMissingOctetGoesUnnoticed() {
    byte[] octets = BATCH.encode();
    for (int bit = 0; bit < 8 * octets.length; bit++) {
      byte[] flipped = octets.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> Staged.parse(flipped)).isInstanceOf(LogRefused.class);
    }
    for (int length = 0; length < octets.length; length++) {
      byte[] cut = Arrays.copyOf(octets, length);
      assertThatThrownBy(() -> Staged.parse(cut)).isInstanceOf(LogRefused.class);
    }
  }

  @Test
  void anotherVersionIsNamed() {
    byte[] octets = BATCH.encode();
    octets[0] = 2;
    assertThatThrownBy(() -> Staged.parse(sealed(octets)))
        .hasMessage("the staged batch has version 2; this program reads 1");
  }

  @Test
  void lengthsThatLieAreRefusedWithoutHarm() throws LogRefused {
    Random random = new Random(7);
    for (int i = 0; i < 5000; i++) {
      byte[] octets = BATCH.encode();
      for (int n = 0; n < 3; n++) {
        octets[1 + random.nextInt(octets.length - 5)] = (byte) random.nextInt();
      }
      try {
        assertThat(Staged.parse(sealed(octets)).encode()).isEqualTo(octets);
      } catch (LogRefused e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void aNumberOfEntriesBelowNoneOrAboveTheMostIsRefused() {
    for (int count : new int[] {-1, Integer.MIN_VALUE, 65_537, Integer.MAX_VALUE}) {
      byte[] octets = new Staged(1, 2, List.of(), Bytes.utf8("rider")).encode();
      ByteBuffer.wrap(octets).putInt(17, count);
      assertThatThrownBy(() -> Staged.parse(sealed(octets)))
          .isInstanceOf(LogRefused.class)
          .hasMessage("the staged batch promises " + count + " entries");
    }
  }

  private static byte[] sealed(byte[] octets) {
    CRC32C crc = new CRC32C();
    crc.update(octets, 0, octets.length - 4);
    ByteBuffer.wrap(octets).putInt(octets.length - 4, (int) crc.getValue());
    return octets;
  }

  @Test
  void tooManyEntriesAreRefused() {
    assertThatThrownBy(
            () ->
                new Staged(1, 0, Collections.nCopies(65_537, Bytes.utf8("x")), Bytes.utf8("rider")))
        .hasMessage("a batch has at most 65536 entries; this has 65537");
  }
}
