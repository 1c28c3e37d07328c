package org.almoner.coordinator.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.almoner.coordinator.Stores;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.append.Staged;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IgniteStoresTests {
  private static final long REGION = 64L << 20;
  private static final List<Ed25519NoteSigner> SIGNERS =
      List.of(new Ed25519NoteSigner("log.example", SigningKey.of(new byte[32])));

  @TempDir Path temp;

  @Test
  void rowsAndALogAreThereAfterReopening() throws Exception {
    long size;
    try (IgniteStores ignite = IgniteStores.open(temp, REGION)) {
      Stores stores = ignite.stores();
      stores
          .rows()
          .putAll(new TreeMap<>(Map.of("a/1", bytes(1), "a/2", bytes(2), "b/1", bytes(3))));
      stores.rows().putAll(new TreeMap<>(Map.of("open/1", bytes(4), "open/2", bytes(5))));
      stores.rows().putAll(new TreeMap<>(Map.of("a/2", bytes(), "open/2", bytes())));
      Sequencer.create("log.example", SIGNERS, stores.log(), stores.register());
      Sequencer log = open(stores);
      log.commit(entries(300), bytes(7));
      size = log.commit(entries(41), bytes(8)).size();
    }
    try (IgniteStores ignite = IgniteStores.open(temp, REGION)) {
      Stores stores = ignite.stores();
      assertThat(stores.rows().get("a/1")).contains(bytes(1));
      assertThat(stores.rows().get("a/2")).isEmpty();
      List<String> found = new ArrayList<>();
      stores.rows().scan("a/", (key, value) -> found.add(key));
      stores.rows().scan("open/", (key, value) -> found.add(key));
      assertThat(found).containsExactly("a/1", "open/1");
      assertThat(stores.rows().get("open/1")).contains(bytes(4));
      assertThat(stores.rows().get("open/2")).isEmpty();

      Sequencer log = open(stores);
      assertThat(log.nextIndex()).isEqualTo(size).isEqualTo(341);
      assertThat(log.recovered().rider()).isEqualTo(bytes(8));
      LogReader reader = new LogReader(stores.log());
      assertThat(reader.root(size)).isEqualTo(log.checkpoint().checkpoint().root());
      reader
          .inclusion(299, size)
          .verify(299, size, reader.leaf(299, size), log.checkpoint().checkpoint().root());
      assertThat(reader.root(300)).isNotEqualTo(reader.root(size));
    }
  }

  @Test
  void theRegisterLetsOnlyOneOfTwoWritersThrough() throws Exception {
    try (IgniteStores ignite = IgniteStores.open(temp, REGION)) {
      Stores stores = ignite.stores();
      assertThat(stores.register().compareAndSet(Optional.empty(), "one")).isTrue();
      assertThat(stores.register().compareAndSet(Optional.empty(), "other")).isFalse();
      assertThat(stores.register().compareAndSet(Optional.of("one"), "two")).isTrue();
      assertThat(stores.register().compareAndSet(Optional.of("one"), "three")).isFalse();
      assertThat(stores.register().read()).contains("two");
    }
  }

  @Test
  void anOlderBatchAndATileOfOtherOctetsAreRefused() throws Exception {
    try (IgniteStores ignite = IgniteStores.open(temp, REGION)) {
      Stores stores = ignite.stores();
      stores.log().stage(new Staged(3, 0, List.of(), bytes(1)));
      assertThatThrownBy(() -> stores.log().stage(new Staged(3, 0, List.of(), bytes(2))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another writer staged batch 3");
      TilePath path = new TilePath(0, 0, 1);
      stores.log().write(Map.of(path, Bytes.of(new byte[32])));
      byte[] other = new byte[32];
      other[5] = 1;
      assertThatThrownBy(() -> stores.log().write(Map.of(path, Bytes.of(other))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("with other octets");
    }
  }

  @Test
  void noSocketIsOpened() throws Exception {
    Set<String> before = listening();
    try (IgniteStores ignite = IgniteStores.open(temp, REGION)) {
      ignite.stores().rows().putAll(new TreeMap<>(Map.of("a/1", bytes(1))));
      assertThat(listening()).isEqualTo(before);
    }
  }

  /** Inodes of this process's own listening TCP sockets and of all its UDP sockets. */
  private static Set<String> listening() throws IOException {
    Set<String> own = new HashSet<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : files.toList()) {
        try {
          String target = Files.readSymbolicLink(file).toString();
          if (target.startsWith("socket:[")) {
            own.add(target.substring(8, target.length() - 1));
          }
        } catch (IOException e) {
          continue; // closed meanwhile
        }
      }
    }
    Set<String> listening = new HashSet<>();
    for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/self/net/" + table))) {
        String[] columns = line.trim().split("\\s+");
        boolean listens = table.startsWith("udp") || columns[3].equals("0A");
        if (columns.length > 9 && listens && own.contains(columns[9])) {
          listening.add(table + " " + columns[1]);
        }
      }
    }
    return listening;
  }

  private static Sequencer open(Stores stores) throws Exception {
    return Sequencer.open("log.example", SIGNERS, stores.log(), stores.register());
  }

  private static List<Bytes> entries(int count) {
    List<Bytes> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(bytes(1, 2, i >> 8, i));
    }
    return list;
  }

  private static Bytes bytes(int... octets) {
    byte[] raw = new byte[octets.length];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) octets[i];
    }
    return Bytes.of(raw);
  }
}
