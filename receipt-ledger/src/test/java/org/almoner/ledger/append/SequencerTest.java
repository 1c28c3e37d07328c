package org.almoner.ledger.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.ledger.append.MemoryLog.Keeping;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tile.MalformedTile;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.protocol.bytes.Bytes;
import org.junit.jupiter.api.Test;

class SequencerTest {
  private static final String ORIGIN = "log.example/2026";
  private static final Bytes NONE = Bytes.of(new byte[0]);
  private static final WatchedSigner SIGNER = new WatchedSigner(ORIGIN, 1);

  private final MemoryLog log = new MemoryLog(Keeping.EXACT);

  private Sequencer created() throws Exception {
    Sequencer.create(ORIGIN, List.of(SIGNER), log, log);
    return opened();
  }

  private Sequencer opened() throws Exception {
    return Sequencer.open(ORIGIN, List.of(SIGNER), log, log);
  }

  @Test
  void entriesGetTheIndexesTheyWerePromised() throws Exception {
    Sequencer sequencer = created();
    List<Bytes> all = NaiveTree.entries(1000);
    int at = 0;
    for (int size : new int[] {1, 2, 253, 1, 255, 256, 1, 200, 31}) {
      assertThat(sequencer.nextIndex()).isEqualTo(at);
      Committed committed = sequencer.commit(all.subList(at, at + size), NONE);
      assertThat(committed.firstIndex()).isEqualTo(at);
      at += size;
      assertThat(committed.size()).isEqualTo(at);
      assertThat(committed.checkpoint().checkpoint().root())
          .isEqualTo(NaiveTree.root(all.subList(0, at)));
      assertThat(log.read()).contains(committed.checkpoint().format());
    }
    LogReader reader = new LogReader(log);
    for (int i = 0; i < all.size(); i++) {
      assertThat(reader.entry(i, 1000)).isEqualTo(all.get(i));
    }
  }

  @Test
  void theTilesOfABatchAreEnoughForItsProofsOnceTheRestIsKnown() throws Exception {
    Sequencer sequencer = created();
    List<Bytes> all = NaiveTree.entries(900);
    sequencer.commit(all.subList(0, 300), NONE);
    LogReader reader = new LogReader(path -> Optional.empty());
    reader.learn(sequencer.commit(all.subList(300, 900), NONE).tiles());
    for (int i = 300; i < 900; i++) {
      reader.inclusion(i, 900).verify(i, 900, NaiveTree.leaf(all.get(i)), NaiveTree.root(all));
    }
  }

  @Test
  void onlyTouchedTilesAreWritten() throws Exception {
    Sequencer sequencer = created();
    sequencer.commit(NaiveTree.entries(600), NONE);
    List<String> written = new ArrayList<>();
    sequencer
        .commit(NaiveTree.entries(10), NONE)
        .tiles()
        .keySet()
        .forEach(path -> written.add(path.toString()));
    assertThat(written).containsExactly("tile/0/002.p/98");
  }

  @Test
  void aBatchWithoutEntriesKeepsTheCheckpointAndTheRider() throws Exception {
    Sequencer sequencer = created();
    sequencer.commit(NaiveTree.entries(3), Bytes.utf8("first"));
    String before = log.read().orElseThrow();
    Committed committed = sequencer.commit(List.of(), Bytes.utf8("second"));
    assertThat(log.read()).contains(before);
    assertThat(committed.firstIndex()).isEqualTo(3);
    assertThat(committed.size()).isEqualTo(3);
    Sequencer again = opened();
    assertThat(again.recovered().rider()).isEqualTo(Bytes.utf8("second"));
    assertThat(again.recovered().epoch()).isEqualTo(2);
    assertThat(again.nextIndex()).isEqualTo(3);
  }

