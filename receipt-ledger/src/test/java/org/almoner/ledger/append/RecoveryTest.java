package org.almoner.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.ledger.append.MemoryLog.Keeping;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.protocol.bytes.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The store fails at each of its steps in turn, before or after it took effect. */
class RecoveryTest {
  private static final String ORIGIN = "log.example/2026";
  private static final int[] BATCHES = {1, 254, 1, 3, 0, 300, 210, 1, 1100};

  /** One life of a log in which one step fails. */
  private static final class Life {
    private final WatchedSigner signer = new WatchedSigner(ORIGIN, 1);
    private final MemoryLog log;
    private final List<Bytes> entries = new ArrayList<>();
    private final List<Long> riders = new ArrayList<>();
    private boolean failed;

    Life(Keeping keeping) throws Exception {
      log = new MemoryLog(keeping);
      Sequencer.create(ORIGIN, List.of(signer), log, log);
    }

    Sequencer open() throws Exception {
      return Sequencer.open(ORIGIN, List.of(signer), log, this.register());
    }

    /** The register, watched: what it publishes must be readable at that moment. */
    private CheckpointRegister register() {
      return new CheckpointRegister() {
        @Override
        public Optional<String> read() {
          return log.read();
        }

        @Override
        public boolean compareAndSet(Optional<String> expected, String next) throws IOException {
          requireReadable(next);
          return log.compareAndSet(expected, next);
        }
      };
    }

    private void requireReadable(String note) throws IOException {
      try {
        Checkpoint at =
            SignedCheckpoint.open(note, ORIGIN, List.of(signer.verifier())).checkpoint();
        LogReader reader = new LogReader(log);
        assertThat(reader.root(at.size())).isEqualTo(at.root());
        assertThat(reader.entry(at.size() - 1, at.size())).isNotNull();
        long published = log.read().map(Life::size).orElseThrow();
        if (published > 0) {
          assertThat(reader.root(published)).isNotNull();
          assertThat(reader.entry(published - 1, published)).isNotNull();
        }
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    private static long size(String note) {
      return Long.parseLong(note.split("\n", 3)[1]);
    }

    void run(int failAt) throws Exception {
      Sequencer sequencer = open();
      log.failAt(failAt);
      for (int batch = 0; batch < BATCHES.length; batch++) {
        List<Bytes> more = more(batch, "");
        try {
          sequencer.commit(more, rider(batch));
          acknowledged(batch, more);
        } catch (SequencerStopped e) {
          failed = true;
          assertThat(e).hasRootCauseInstanceOf(MemoryLog.Failure.class);
          sequencer = reopened(batch, more);
        }
      }
      verify(sequencer);
    }

    private Sequencer reopened(int batch, List<Bytes> lost) throws Exception {
      Sequencer sequencer = open();
      if (sequencer.recovered().epoch() == batch + 1) {
        assertThat(sequencer.recovered().entries()).isEqualTo(lost);
        assertThat(sequencer.recovered().rider()).isEqualTo(rider(batch));
        acknowledged(batch, lost);
      } else {
        // Nothing of the batch is left: other entries may take its place.
        List<Bytes> others = more(batch, " again");
        sequencer.commit(others, rider(batch));
        acknowledged(batch, others);
      }
      return sequencer;
    }

    private void acknowledged(int batch, List<Bytes> more) {
      entries.addAll(more);
      riders.add((long) batch);
    }

    private void verify(Sequencer sequencer) throws Exception {
      assertThat(riders).hasSize(BATCHES.length);
      assertThat(sequencer.nextIndex()).isEqualTo(entries.size());
      Checkpoint checkpoint = sequencer.checkpoint().checkpoint();
      assertThat(checkpoint.root()).isEqualTo(NaiveTree.root(entries));
      LogReader reader = new LogReader(log);
      for (int i = 0; i < entries.size(); i += 13) {
        assertThat(reader.entry(i, entries.size())).isEqualTo(entries.get(i));
      }
      open();
    }

    private static List<Bytes> more(int batch, String word) {
      List<Bytes> more = new ArrayList<>();
      for (int i = 0; i < BATCHES[batch]; i++) {
        more.add(Bytes.utf8(batch + "/" + i + word));
      }
      return more;
    }

    private static Bytes rider(int batch) {
      return Bytes.utf8("rows of batch " + batch);
    }
  }

  @ParameterizedTest
  @EnumSource(Keeping.class)
  void whereverItFailsTheLogGoesOnWithNothingLostAndNothingTwice(Keeping keeping) throws Exception {
    int failAt = 0;
    while (true) {
      Life life = new Life(keeping);
      life.run(failAt);
      if (!life.failed) {
        break;
      }
      failAt++;
    }
    // Each batch has at least its staging, its tiles and its publishing to fail at.
    assertThat(failAt).isGreaterThan(6 * (BATCHES.length - 1));
  }

  @ParameterizedTest
  @EnumSource(Keeping.class)
  void aFailureDuringRecoveryIsRecoveredFrom(Keeping keeping) throws Exception {
    for (int first = 0; first < 12; first++) {
      for (int second = 0; second < 12; second++) {
        Life life = new Life(keeping);
        Sequencer sequencer = life.open();
        sequencer.commit(Life.more(1, ""), Life.rider(1));
        life.log.failAt(first);
        List<Bytes> batch = Life.more(5, "");
        boolean acknowledged = commits(sequencer, batch);
        life.log.failAt(second);
        try {
          life.open();
        } catch (IOException e) {
          assertThat(e).hasRootCauseInstanceOf(MemoryLog.Failure.class);
        }
        life.log.failAt(Integer.MAX_VALUE);
        Sequencer last = life.open();
        boolean held = last.nextIndex() == 254 + 300;
        assertThat(held || (!acknowledged && last.nextIndex() == 254)).isTrue();
        last.commit(Life.more(0, ""), Life.rider(0));
      }
    }
  }

  private static boolean commits(Sequencer sequencer, List<Bytes> batch) {
    try {
      sequencer.commit(batch, Bytes.utf8("rows"));
      return true;
    } catch (SequencerStopped e) {
      return false;
    }
  }
}
