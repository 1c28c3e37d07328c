package org.almoner.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.read.TileDirectory;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.protocol.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogStoreTest {
  private static final String ORIGIN = "log.example/2026";
  private static final Bytes RIDER = Bytes.utf8("secret rows");
  private static final WatchedSigner SIGNER = new WatchedSigner(ORIGIN, 1);

  @TempDir Path directory;

  private Path served() {
    return directory.resolve("public");
  }

  private FileLogStore store() throws IOException {
    return FileLogStore.open(served(), directory.resolve("private"));
  }

  private CheckpointRegister register() {
    return new FileCheckpointRegister(
        served().resolve("checkpoint"), directory.resolve("private/checkpoint.lock"));
  }

  @Test
  void aServedDirectoryIsAWholeLog() throws Exception {
    List<Bytes> entries = NaiveTree.entries(600);
    try (FileLogStore store = store()) {
      Sequencer.create(ORIGIN, List.of(SIGNER), store, register());
      Sequencer sequencer = Sequencer.open(ORIGIN, List.of(SIGNER), store, register());
      sequencer.commit(entries.subList(0, 200), RIDER);
    }
    assertThat(files()).containsExactly("checkpoint", "tile/0/000.p/200", "tile/entries/000.p/200");
    try (FileLogStore store = store()) {
      Sequencer sequencer = Sequencer.open(ORIGIN, List.of(SIGNER), store, register());
      assertThat(sequencer.recovered().rider()).isEqualTo(RIDER);
      sequencer.commit(entries.subList(200, 600), RIDER);
    }
    assertThat(files())
        .containsExactly(
            "checkpoint",
            "tile/0/000",
            "tile/0/001",
            "tile/0/002.p/88",
            "tile/1/000.p/2",
            "tile/entries/000",
            "tile/entries/001",
            "tile/entries/002.p/88");
    LogReader reader = new LogReader(new TileDirectory(served()));
    assertThat(reader.root(600)).isEqualTo(NaiveTree.root(entries));
    assertThat(reader.root(200)).isEqualTo(NaiveTree.root(entries.subList(0, 200)));
    assertThat(reader.entry(123, 200)).isEqualTo(entries.get(123));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> found = Files.walk(served())) {
      return found
          .filter(Files::isRegularFile)
          .map(file -> served().relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void aSecondProcessIsKeptOut() throws Exception {
    FileLogStore first = store();
    assertThatThrownBy(this::store)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another process writes here: ");
    first.close();
    store().close();
  }

  @Test
  void aTileIsNeverOverwritten() throws Exception {
    TilePath path = new TilePath(0, 0, 1);
    Bytes octets = Bytes.of(new byte[32]);
    try (FileLogStore store = store()) {
      store.write(Map.of(path, octets));
      store.write(Map.of(path, octets));
      assertThatThrownBy(() -> store.write(Map.of(path, Bytes.utf8("other"))))
          .isInstanceOf(IOException.class)
          .hasMessage("tile/0/000.p/1 is already there with other octets; it was left as it is");
      assertThat(store.read(path)).contains(octets);
    }
  }

  @Test
  void anEarlierEpochIsAnotherWriters() throws Exception {
    try (FileLogStore store = store()) {
      assertThat(store.staged()).isEmpty();
      Staged batch = new Staged(5, 0, List.of(), RIDER);
      store.stage(batch);
      assertThat(store.staged()).contains(batch);
      assertThatThrownBy(() -> store.stage(new Staged(5, 0, List.of(), RIDER)))
          .isInstanceOf(IOException.class)
          .hasMessage("batch 5 is already staged, so batch 5 comes from another writer");
    }
  }

  @Test
  void aDamagedStagedBatchIsNamed() throws Exception {
    try (FileLogStore store = store()) {
      store.stage(new Staged(5, 0, List.of(), RIDER));
      Path file = directory.resolve("private/staged");
      byte[] octets = Files.readAllBytes(file);
      octets[9] ^= 1;
      Files.write(file, octets);
      assertThatThrownBy(store::staged)
          .isInstanceOf(IOException.class)
          .hasMessage(file + ": the staged batch is damaged: its CRC-32C does not fit");
    }
  }

  @Test
  void theRegisterComparesBeforeItSets() throws Exception {
    CheckpointRegister register = register();
    assertThat(register.read()).isEmpty();
    assertThat(register.compareAndSet(Optional.of("a"), "b")).isFalse();
    assertThat(register.compareAndSet(Optional.empty(), "a")).isTrue();
    assertThat(register.compareAndSet(Optional.empty(), "b")).isFalse();
    assertThat(register.compareAndSet(Optional.of("a"), "b")).isTrue();
    assertThat(register.read()).contains("b");
  }
}
