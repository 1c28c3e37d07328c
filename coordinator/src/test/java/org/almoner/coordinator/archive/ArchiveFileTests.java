package org.almoner.coordinator.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BatchId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveFileTests {
  private static final BatchId BATCH = BatchId.parseHex("00112233445566aa");

  @TempDir Path folder;
  private FolderArchives archives;
  private Path file;

  @BeforeEach
  void open() throws IOException {
    archives = FolderArchives.open(folder);
    file = folder.resolve(BATCH.toHex() + ".archive");
  }

  private static String key(int number) {
    return String.format(Locale.ROOT, "unit/%04d", number);
  }

  private static Bytes row(int number) {
    return Bytes.of(new byte[number % 7 * number]);
  }

  private ArchiveShelf.Kept keep(int rows) throws IOException {
    return archives.keep(
        BATCH,
        sink -> {
          for (int i = 0; i < rows; i++) {
            sink.row(key(2 * i), row(i));
          }
        });
  }

  @Test
  void everyRowIsFoundAndNoOther() throws IOException {
    for (int rows : new int[] {0, 1, 2, 65, 300}) {
      ArchiveShelf.Kept kept = keep(rows);
      assertThat(kept.rows()).isEqualTo(rows);
      assertThat(kept.bytes()).isEqualTo(Files.size(file));
      assertThat(kept.digest()).isEqualTo(Hash.sha256(Files.readAllBytes(file)));
      for (int i = 0; i < rows; i++) {
        assertThat(archives.find(BATCH, key(2 * i))).contains(row(i));
        assertThat(archives.find(BATCH, key(2 * i + 1))).isEmpty();
      }
      assertThat(archives.find(BATCH, "batch/")).isEmpty();
      assertThat(archives.find(BATCH, "unit/x")).isEmpty();
    }
  }

  @Test
  void theSameRowsGiveTheSameOctets() throws IOException {
    assertThat(keep(20)).isEqualTo(keep(20));
  }

  @Test
  void rowsOutOfOrderAreAMistakeAndLeaveNothing() {
    assertThatThrownBy(
            () ->
                archives.keep(
                    BATCH,
                    sink -> {
                      sink.row("b", Bytes.utf8("1"));
                      sink.row("b", Bytes.utf8("2"));
                    }))
        .hasMessageContaining("row b may not follow b");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatEndsInTheMiddleLeavesTheArchiveThatWasThere() throws IOException {
    keep(3);
    assertThatThrownBy(
            () ->
                archives.keep(
                    BATCH,
                    sink -> {
                      sink.row("a", Bytes.utf8("1"));
                      throw new IOException("the disk is gone");
                    }))
        .hasMessage("the disk is gone");
    assertThat(archives.find(BATCH, key(4))).contains(row(2));
    assertThat(Files.list(folder)).hasSize(1);
  }

  @Test
  void aFlippedBitAnywhereIsNoticed() throws IOException {
    keep(6);
    byte[] good = Files.readAllBytes(file);
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= (byte) (1 << at % 8);
      Files.write(file, bad);
      assertThatThrownBy(this::check).as("octet " + at).isInstanceOf(IOException.class);
    }
    for (int length = 0; length < good.length; length++) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThatThrownBy(this::check).as("cut at " + length).isInstanceOf(IOException.class);
    }
  }

  private void check() throws IOException {
    try (ArchiveReader reader = new ArchiveReader(file)) {
      reader.check();
    }
  }

  @Test
  void aMissingArchiveIsSaidToBeMissing() throws IOException {
    keep(1);
    Files.delete(file);
    assertThatThrownBy(() -> archives.find(BATCH, key(0)))
        .hasMessageContaining("is missing; take it from a copy");
  }
}
