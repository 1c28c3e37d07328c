package org.almoner.tax.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.almoner.protocol.bytes.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTests {
  @TempDir Path temp;
  private Path file;
  private boolean writesFail;
  private int syncsThatFail;

  /** Writes three octets and then fails, or fails to sync, when it is told to. */
  private final Disk disk =
      new Disk() {
        @Override
        public void write(FileChannel out, ByteBuffer rest, long at) throws IOException {
          if (!writesFail) {
            Disk.REAL.write(out, rest, at);
            return;
          }
          out.write(rest.slice().limit(3), at);
          throw new IOException("full");
        }

        @Override
        public void sync(FileChannel out) throws IOException {
          if (syncsThatFail > 0) {
            syncsThatFail--;
            throw new IOException("no sync");
          }
          Disk.REAL.sync(out);
        }

        @Override
        public void files(Map<Path, Bytes> files) throws IOException {
          Disk.REAL.files(files);
        }
      };

  @BeforeEach
  void name() {
    file = temp.resolve("events");
  }

  private static List<String> read(EventFile events) throws IOException {
    List<String> lines = new ArrayList<>();
    events.open(
        (number, octets) -> {
          lines.add(new String(octets.toArray(), StandardCharsets.UTF_8));
          assertThat(number).isEqualTo(lines.size());
        });
    return lines;
  }

  private static void add(EventFile events, String line) throws IOException {
    events.append(List.of(line.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aLineThatDoesNotFitLeavesNothingBehindAndTheNextOneFollows() throws Exception {
    EventFile events = new EventFile(file, disk);
    add(events, "first");
    writesFail = true;
    assertThatThrownBy(() -> add(events, "second")).hasMessage("full");
    assertThat(file).hasContent("first\n");
    writesFail = false;
    add(events, "third");
    assertThat(read(new EventFile(file, Disk.REAL))).containsExactly("first", "third");
  }

  @Test
  void whatCannotBeTakenBackStopsTheFileUntilItIsOpenedAgain() throws Exception {
    EventFile events = new EventFile(file, disk);
    add(events, "first");
    writesFail = true;
    syncsThatFail = 1;
    assertThatThrownBy(() -> add(events, "second")).hasMessage("full");
    writesFail = false;
    assertThatThrownBy(() -> add(events, "third"))
        .hasMessageContaining("takes no more: a line was written in part (full); mend the disk");
    EventFile again = new EventFile(file, disk);
    assertThat(read(again)).containsExactly("first");
    add(again, "fourth");
    assertThat(read(again)).containsExactly("first", "fourth");
  }

  @Test
  void aSyncThatFailedIsNotTriedAgain() throws Exception {
    EventFile events = new EventFile(file, disk);
    syncsThatFail = 1;
    assertThatThrownBy(() -> add(events, "first")).hasMessage("no sync");
    assertThatThrownBy(() -> add(events, "second")).hasMessageContaining("may not be on disk");
  }

  @Test
  void nothingIsGluedToALineWithoutAnEnd() throws Exception {
    EventFile events = new EventFile(file, disk);
    add(events, "first");
    Files.writeString(file, "hal", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> add(events, "second")).hasMessageContaining("has no end");
    EventFile again = new EventFile(file, disk);
    assertThat(read(again)).containsExactly("first");
    assertThat(file).hasContent("first\n");
  }
}