  @Test
  void theCallerActsBetweenStagingAndPublishing() throws Exception {
    Sequencer sequencer = created();
    Prepared prepared = sequencer.stage(NaiveTree.entries(4), Bytes.utf8("rows"));
    assertThat(prepared.firstIndex()).isZero();
    assertThat(sequencer.nextIndex()).isEqualTo(4);
    assertThat(sequencer.checkpoint().checkpoint().size()).isZero();
    assertThatThrownBy(() -> sequencer.stage(List.of(), NONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("batch 1 is not published yet");
    sequencer.publish(prepared);
    assertThat(sequencer.checkpoint().checkpoint().size()).isEqualTo(4);
    assertThatThrownBy(() -> sequencer.publish(prepared))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("batch 1 is not the one waiting to be published");
  }

  @Test
  void aBatchStagedButNotPublishedIsPublishedOnOpening() throws Exception {
    created().stage(NaiveTree.entries(4), Bytes.utf8("rows"));
    Sequencer again = opened();
    assertThat(again.nextIndex()).isEqualTo(4);
    assertThat(again.recovered().entries()).isEqualTo(NaiveTree.entries(4));
    assertThat(again.recovered().rider()).isEqualTo(Bytes.utf8("rows"));
    assertThat(again.checkpoint().checkpoint().root())
        .isEqualTo(NaiveTree.root(NaiveTree.entries(4)));
  }

  @Test
  void anEntryTooLongHarmsNobody() throws Exception {
    Sequencer sequencer = created();
    assertThatThrownBy(() -> sequencer.commit(List.of(Bytes.of(new byte[65_536])), NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an entry has at most 65535 octets; this has 65536");
    assertThat(sequencer.stopped()).isEmpty();
    assertThat(sequencer.commit(NaiveTree.entries(1), NONE).size()).isEqualTo(1);
  }

  @Test
  void afterAStorageErrorEveryCallSaysWhy() throws Exception {
    Sequencer sequencer = created();
    log.failAt(0);
    assertThatThrownBy(() -> sequencer.stage(NaiveTree.entries(1), NONE))
        .isInstanceOf(SequencerStopped.class)
        .hasMessage("batch 1 could not be staged: failure at step 0");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> sequencer.commit(NaiveTree.entries(1), NONE))
          .isInstanceOf(SequencerStopped.class)
          .hasMessage(
              "the sequencer of log.example/2026 has stopped: batch 1 could not be staged: failure"
                  + " at step 0");
    }
    assertThat(sequencer.stopped()).isPresent();
  }

  @Test
  void l04OfTwoWritersOnOneStoreOnlyOneGoesOn() throws Exception {
    Sequencer one = created();
    Sequencer two = opened();
    one.commit(NaiveTree.entries(1), NONE);
    assertThatThrownBy(() -> two.commit(NaiveTree.entries(2), NONE))
        .isInstanceOf(SequencerStopped.class)
        .hasMessage("batch 1 could not be staged: batch 1 is already staged");
    assertThat(one.commit(NaiveTree.entries(1), NONE).size()).isEqualTo(2);
  }

  @Test
  void l04OfTwoWritersOnOneRegisterOnlyOneGoesOn() throws Exception {
    Sequencer one = created();
    MemoryLog other = log.copy();
    Sequencer two = Sequencer.open(ORIGIN, List.of(new WatchedSigner(ORIGIN, 1)), other, log);
    one.commit(NaiveTree.entries(1), NONE);
    assertThatThrownBy(() -> two.commit(NaiveTree.entries(2), NONE))
        .isInstanceOf(SequencerStopped.class)
        .hasMessage(
            "the register no longer holds the checkpoint of size 0 that this process published:"
                + " another process writes this log");
    assertThat(one.commit(NaiveTree.entries(1), NONE).size()).isEqualTo(2);
  }

  @Test
  void l19ASecondKeyJoinsAndTheFirstLeaves() throws Exception {
    created().commit(NaiveTree.entries(1), NONE);
    WatchedSigner second = new WatchedSigner(ORIGIN, 2);
    Sequencer both = Sequencer.open(ORIGIN, List.of(SIGNER, second), log, log);
    Committed committed = both.commit(NaiveTree.entries(1), NONE);
    assertThat(committed.checkpoint().note().signatures()).hasSize(2);
    Sequencer onlySecond = Sequencer.open(ORIGIN, List.of(second), log, log);
    assertThat(onlySecond.commit(NaiveTree.entries(1), NONE).size()).isEqualTo(3);
  }

  @Test
  void aLogIsCreatedOnceAndAnInterruptedCreationIsRepeated() throws Exception {
    log.failAt(2);
    assertThatThrownBy(() -> Sequencer.create(ORIGIN, List.of(SIGNER), log, log))
        .isInstanceOf(MemoryLog.Failure.class);
    created();
    assertThatThrownBy(() -> Sequencer.create(ORIGIN, List.of(SIGNER), log, log))
        .isInstanceOf(LogRefused.class)
        .hasMessage("the register already holds a checkpoint: open the log instead");
  }

  @Test
  void l20AnEmptyRegisterNeverStartsALogAnew() throws Exception {
    created().commit(NaiveTree.entries(5), NONE);
    log.setNote(Optional.empty());
    refused(
        "the register holds no checkpoint of log.example/2026: create the log first, or connect"
            + " the register it was created in");
    assertThatThrownBy(() -> Sequencer.create(ORIGIN, List.of(SIGNER), log, log))
        .isInstanceOf(LogRefused.class)
        .hasMessage(
            "the store already holds batch 1 of a log, but the register is empty: connect the"
                + " register of that log, or choose an empty store");
  }

  @Test
  void l20AnotherKeyOrNameIsRefused() throws Exception {
    created();
    assertThatThrownBy(
            () -> Sequencer.open(ORIGIN, List.of(new WatchedSigner(ORIGIN, 9)), log, log))
        .isInstanceOf(LogRefused.class)
        .hasMessage(
            "the register's checkpoint is not this log's: none of the keys trusted here signed the"
                + " note; give back the key that signed it");
    assertThatThrownBy(() -> Sequencer.open("other", List.of(SIGNER), log, log))
        .isInstanceOf(LogRefused.class)
        .hasMessage(
            "the register holds the log log.example/2026, this is to be other: a log keeps its name"
                + " for ever; give back the name, or connect the register of that log");
    log.setNote(Optional.of("garbage"));
    refused("the register's checkpoint cannot be read: the note does not end with a newline");
  }

  @Test
  void l06AnOlderStoreOrRegisterIsRefused() throws Exception {
    Sequencer sequencer = created();
    sequencer.commit(NaiveTree.entries(3), NONE);
    MemoryLog yesterday = log.copy();
    sequencer.commit(NaiveTree.entries(4), NONE);
    sequencer.commit(NaiveTree.entries(5), NONE);
    assertThatThrownBy(() -> Sequencer.open(ORIGIN, List.of(SIGNER), yesterday, log))
        .isInstanceOf(LogRefused.class)
        .hasMessage(
            "the store's last batch covers entries 0 to 3, the register's checkpoint has size 12:"
                + " the store is older than the register, restore the store");
    assertThatThrownBy(() -> Sequencer.open(ORIGIN, List.of(SIGNER), log, yesterday))
        .isInstanceOf(LogRefused.class)
        .hasMessage(
            "the store's last batch covers entries 7 to 12, the register's checkpoint has size 3:"
                + " the register is older than the store, restore the register");
  }

  @Test
  void aStoreAndARegisterOfDifferentHistoriesAreRefused() throws Exception {
    Sequencer sequencer = created();
    MemoryLog fork = log.copy();
    sequencer.commit(NaiveTree.entries(3), NONE);
    Sequencer other = Sequencer.open(ORIGIN, List.of(new WatchedSigner(ORIGIN, 1)), fork, fork);
    other.commit(NaiveTree.entries(5), NONE);
    assertThatThrownBy(() -> Sequencer.open(ORIGIN, List.of(SIGNER), fork, log))
        .isInstanceOf(LogRefused.class)
        .hasMessage(
            "the store's last batch covers entries 0 to 5, the register's checkpoint has size 3:"
                + " they do not belong together");
    log.forgetStaged();
    refused(
        "the store holds no staged batch, though the register has a checkpoint of size 3: this is"
            + " not the store of that log");
  }

  @Test
  void aStagedBatchThatIsNotWhatTheLogHoldsIsRefused() throws Exception {
    created().commit(NaiveTree.entries(3), NONE);
    log.forgetStaged();
    log.stage(new Staged(1, 0, NaiveTree.entries(4).subList(1, 4), NONE));
    refused(
        "entry 0 in tile/entries/000.p/3 is not the one in the staged batch: store and register do"
            + " not belong together");
  }

  private void refused(String message) {
    assertThatThrownBy(this::opened).isInstanceOf(LogRefused.class).hasMessage(message);
  }

  @Test
  void l08AFlippedBitInMemoryIsFoundBeforeItIsSigned() throws IOException {
    RightEdge edge = RightEdge.empty().grow(NaiveTree.entries(300)).edge();
    List<Bytes> more = NaiveTree.entries(500);
    RightEdge.Growth growth = edge.grow(more);
    for (Map.Entry<TilePath, Bytes> tile : growth.tiles().entrySet()) {
      for (int at : new int[] {0, 5, tile.getValue().size() / 2, tile.getValue().size() - 1}) {
        byte[] octets = tile.getValue().toArray();
        octets[at] ^= 4;
        Map<TilePath, Bytes> flipped = new HashMap<>(growth.tiles());
        flipped.put(tile.getKey(), Bytes.of(octets));
        assertThatThrownBy(() -> SecondLook.at(new RightEdge.Growth(growth.edge(), flipped)))
            .as("%s, octet %d", tile.getKey(), at)
            .isInstanceOf(MalformedTile.class);
      }
    }
  }
}
