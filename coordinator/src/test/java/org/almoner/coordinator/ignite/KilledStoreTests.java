package org.almoner.coordinator.ignite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.almoner.protocol.bytes.Bytes;
import org.apache.ignite.Ignition;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.pagemem.wal.IgniteWriteAheadLogManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store's files as they are at a moment when nothing is in flight are what SIGKILL leaves at that
 * moment: a copy of an open store's folder is a killed store.
 */
class KilledStoreTests {
  private static final long REGION = 128L << 20;
  private static final int ROW_BYTES = 20_000;

  /** With their pages they nearly fill a segment, and the pages once more pass its end. */
  private static final int ROWS = 310;

  @TempDir Path temp;

  /**
   * The recovery writes so much that it fills the segment it began in, and its last record is one
   * that Ignite flushes by itself. In a store as they were made before, with an archive: it is
   * kept, and where the log was gone on with at a wrong place the archive had it otherwise.
   */
  @Test
  void aRecoveryThatFilledASegmentOfTheLogIsNotWrittenOver() throws Exception {
    Path first = temp.resolve("first");
    Path second = temp.resolve("second");
    Path third = temp.resolve("third");
    Files.createDirectories(first.resolve("db/wal/archive"));
    Map<String, Bytes> acknowledged = new TreeMap<>();
    long before;
    try (IgniteStores store = IgniteStores.open(first, REGION)) {
      write(store, acknowledged, 0, ROWS);
      node(first).cluster().tag("metadata");
      before = log(first).currentSegment();
      copy(first, second);
    }
    try (IgniteStores store = IgniteStores.open(second, REGION)) {
      assertThat(log(second).currentSegment()).as("where it is gone on with").isGreaterThan(before);
      write(store, acknowledged, ROWS, ROWS + 5);
      copy(second, third);
    }
    try (IgniteStores store = IgniteStores.open(third, REGION)) {
      for (Map.Entry<String, Bytes> each : acknowledged.entrySet()) {
        assertThat(store.stores().rows().get(each.getKey())).contains(each.getValue());
      }
      assertThat(third.resolve("db/wal/archive/coordinator")).isNotEmptyDirectory();
    }
  }

  /**
   * A copy of a segment could be older than the segment itself: it was made before the next one had
   * begun, and a start after a kill at that moment goes on in the original and reads the copy.
   */
  @Test
  void noSegmentOfTheLogHasACopy() throws Exception {
    try (IgniteStores store = IgniteStores.open(temp, REGION)) {
      TreeMap<String, Bytes> large = new TreeMap<>();
      for (int i = 0; i < 10; i++) {
        large.put("large/" + i, Bytes.of(new byte[1 << 20]));
      }
      store.stores().rows().putAll(large);
      List<String> segments = new ArrayList<>();
      try (Stream<Path> walk = Files.walk(temp)) {
        walk.map(each -> each.getFileName().toString())
            .filter(name -> name.contains(".wal"))
            .forEach(segments::add);
      }
      assertThat(segments).hasSizeGreaterThan(1).doesNotHaveDuplicates();
      assertThat(temp.resolve("db/wal/archive")).doesNotExist();
    }
  }

  private static IgniteEx node(Path folder) {
    return (IgniteEx) Ignition.ignite("almoner-" + folder.toAbsolutePath());
  }

  private static IgniteWriteAheadLogManager log(Path folder) {
    return node(folder).context().cache().context().wal();
  }

  private static void write(IgniteStores store, Map<String, Bytes> acknowledged, int from, int to)
      throws IOException {
    for (int i = from; i < to; i++) {
      byte[] octets = new byte[ROW_BYTES];
      new Random(i).nextBytes(octets);
      Map<String, Bytes> row = Map.of("row/" + i, Bytes.of(octets));
      store.stores().rows().putAll(new TreeMap<>(row));
      acknowledged.putAll(row);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(from)) {
      walk.forEach(all::add);
    }
    for (Path each : all) {
      Path target = to.resolve(from.relativize(each).toString());
      if (Files.isDirectory(each)) {
        Files.createDirectories(target);
      } else {
        Files.copy(each, target);
      }
    }
  }
}
