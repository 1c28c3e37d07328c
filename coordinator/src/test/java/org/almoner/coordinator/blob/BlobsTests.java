package org.almoner.coordinator.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobsTests {
  private static final byte[] OCTETS = "a module".getBytes(StandardCharsets.UTF_8);
  private static final Hash DIGEST = Hash.sha256(OCTETS);

  @TempDir Path folder;
  private Blobs blobs;

  @BeforeEach
  void open() throws Exception {
    blobs = Blobs.open(folder, 0);
  }

  @Test
  void whatIsPutIsReadBackUnderItsDigest() throws Exception {
    assertThat(blobs.has(DIGEST)).isFalse();
    assertThat(blobs.size(DIGEST)).isEmpty();
    assertThat(blobs.read(DIGEST)).isEmpty();

    assertThat(blobs.put(DIGEST, in(OCTETS), OCTETS.length)).isTrue();

    assertThat(blobs.has(DIGEST)).isTrue();
    assertThat(blobs.size(DIGEST)).hasValue(OCTETS.length);
    assertThat(readFrom(2)).isEqualTo("module");
    String hex = DIGEST.toHex();
    assertThat(files()).containsExactly(hex.substring(0, 2) + "/" + hex.substring(2));
  }

  @Test
  void theSameBlobAgainIsNotNew() throws Exception {
    blobs.put(DIGEST, in(OCTETS), OCTETS.length);
    assertThat(blobs.put(DIGEST, in(OCTETS), OCTETS.length)).isFalse();
    assertThat(files()).hasSize(1);
  }

  @Test
  void octetsOfAnotherDigestAreRefusedAndLeaveNothing() throws Exception {
    byte[] other = "another".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> blobs.put(DIGEST, in(other), 100))
        .isInstanceOf(RefusedBlob.class)
        .hasMessage(
            "7 octets came that hash to %s, not to %s;"
                + " hash the file again and send it under its own digest",
            Hash.sha256(other), DIGEST)
        .extracting(e -> ((RefusedBlob) e).reason())
        .isEqualTo(RefusedBlob.Reason.OTHER_DIGEST);
    assertThat(files()).isEmpty();
  }

  @Test
  void oneOctetTooManyIsRefusedAndLeavesNothing() throws Exception {
    assertThatThrownBy(() -> blobs.put(DIGEST, in(OCTETS), OCTETS.length - 1))
        .isInstanceOf(RefusedBlob.class)
        .hasMessageStartingWith("at most 7 octets are taken here")
        .extracting(e -> ((RefusedBlob) e).reason())
        .isEqualTo(RefusedBlob.Reason.TOO_LARGE);
    assertThat(files()).isEmpty();
  }

  @Test
  void aSenderThatBreaksOffLeavesNothing() throws Exception {
    InputStream broken =
        new InputStream() {
          private int pieces = 1;

          @Override
          public int read() {
            throw new AssertionError("octets are read in pieces");
          }

          @Override
          public int read(byte[] into, int from, int length) throws IOException {
            if (pieces-- == 0) {
              throw new IOException("the line went dead");
            }
            return 5;
          }
        };
    assertThatThrownBy(() -> blobs.put(DIGEST, broken, 100)).hasMessage("the line went dead");
    assertThat(files()).isEmpty();
  }

  @Test
  void aFullDiskIsRefusedBeforeTheFirstOctet() throws Exception {
    Blobs full = Blobs.open(folder, Long.MAX_VALUE);
    assertThatThrownBy(() -> full.put(DIGEST, in(OCTETS), 100))
        .isInstanceOf(RefusedBlob.class)
        .hasMessageEndingWith("try again when the operator has made room")
        .extracting(e -> ((RefusedBlob) e).reason())
        .isEqualTo(RefusedBlob.Reason.NO_SPACE);
    assertThat(files()).isEmpty();
  }

  @Test
  void whatACrashLeftHalfReceivedIsRemovedAtTheNextStart() throws Exception {
    blobs.put(DIGEST, in(OCTETS), 100);
    blobs.receive(Hash.ZERO, 100).write(ByteBuffer.wrap(OCTETS));
    assertThat(files()).hasSize(2);

    Blobs again = Blobs.open(folder, 0);

    assertThat(files()).hasSize(1);
    assertThat(again.has(DIGEST)).isTrue();
  }

  @Test
  void twoReceptionsOfOneBlobDoNotDisturbEachOther() throws Exception {
    try (Reception first = blobs.receive(DIGEST, 100);
        Reception second = blobs.receive(DIGEST, 100)) {
      first.write(ByteBuffer.wrap(OCTETS, 0, 3));
      second.write(ByteBuffer.wrap(OCTETS));
      assertThat(second.keep()).isTrue();
      first.write(ByteBuffer.wrap(OCTETS, 3, OCTETS.length - 3));
      assertThat(first.keep()).isFalse();
      assertThat(first.received()).isEqualTo(OCTETS.length);
    }
    assertThat(files()).hasSize(1);
    assertThat(readFrom(0)).isEqualTo("a module");
  }

  @Test
  void aBlobLargerThanAChunkKeepsItsOctets() throws Exception {
    byte[] large = new byte[300_001];
    new Random(7).nextBytes(large);
    Hash digest = Hash.sha256(large);
    blobs.put(digest, in(large), large.length);
    try (FileChannel channel = blobs.read(digest).orElseThrow()) {
      ByteBuffer back = ByteBuffer.allocate(large.length);
      while (back.hasRemaining() && channel.read(back) >= 0) {}
      assertThat(back.array()).isEqualTo(large);
    }
  }

  private String readFrom(long position) throws IOException {
    try (FileChannel channel = blobs.read(DIGEST).orElseThrow()) {
      ByteBuffer buffer = ByteBuffer.allocate(100);
      channel.read(buffer, position);
      return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(f -> folder.relativize(f).toString())
          .sorted()
          .toList();
    }
  }

  private static InputStream in(byte[] octets) {
    return new ByteArrayInputStream(octets);
  }

  private static final byte[] TEN =
      "0123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private static ByteBuffer octets(int from, int to) {
    return ByteBuffer.wrap(TEN, from, to - from);
  }

  @Test
  void aPartOutlivesItsSenderAndThisProcess() throws Exception {
    Hash digest = Hash.sha256(TEN);
    try (Reception first = Blobs.open(folder, 0).parts().receive(digest, "Ada", 0, 10)) {
      first.write(octets(0, 4));
    }
    Blobs again = Blobs.open(folder, 0);
    assertThat(again.parts().received(digest, "Ada")).isEqualTo(4);
    assertThat(again.parts().received(digest, "Bob")).isZero();
    try (Reception rest = again.parts().receive(digest, "Ada", 3, 10)) {
      rest.write(octets(3, 10));
      assertThat(rest.received()).isEqualTo(10);
      assertThat(rest.keep()).isTrue();
    }
    assertThat(again.parts().received(digest, "Ada")).isZero();
    assertThat(again.size(digest)).hasValue(10);
  }

  /** A sender that lost its connection comes back before this side knows. */
  @Test
  void whoBeginsAgainEndsWhatWasOpen() throws Exception {
    Hash digest = Hash.sha256(TEN);
    Parts parts = Blobs.open(folder, 0).parts();
    Reception lost = parts.receive(digest, "Ada", 0, 10);
    lost.write(octets(0, 6));
    try (Reception next = parts.receive(digest, "Ada", 6, 10)) {
      assertThatThrownBy(() -> lost.write(octets(6, 7))).isInstanceOf(IOException.class);
      lost.close();
      assertThat(parts.received(digest, "Ada")).isEqualTo(6);
      next.write(octets(6, 10));
      assertThat(next.keep()).isTrue();
    }
  }

  @Test
  void whatWasTakenOverIsKeptOnce() throws Exception {
    Hash digest = Hash.sha256(TEN);
    Blobs here = Blobs.open(folder, 0);
    Reception lost = here.parts().receive(digest, "Ada", 0, 10);
    lost.write(octets(0, 10));
    try (Reception next = here.parts().receive(digest, "Ada", 10, 10)) {
      assertThatThrownBy(lost::keep).isInstanceOf(IOException.class);
      assertThat(here.has(digest)).isFalse();
      assertThat(next.keep()).isTrue();
    }
    lost.close();
    assertThat(here.size(digest)).hasValue(10);
  }

  @Test
  void whoSendsManyPartsLosesTheirOwnOldest() throws Exception {
    Parts parts = Blobs.open(folder, 0).parts();
    Hash digest = Hash.sha256(TEN);
    try (Reception bobs = parts.receive(digest, "Bob", 0, 10)) {
      bobs.write(octets(0, 3));
    }
    Path bobsFile = list(folder.resolve(Parts.FOLDER)).get(0);
    Instant written = Files.getLastModifiedTime(bobsFile).toInstant();
    for (int i = 0; i < Parts.SENDER_PARTS_MAX + 4; i++) {
      Hash each = Hash.sha256(new byte[] {(byte) i});
      try (Reception part = parts.receive(each, "Ada", 0, 10)) {
        part.write(octets(0, 2));
      }
      for (Path file : list(folder.resolve(Parts.FOLDER))) {
        if (file.getFileName().toString().startsWith(each.toHex())) {
          Files.setLastModifiedTime(file, FileTime.from(written.plusSeconds(i + 1L)));
        }
      }
    }
    assertThat(list(folder.resolve(Parts.FOLDER))).hasSize(Parts.SENDER_PARTS_MAX + 1);
    assertThat(parts.received(digest, "Bob")).isEqualTo(3);
    assertThat(parts.received(Hash.sha256(new byte[] {3}), "Ada")).isZero();
    assertThat(parts.received(Hash.sha256(new byte[] {4}), "Ada")).isEqualTo(2);
  }

  /** Half a GiB more or less on the disk, by whoever else writes there, changes nothing. */
  @Test
  void roomIsKeptForWhatIsStillToCome() throws Exception {
    long kept = Files.getFileStore(folder).getUsableSpace() - (3L << 29);
    Blobs tight = Blobs.open(folder, kept);
    Reception first = tight.receive(DIGEST, 1L << 30);
    assertThatThrownBy(() -> tight.receive(DIGEST, 1L << 30))
        .isInstanceOf(RefusedBlob.class)
        .hasMessageContaining("1073741824 of other blobs are on their way")
        .extracting(e -> ((RefusedBlob) e).reason())
        .isEqualTo(RefusedBlob.Reason.NO_SPACE);
    assertThatThrownBy(() -> tight.parts().receive(DIGEST, "Ada", 0, 1L << 30))
        .isInstanceOf(RefusedBlob.class);
    first.write(ByteBuffer.wrap(OCTETS));
    first.close();
    first.close();
    try (Reception part = tight.parts().receive(DIGEST, "Ada", 0, 1L << 30)) {
      assertThatThrownBy(() -> tight.receive(DIGEST, 1L << 30))
          .hasMessageContaining("1073741824 of other blobs are on their way");
      part.write(ByteBuffer.wrap(OCTETS));
    }
    tight.receive(DIGEST, 1L << 30).close();
  }

  @Test
  void theOldestPartsMakeRoomAndTheOnesOnTheirWayStay() throws Exception {
    Parts parts = Blobs.open(folder, 0).parts();
    Reception coming = parts.receive(Hash.sha256(TEN), "Ada", 0, 10);
    coming.write(octets(0, 1));
    for (int i = 0; i < Parts.PARTS_MAX + 5; i++) {
      try (Reception part = parts.receive(Hash.sha256(new byte[] {(byte) i}), "Ada" + i, 0, 10)) {
        part.write(octets(0, 2));
      }
    }
    try (var left = Files.list(folder.resolve(Parts.FOLDER))) {
      assertThat(left).hasSize(Parts.PARTS_MAX);
    }
    assertThat(parts.received(Hash.sha256(TEN), "Ada")).isEqualTo(1);
    coming.close();
    for (Path part : list(folder.resolve(Parts.FOLDER))) {
      Files.setLastModifiedTime(
          part,
          java.nio.file.attribute.FileTime.from(
              Files.getLastModifiedTime(part).toInstant().minus(Parts.AGE_MAX).minusSeconds(60)));
    }
    parts.receive(Hash.sha256(TEN), "Bob", 0, 10).close();
    assertThat(list(folder.resolve(Parts.FOLDER))).as("the old ones are gone").hasSize(1);
  }

  private static java.util.List<Path> list(Path shelf) throws IOException {
    try (var files = Files.list(shelf)) {
      return files.toList();
    }
  }
}
