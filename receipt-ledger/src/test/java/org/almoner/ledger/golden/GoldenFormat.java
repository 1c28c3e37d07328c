package org.almoner.ledger.golden;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.entry.CheckSecret;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.KeyRotation;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Rates;
import org.almoner.ledger.entry.RecallEntry;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.entry.Succession;
import org.almoner.ledger.entry.Totals;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.rotation.ProvenRotation;
import org.almoner.ledger.rotation.RotationRejected;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.ledger.tile.MalformedTile;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.ledger.witness.AddCheckpoint;
import org.almoner.ledger.witness.CosignerKey;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.MalformedJson;

/**
 * The formats that have golden files. Each is read and written again; only the exception that its
 * parser declares is a refusal, whatever else it throws fails the test.
 */
enum GoldenFormat {
  NOTE("note", ".note") {
    @Override
    byte[] again(byte[] octets) throws MalformedNote {
      return utf8(SignedNote.parse(Bytes.of(octets)).format());
    }

    @Override
    void verify(byte[] octets) throws MalformedNote, NoteRejected {
      SignedNote.parse(Bytes.of(octets)).open(GoldenKeys.LOG_KEYS);
    }
  },

  VKEY("vkey", ".vkey") {
    @Override
    byte[] again(byte[] octets) throws MalformedNote, CharacterCodingException {
      return utf8(VerifierKey.parse(text(octets)).format());
    }
  },

  COSIGNER_VKEY("cosigner-vkey", ".vkey") {
    @Override
    byte[] again(byte[] octets) throws MalformedNote, CharacterCodingException {
      return utf8(CosignerKey.parse(text(octets)).format());
    }
  },

  CHECKPOINT("checkpoint", ".checkpoint") {
    @Override
    byte[] again(byte[] octets) throws MalformedNote, MalformedCheckpoint {
      SignedNote note = SignedNote.parse(Bytes.of(octets));
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      require(note.text().startsWith(checkpoint.noteText()), "its three lines are written alike");
      return utf8(note.format());
    }

    @Override
    void verify(byte[] octets) throws MalformedNote, NoteRejected, MalformedCheckpoint {
      SignedNote note = SignedNote.parse(Bytes.of(octets));
      SignedCheckpoint.open(note, GoldenKeys.ORIGIN, GoldenKeys.LOG_KEYS);
    }
  },

  COSIGNATURE("cosignature", ".checkpoint") {
    @Override
    byte[] again(byte[] octets) throws MalformedNote, MalformedCheckpoint {
      SignedNote note = SignedNote.parse(Bytes.of(octets));
      Checkpoint.parse(note.text());
      return utf8(note.format());
    }

    @Override
    void verify(byte[] octets) throws MalformedNote, NoteRejected, MalformedCheckpoint {
      SignedNote note = SignedNote.parse(Bytes.of(octets));
      SignedCheckpoint.open(note, GoldenKeys.ORIGIN, GoldenKeys.LOG_KEYS);
      note.open(List.of(GoldenKeys.WITNESS.verifier(), GoldenKeys.SECOND_WITNESS.verifier()));
    }
  },

  TLOG_PROOF("tlog-proof", ".tlog-proof") {
    @Override
    byte[] again(byte[] octets) throws MalformedCheckpoint, CharacterCodingException {
      return utf8(TlogProof.parse(text(octets)).format());
    }

    @Override
    void verify(byte[] octets)
        throws MalformedCheckpoint, NoteRejected, ProofRejected, CharacterCodingException {
      TlogProof proof = TlogProof.parse(text(octets));
      Hash leaf = NaiveTree.leaf(Bytes.utf8("entry " + proof.index()));
      proof.verify(leaf, GoldenKeys.ORIGIN, GoldenKeys.LOG_KEYS);
    }
  },

  ADD_CHECKPOINT("add-checkpoint", ".request") {
    @Override
    byte[] again(byte[] octets) throws MalformedNote, CharacterCodingException {
      return utf8(AddCheckpoint.parse(text(octets)).format());
    }

    @Override
    void verify(byte[] octets)
        throws MalformedNote,
            NoteRejected,
            MalformedCheckpoint,
            ProofRejected,
            CharacterCodingException {
      AddCheckpoint request = AddCheckpoint.parse(text(octets));
      Checkpoint next =
          SignedCheckpoint.open(request.checkpoint(), GoldenKeys.ORIGIN, GoldenKeys.LOG_KEYS)
              .checkpoint();
      int known = (int) Math.min(request.oldSize(), next.size());
      Hash old = NaiveTree.root(NaiveTree.entries(known));
      request.proof().verify(request.oldSize(), old, next.size(), next.root());
    }
  },

