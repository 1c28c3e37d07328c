package org.almoner.coordinator.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.memory.MemoryLog;
import org.almoner.coordinator.memory.MemoryRegister;
import org.almoner.coordinator.memory.MemoryRows;
import org.almoner.coordinator.row.Row;
import org.almoner.ledger.append.Pulse;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.read.LogReader;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WriterTests {
  private static final String ORIGIN = "log.example.org";
  private final MemoryRows rows = new MemoryRows();
  private final MemoryLog store = new MemoryLog();
  private final List<Long> sizes = new ArrayList<>();
  private Sequencer sequencer;

  @BeforeEach
  void create() throws Exception {
    var signers = List.of(new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[32])));
    MemoryRegister register = new MemoryRegister();
    Sequencer.create(ORIGIN, signers, store, register);
    sequencer = Sequencer.open(ORIGIN, signers, store, register);
  }

  private Writer start(int queueMax) {
    return Writer.start(
        sequencer,
        rows,
        InstantSource.system(),
        () -> {},
        (group, committed) -> sizes.add(committed.size()),
        queueMax);
  }

  private record TestRow(String key, Bytes image) implements Row {}

  private static String slug(CompletableFuture<?> future) {
    try {
      future.join();
      return "none";
    } catch (java.util.concurrent.CompletionException e) {
      return ((Refusal) e.getCause()).problem().slug();
    }
  }

  @Test
  void whatComesWhileAGroupIsWrittenIsOneGroup() {
    try (Writer writer = start(100)) {
      CountDownLatch started = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      CompletableFuture<Long> first =
          writer.submit(
              group -> {
                started.countDown();
                await(go);
                return group.log(Bytes.utf8("first"));
              });
      await(started);
      List<CompletableFuture<Long>> others = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Bytes entry = Bytes.utf8("entry " + i);
        others.add(writer.submit(group -> group.log(entry)));
      }
      go.countDown();
      assertThat(first.join()).isZero();
      for (int i = 0; i < 50; i++) {
        assertThat(others.get(i).join()).isEqualTo(i + 1);
      }
    }
    assertThat(sizes).containsExactly(1L, 51L);
  }

  @Test
  void aFullQueueSaysSo() {
    try (Writer writer = start(2)) {
      CountDownLatch started = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      CompletableFuture<String> first =
          writer.submit(
              group -> {
                started.countDown();
                await(go);
                return "first";
              });
      await(started);
      CompletableFuture<String> second = writer.submit(group -> "second");
      CompletableFuture<String> third = writer.submit(group -> "third");
      assertThat(slug(writer.submit(group -> "fourth"))).isEqualTo("busy");
      go.countDown();
      assertThat(first.join()).isEqualTo("first");
      assertThat(second.join()).isEqualTo("second");
      assertThat(third.join()).isEqualTo("third");
    }
  }

  @Test
  void l12BeyondItsCapacityItSaysSoAtOnceAndLogsExactlyTheRest() throws Exception {
    int queueMax = 8;
    try (Writer writer = start(queueMax)) {
      CountDownLatch started = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      CompletableFuture<Long> first =
          writer.submit(
              group -> {
                started.countDown();
                await(go);
                return group.log(Bytes.utf8("first"));
              });
      await(started);
      Map<String, CompletableFuture<Long>> taken = new ConcurrentHashMap<>();
      AtomicInteger refused = new AtomicInteger();
      ExecutorService callers = Executors.newFixedThreadPool(4);
      for (int i = 0; i < 200; i++) {
        String name = "entry " + i;
        callers.execute(
            () -> {
              CompletableFuture<Long> answer = writer.submit(group -> group.log(Bytes.utf8(name)));
              // While the writer is at work, only a refusal can be there already.
              if (answer.isDone()) {
                assertThat(slug(answer)).isEqualTo("busy");
                refused.incrementAndGet();
              } else {
                taken.put(name, answer);
              }
            });
      }
      callers.shutdown();
      assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      assertThat(taken).hasSize(queueMax);
      assertThat(refused).hasValue(200 - queueMax);
      go.countDown();
      Set<Long> leaves = new HashSet<>(Set.of(first.join()));
      for (CompletableFuture<Long> answer : taken.values()) {
        leaves.add(answer.join());
      }
      assertThat(leaves).hasSize(1 + queueMax);
      // What waited is one group: after it everything is as before the rush.
      assertThat(writer.submit(group -> group.log(Bytes.utf8("after"))).join())
          .isEqualTo(1 + queueMax);
      assertThat(sizes).containsExactly(1L, 1L + queueMax, 2L + queueMax);
    }
    LogReader log = new LogReader(store);
    Set<String> logged = new HashSet<>();
    for (Bytes entry : log.entriesFrom(0, sequencer.nextIndex())) {
      assertThat(logged.add(new String(entry.toArray(), StandardCharsets.UTF_8))).isTrue();
    }
    assertThat(logged).hasSize(2 + queueMax).contains("first", "after");
  }

  @Test
  void l23AGroupThatHangsInTheStoreIsSeenFromOutside() {
    AtomicLong now = new AtomicLong(1_000_000);
    InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    try (Writer writer =
        Writer.start(sequencer, rows, clock, () -> {}, (group, committed) -> {}, 10)) {
      CountDownLatch started = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      CompletableFuture<Long> hangs =
          writer.submit(
              group -> {
                started.countDown();
                await(go);
                return group.log(Bytes.utf8("at last"));
              });
      await(started);
      now.addAndGet(63_000);
      assertThat(writer.pulse())
          .isEqualTo(new Pulse(false, 0, Duration.ofSeconds(63), Duration.ofSeconds(63)));
      go.countDown();
      hangs.join();
      writer.submit(group -> true).join();
      now.addAndGet(5_000);
      assertThat(writer.pulse().idle()).isEqualTo(Duration.ofSeconds(5));
      assertThat(writer.pulse().entries()).isEqualTo(1);
      writer.halt("a tile is damaged");
      assertThat(writer.pulse().stopped()).isTrue();
    }
  }

  @Test
  void aGroupAndTheQueueAreBoundedInOctetsToo() {
    try (Writer writer = start(100)) {
      CountDownLatch started = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      CompletableFuture<Long> first =
          writer.submit(
              group -> {
                started.countDown();
                await(go);
                return group.log(Bytes.utf8("first"));
              });
      await(started);
      List<CompletableFuture<Long>> others = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Bytes entry = Bytes.utf8("entry " + i);
        others.add(writer.submit(group -> group.log(entry), Writer.GROUP_OCTETS_MAX / 2));
      }
      assertThat(slug(writer.submit(group -> true, Writer.QUEUE_OCTETS_MAX))).isEqualTo("busy");
      go.countDown();
      assertThat(first.join()).isZero();
      assertThat(others.get(3).join()).isEqualTo(4);
      others.forEach(CompletableFuture::join);
    }
    assertThat(sizes).containsExactly(1L, 3L, 5L);
  }

  @Test
  void aRowTouchedManyTimesIsWrittenOnceAsItStandsAtTheEnd() {
    try (Writer writer = start(10)) {
      writer
          .submit(
              group -> {
                group.touch(new TestRow("a/1", Bytes.utf8("old")));
                group.touch(new TestRow("a/1", Bytes.utf8("new")));
                assertThat(group.octets("a/1")).contains(Bytes.utf8("new"));
                return true;
              })
          .join();
      assertThat(rows.get("a/1")).contains(Bytes.utf8("new"));
      writer
          .submit(
              group -> {
                group.touch(new TestRow("a/1", Row.REMOVED));
                assertThat(group.octets("a/1")).isEmpty();
                return true;
              })
          .join();
      assertThat(rows.get("a/1")).isEmpty();
    }
  }

  @Test
  void aRefusalKeepsWhatItPutIntoTheGroup() {
    try (Writer writer = start(10)) {
      CompletableFuture<Boolean> refused =
          writer.submit(
              group -> {
                group.touch(new TestRow("evidence/1", Bytes.utf8("kept")));
                throw new Refusal(409, "contradiction", "Contradiction", "two stories");
              });
      assertThat(slug(refused)).isEqualTo("contradiction");
      assertThat(rows.get("evidence/1")).contains(Bytes.utf8("kept"));
    }
  }

  @Test
  void aProgramErrorStopsTheWriterForGood() {
    try (Writer writer = start(10)) {
      CompletableFuture<Boolean> broken =
          writer.submit(
              group -> {
                throw new IllegalStateException("cannot be");
              });
      assertThat(slug(broken)).isEqualTo("stopped");
      assertThat(slug(writer.submit(group -> true))).isEqualTo("stopped");
      assertThat(writer.stopped().orElseThrow()).contains("cannot be");
    }
    assertThat(sizes).isEmpty();
  }

  @Test
  void aStoreThatCannotBeReadStopsTheWriter() {
    try (Writer writer = start(10)) {
      assertThat(
              slug(
                  writer.submit(
                      group -> {
                        throw new IOException("no disk");
                      })))
          .isEqualTo("stopped");
    }
  }

  @Test
  void aHaltRefusesWhatIsAtWorkWhatWaitsAndWhatComes() throws Exception {
    try (Writer writer = start(10)) {
      assertThat(writer.submit(group -> group.log(Bytes.utf8("before"))).join()).isZero();
      CountDownLatch started = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      CompletableFuture<Long> first =
          writer.submit(
              group -> {
                started.countDown();
                await(go);
                return group.log(Bytes.utf8("first"));
              });
      await(started);
      CompletableFuture<Long> second = writer.submit(group -> group.log(Bytes.utf8("second")));
      writer.halt("a tile is damaged");
      go.countDown();
      assertThat(slug(first)).isEqualTo("stopped");
      assertThat(slug(second)).isEqualTo("stopped");
      assertThatThrownBy(() -> writer.submit(group -> true).join())
          .hasMessageContaining("a tile is damaged");
      assertThat(writer.stopped()).contains("a tile is damaged");
    }
    assertThat(sequencer.checkpoint().checkpoint().size()).isEqualTo(1);
  }

  @Test
  void aHaltReachesAWriterAtRest() {
    Writer writer = start(10);
    assertThat(writer.submit(group -> true).join()).isTrue();
    writer.halt("a tile is damaged");
    assertThat(slug(writer.submit(group -> true))).isEqualTo("stopped");
    writer.close();
    assertThat(writer.stopped()).contains("a tile is damaged");
  }

  @Test
  void afterClosingNothingIsTaken() {
    Writer writer = start(10);
    writer.close();
    assertThatThrownBy(() -> writer.submit(group -> true).join()).hasMessageContaining("closing");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
