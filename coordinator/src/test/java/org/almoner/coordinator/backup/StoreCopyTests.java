package org.almoner.coordinator.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.almoner.coordinator.Stores;
import org.almoner.coordinator.memory.MemoryLog;
import org.almoner.coordinator.memory.MemoryRegister;
import org.almoner.coordinator.memory.MemoryRows;
import org.almoner.coordinator.row.Images;
import org.almoner.ledger.append.Prepared;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.append.Staged;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store is copied while a writer changes, adds and removes rows as fast as it can. */
class StoreCopyTests {
  private static final String ORIGIN = "log.example/copy";
  private static final int KEYS = 500;
  private static final List<Ed25519NoteSigner> SIGNERS =
      List.of(new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[32])));

  @TempDir Path temp;

  private final Stores stores = new Stores(new MemoryRows(), new MemoryLog(), new MemoryRegister());
  private final StoreTap tap = new StoreTap(stores);
  private final AtomicBoolean stop = new AtomicBoolean();

  /** What the rows were after each batch. */
  private final Map<Long, SortedMap<String, Bytes>> after = new HashMap<>();

  private final SortedMap<String, Bytes> rows = new TreeMap<>();
  private final Random random = new Random(20261120);
  private Sequencer sequencer;

  @BeforeEach
  void aLog() throws Exception {
    Sequencer.create(ORIGIN, SIGNERS, stores.log(), stores.register());
    sequencer = Sequencer.open(ORIGIN, SIGNERS, tap.stores().log(), tap.stores().register());
  }

  /** One group as the writer commits it: a row ahead, the staged ones, the log. */
  private void commit() throws Exception {
    SortedMap<String, Bytes> ahead = new TreeMap<>();
    ahead.put("page/" + random.nextInt(KEYS), Bytes.utf8("page " + random.nextLong()));
    tap.stores().rows().putAll(ahead);
    SortedMap<String, Bytes> images = new TreeMap<>();
    for (int i = 0; i < 5; i++) {
      String key = (i % 2 == 0 ? "unit/" : "batch/") + random.nextInt(KEYS);
      images.put(key, Bytes.utf8(random.nextInt(4) == 0 ? "" : "row " + random.nextLong()));
    }
    List<Bytes> entries = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      entries.add(Bytes.utf8("entry " + random.nextLong()));
    }
    Prepared prepared = sequencer.stage(entries, Images.encode(images));
    tap.stores().rows().putAll(images);
    sequencer.publish(prepared);
    apply(ahead);
    apply(images);
    synchronized (after) {
      after.put(prepared.epoch(), new TreeMap<>(rows));
    }
  }

  private void apply(SortedMap<String, Bytes> changed) {
    changed.forEach(
        (key, value) -> {
          if (value.size() == 0) {
            rows.remove(key);
          } else {
            rows.put(key, value);
          }
        });
  }

  private Thread writing() {
    Thread writer =
        new Thread(
            () -> {
              try {
                while (!stop.get()) {
                  commit();
                }
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    writer.start();
    return writer;
  }

  private static SortedMap<String, Bytes> all(Stores stores) throws Exception {
    SortedMap<String, Bytes> all = new TreeMap<>();
    stores.rows().scan("", all::put);
    return all;
  }

  @Test
  void theCopyIsOfOneMomentThoughItsRowsWereReadOneByOne() throws Exception {
    for (int i = 0; i < 200; i++) {
      commit();
    }
    Thread writer = writing();
    for (int round = 0; round < 5; round++) {
      Path folder = temp.resolve("copy-" + round);
      StoreCopy.Moment moment;
      try (StoreCopy copy = new StoreCopy(tap, folder)) {
        copy.copyRows(Thread::yield);
        moment = copy.choose();
        copy.copyLog(moment, () -> {});
      }
      Stores restored = new Stores(new MemoryRows(), new MemoryLog(), new MemoryRegister());
      StoreRestore restore = new StoreRestore(folder);
      restore.check(moment.epoch());
      restore.into(restored, moment);
      SortedMap<String, Bytes> wanted;
      synchronized (after) {
        wanted = after.get(moment.epoch());
      }
      SortedMap<String, Bytes> got = all(restored);
      // A page that the next batch wrote ahead of itself may be there already, as after a crash.
      got.keySet().removeIf(key -> key.startsWith("page/"));
      wanted.keySet().removeIf(key -> key.startsWith("page/"));
      assertThat(got).isEqualTo(wanted);
      Sequencer again = Sequencer.open(ORIGIN, SIGNERS, restored.log(), restored.register());
      assertThat(again.checkpoint().checkpoint().size()).isEqualTo(moment.size());
      assertThat(again.checkpoint().format()).isEqualTo(moment.checkpoint());
    }
    stop.set(true);
    writer.join();
  }

  @Test
  void rowsWrittenAheadOfTheirBatchAreInTheCopy() throws Exception {
    commit();
    Path folder = temp.resolve("copy");
    StoreCopy.Moment moment;
    try (StoreCopy copy = new StoreCopy(tap, folder)) {
      copy.copyRows(() -> {});
      commit();
      commit();
      moment = copy.choose();
      copy.copyLog(moment, () -> {});
    }
    commit();
    Stores restored = new Stores(new MemoryRows(), new MemoryLog(), new MemoryRegister());
    new StoreRestore(folder).into(restored, moment);
    assertThat(all(restored)).isEqualTo(after.get(moment.epoch()));
  }

  @Test
  void aListenerThatFailsStopsNoWriter() throws Exception {
    AtomicReference<RuntimeException> told = new AtomicReference<>();
    tap.listen(
        new StoreTap.Tap() {
          @Override
          public void wrote(SortedMap<String, Bytes> rows) {
            throw new IllegalStateException("no room for a copy");
          }

          @Override
          public void staged(Staged batch) {
            throw new AssertionError("it hears no more");
          }

          @Override
          public void published(String note) {
            throw new AssertionError("it hears no more");
          }

          @Override
          public void failed(RuntimeException why) {
            told.set(why);
          }
        });
    commit();
    assertThat(told.get()).hasMessage("no room for a copy");
    assertThat(all(stores)).isEqualTo(rows);
  }

  @Test
  void aStoreThatRestsIsCopiedAtOnce() throws Exception {
    commit();
    try (StoreCopy copy = new StoreCopy(tap, temp.resolve("copy"))) {
      copy.copyRows(() -> {});
      assertThat(copy.choose().size()).isEqualTo(sequencer.checkpoint().checkpoint().size());
    }
  }

  @Test
  void anyOctetThatChangesIsFound() throws Exception {
    for (int i = 0; i < 20; i++) {
      commit();
    }
    Path folder = temp.resolve("copy");
    StoreCopy.Moment moment;
    try (StoreCopy copy = new StoreCopy(tap, folder)) {
      copy.copyRows(() -> {});
      commit();
      moment = copy.choose();
      copy.copyLog(moment, () -> {});
    }
    for (String name : List.of("rows", "staged")) {
      byte[] whole = Files.readAllBytes(folder.resolve(name));
      for (int i = 0; i < 100; i++) {
        byte[] altered = whole.clone();
        altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(folder.resolve(name), altered);
        assertThatThrownBy(() -> new StoreRestore(folder).check(moment.epoch()))
            .isInstanceOf(java.io.IOException.class);
      }
      Files.write(folder.resolve(name), java.util.Arrays.copyOf(whole, whole.length - 1));
      assertThatThrownBy(() -> new StoreRestore(folder).check(moment.epoch()))
          .hasMessageContaining("cut short");
      Files.write(folder.resolve(name), whole);
    }
    new StoreRestore(folder).check(moment.epoch());
  }
}