  POLICY("policy", ".policy") {
    /** Comments and spare blanks go; what is left is the same policy, and stays as it is. */
    @Override
    byte[] again(byte[] octets) throws MalformedNote, CharacterCodingException {
      WitnessPolicy policy = WitnessPolicy.parse(text(octets));
      WitnessPolicy once = WitnessPolicy.parse(String.join("\n", policy.lines()) + "\n");
      require(once.equals(policy), "its own lines are the same policy");
      require(once.witnesses().equals(policy.witnesses()), "and name the same witnesses");
      return octets;
    }
  },

  TILE_PATH("tile-path", ".path") {
    @Override
    byte[] again(byte[] octets) throws MalformedTile, CharacterCodingException {
      return utf8(TilePath.parse(text(octets)).toString());
    }
  },

  ENTRY("entry", ".bin") {
    @Override
    byte[] again(byte[] octets) throws MalformedEntry {
      return Entry.parse(Bytes.of(octets)).octets().toArray();
    }
  },

  SETTLEMENT("settlement", ".bin") {
    @Override
    byte[] again(byte[] octets) throws MalformedEntry {
      return Settlement.parse(Entry.parse(Bytes.of(octets))).entry().octets().toArray();
    }
  },

  KEY_ROTATION("key-rotation", ".bin") {
    @Override
    byte[] again(byte[] octets) throws MalformedEntry {
      return KeyRotation.parse(Entry.parse(Bytes.of(octets))).entry().octets().toArray();
    }
  },

  SUCCESSION("succession", ".bin") {
    @Override
    byte[] again(byte[] octets) throws MalformedEntry {
      return Succession.parse(Entry.parse(Bytes.of(octets))).entry().octets().toArray();
    }
  },

  CHECK_SECRET("check-secret", ".bin") {
    @Override
    byte[] again(byte[] octets) throws MalformedEntry {
      return CheckSecret.parse(Entry.parse(Bytes.of(octets))).entry().octets().toArray();
    }
  },

  RATES("rates", ".bin") {
    @Override
    byte[] again(byte[] octets) throws MalformedEntry {
      return Rates.parse(Entry.parse(Bytes.of(octets))).entry().octets().toArray();
    }
  },

  TOTALS("totals", ".bin") {
    @Override
    byte[] again(byte[] octets) throws MalformedEntry {
      return Totals.parse(Entry.parse(Bytes.of(octets))).entry().octets().toArray();
    }
  },

  WITHDRAWAL("withdrawal", ".bin") {
    @Override
    byte[] again(byte[] octets) throws MalformedEntry {
      return Withdrawal.parse(Entry.parse(Bytes.of(octets))).entry().octets().toArray();
    }
  },

  RECALL("recall", ".bin") {
    @Override
    byte[] again(byte[] octets) throws MalformedEntry {
      return RecallEntry.parse(Entry.parse(Bytes.of(octets))).entry().octets().toArray();
    }
  },

  ROTATIONS("rotations", ".json") {
    @Override
    byte[] again(byte[] octets) throws MalformedJson {
      return Rotations.parse(Bytes.of(octets)).format().toArray();
    }

    @Override
    void verify(byte[] octets) throws MalformedJson, RotationRejected {
      for (ProvenRotation rotation : Rotations.parse(Bytes.of(octets)).all()) {
        rotation.verify();
      }
    }
  };

  private final String folder;
  private final String suffix;

  GoldenFormat(String folder, String suffix) {
    this.folder = folder;
    this.suffix = suffix;
  }

  String folder() {
    return folder;
  }

  String suffix() {
    return suffix;
  }

  /** Reads and writes; signatures are not looked at. */
  abstract byte[] again(byte[] octets) throws Exception;

  /** Checks the signatures and proofs of the format, where it has any. */
  void verify(byte[] octets) throws Exception {}

  /**
   * Reads and writes.
   *
   * @throws Refused when the parser refused by the exception it declares
   */
  final byte[] written(byte[] octets) throws Refused {
    try {
      return again(octets);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new Refused(e);
    }
  }

  /**
   * Reads, writes and verifies.
   *
   * @throws Refused when any of that was refused
   */
  final byte[] accepted(byte[] octets) throws Refused {
    byte[] again = written(octets);
    try {
      verify(octets);
      return again;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new Refused(e);
    }
  }

  static void require(boolean holds, String claim) {
    if (!holds) {
      throw new AssertionError(claim);
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] octets) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
  }
}
