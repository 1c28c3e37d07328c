package org.almoner.coordinator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.coordinator.validation.Answer;
import org.almoner.coordinator.validation.Compared;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.Engine;
import org.junit.jupiter.api.Test;

/** Rows that an older coordinator left are read as they were meant. */
class ChunkRowTests {
  private static final BatchId BATCH = BatchId.parseHex("00112233445566aa");
  private static final Hash HASH = Hash.sha256(new byte[] {1});

  /** One accepted unit whose one line took 800 ms, and one that expired. */
  private static Bytes row(int version) {
    RowWriter out = new RowWriter(version).number(1).number(3);
    out.octet(1).number(2);
    out.number(0).hash(HASH).bytes(Bytes.utf8("holder")).bool(false);
    out.number(1).hash(HASH).bytes(Bytes.utf8("holder")).bool(true);
    out.number(41).number(40).number(800);
    if (version > 1) {
      out.number(900).number(5_000);
    }
    if (version > 3) {
      out.octet(2);
    }
    out.hash(HASH).number(77).number(0).bool(true);
    if (version > 2) {
      out.octet(0);
    }
    out.octet(Outcome.ACCEPTED.digit());
    return out.finish();
  }

  private static Replica logged(int version) throws Exception {
    Unit unit = Chunk.parse(BATCH, 0, Chunk.UNITS, row(version)).find(3).orElseThrow();
    assertThat(unit.state()).isEqualTo(Unit.State.ACCEPTED);
    assertThat(unit.replica(0).orElseThrow().state()).isEqualTo(Replica.State.EXPIRED);
    assertThat(unit.agreed().orElseThrow().count()).isEqualTo(77);
    return unit.replica(1).orElseThrow();
  }

  @Test
  void aRowOfTheFirstFormSaysNothingOfTimeOnTheWallAndMemory() throws Exception {
    assertThat(logged(1).leaf()).isEqualTo(41);
    assertThat(logged(1).took()).isEqualTo(new Took(800, 0, 0, List.of()));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    assertThat(logged(3).took()).isEqualTo(new Took(800, 900, 5_000, List.of()));
    assertThat(logged(4).took()).isEqualTo(new Took(800, 900, 5_000, List.of(Engine.FAST)));
    Chunk chunk = Chunk.parse(BATCH, 0, Chunk.UNITS, row(4));
    assertThat(chunk.image()).isEqualTo(row(4));
    assertThat(Chunk.parse(BATCH, 0, Chunk.UNITS, row(2)).image())
        .as("an old row is written in the new form")
        .isEqualTo(Chunk.parse(BATCH, 0, Chunk.UNITS, row(3)).image());
  }

  @Test
  void howAResultIsComparedIsReadAgain() throws Exception {
    for (Compared compared :
        List.of(
            Compared.exactly(HASH),
            Compared.canonically(Hash.ZERO, true),
            Compared.canonically(HASH, false),
            Compared.within(Hash.ZERO, true, 15, 0x7fff))) {
      RowWriter out = new RowWriter(ComparedField.SINCE);
      ComparedField.write(out, new Answer(HASH, 1, 0, true, compared));
      RowReader in = new RowReader("row", out.finish(), ComparedField.SINCE);
      assertThat(ComparedField.read(in, HASH)).isEqualTo(compared);
      in.end();
    }
  }
}
