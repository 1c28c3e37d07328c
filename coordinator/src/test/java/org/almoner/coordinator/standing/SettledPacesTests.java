package org.almoner.coordinator.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.ledger.append.FileCheckpointRegister;
import org.almoner.ledger.append.FileLogStore;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Rates;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tally.Pace;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettledPacesTests {
  private static final String ORIGIN = "log.example/2026";
  private static final Hash RELEASE = Hash.sha256(new byte[] {7});

  @TempDir Path temp;
  private final SettledPaces paces = new SettledPaces();
  private Sequencer sequencer;
  private LogReader reader;

  @BeforeEach
  void open() throws Exception {
    FileLogStore store = FileLogStore.open(temp.resolve("public"), temp.resolve("private"));
    FileCheckpointRegister register =
        new FileCheckpointRegister(temp.resolve("checkpoint"), temp.resolve("lock"));
    List<Ed25519NoteSigner> signers =
        List.of(new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[SigningKey.SEED_SIZE])));
    Sequencer.create(ORIGIN, List.copyOf(signers), store, register);
    sequencer = Sequencer.open(ORIGIN, List.copyOf(signers), store, register);
    reader = new LogReader(store);
  }

  private void log(Entry... entries) throws Exception {
    List<Bytes> octets = new ArrayList<>();
    for (Entry entry : entries) {
      octets.add(entry.octets());
    }
    sequencer.commit(octets, Bytes.of(new byte[0]));
    paces.readOn(reader, sequencer.checkpoint().checkpoint().size());
  }

  private static Entry rates(long floor) {
    return new Rates(500, new TreeMap<>(Map.of(RELEASE, floor))).entry();
  }

  private static Entry settle(long from, Outcome... outcomes) {
    return new Settlement(from, List.of(outcomes)).entry();
  }

  private static Entry usage(int n) {
    return Commitment.of(Kind.USAGE, ORIGIN, Hash.ZERO, n, Hash.ZERO).entry();
  }

  @Test
  void aLineHasThePaceThatStoodWhenItWasSettledAndNoLaterOne() throws Exception {
    log(usage(0), usage(1), usage(2), settle(0, Outcome.ACCEPTED), rates(2_000));
    assertThat(paces.pace(reader, 0, RELEASE)).isEmpty();
    log(settle(1, Outcome.ACCEPTED));
    log(rates(3_000), settle(2, Outcome.ACCEPTED));
    assertThat(paces.pace(reader, 1, RELEASE)).contains(new Pace(2_000, 500));
    assertThat(paces.pace(reader, 2, RELEASE)).contains(new Pace(3_000, 500));
    assertThat(paces.pace(reader, 2, Hash.ZERO)).isEmpty();
  }

  @Test
  void ofTwoSettlementsThatCoverALineTheOneThatNamesItDecides() throws Exception {
    log(usage(0), usage(1), usage(2), rates(2_000));
    log(settle(0, Outcome.ACCEPTED, Outcome.NONE, Outcome.ACCEPTED), rates(3_000));
    log(settle(1, Outcome.ACCEPTED));
    assertThat(paces.pace(reader, 0, RELEASE)).contains(new Pace(2_000, 500));
    assertThat(paces.pace(reader, 1, RELEASE)).contains(new Pace(3_000, 500));
    assertThat(paces.pace(reader, 2, RELEASE)).contains(new Pace(2_000, 500));
  }

  @Test
  void aLineThatIsNotSettledHasNoPace() throws Exception {
    log(usage(0), usage(1), rates(2_000));
    log(settle(0, Collections.nCopies(1, Outcome.ACCEPTED).toArray(Outcome[]::new)));
    assertThat(paces.pace(reader, 1, RELEASE)).isEmpty();
  }
}
