package org.almoner.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a proof file without a log, and without asking anyone. */
@Command(
    name = "verify-proof",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a proof file on this computer, asking nobody: that the log with that key signed a",
      "checkpoint under which the entry stands. Exit code 0 when it does, 1 when not.",
    })
final class LogVerifyProofCommand implements Callable<Integer> {
  /** Largest proof file: 63 hashes, and a checkpoint with many signatures. */
  private static final int PROOF_BYTES_MAX = 1 << 20;

  @Parameters(paramLabel = "FILE", description = "The proof, such as entry.tlog-proof.")
  private Path file = Path.of(".");

  @ArgGroup(multiplicity = "1")
  private What what = new What();

  @ArgGroup(multiplicity = "1")
  private LogCommand.Believed believed = new LogCommand.Believed();

  /** Which entry the proof must be of. */
  static final class What {
    @Option(
        names = "--leaf",
        required = true,
        paramLabel = "HEX",
        description = "The entry's leaf hash, 64 hexadecimal digits.")
    private @Nullable String leaf;

    @Option(
        names = "--entry",
        required = true,
        paramLabel = "FILE",
        description = "The entry's octets.")
    private @Nullable Path entry;

    Hash hash() {
      if (entry != null) {
        return TreeHash.leaf(Bytes.of(read(entry, Entry.OCTETS_MAX, "an entry")));
      }
      try {
        return Hash.parseHex(String.valueOf(leaf));
      } catch (IllegalArgumentException e) {
        throw Failure.wrongUse("--leaf: " + e.getMessage());
      }
    }
  }

  @Override
  public Integer call() {
    believed.check();
    Hash leaf = what.hash();
    String text = new String(read(file, PROOF_BYTES_MAX, "a proof file"), StandardCharsets.UTF_8);
    try {
      TlogProof proof = TlogProof.parse(text);
      Checkpoint under = believed.open(proof.checkpoint()).checkpoint();
      proof.inclusion().verify(proof.index(), under.size(), leaf, under.root());
      Optional<LogCommand.Quorum> quorum = believed.witnesses(proof.checkpoint());
      if (quorum.isPresent() && !quorum.get().enough()) {
        throw new NoteRejected(quorum.get().sentence());
      }
      System.out.println(
          "ok  entry "
              + proof.index()
              + " of "
              + under.origin()
              + ", under a checkpoint of "
              + under.size()
              + " entries");
      quorum.map(LogCommand.Quorum::sentence).ifPresent(System.out::println);
      return 0;
    } catch (MalformedCheckpoint | NoteRejected | ProofRejected e) {
      throw Failure.failed(file + " does not prove the entry: " + e.getMessage());
    }
  }

  private static byte[] read(Path path, int octetsMax, String what) {
    if (!Files.isRegularFile(path)) {
      throw Failure.wrongUse("there is no file " + path);
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] octets = in.readNBytes(octetsMax + 1);
      if (octets.length > octetsMax) {
        throw Failure.wrongUse(
            path + " is larger than " + what + " can be, " + octetsMax + " octets");
      }
      return octets;
    } catch (IOException e) {
      throw Failure.failed(path + " cannot be read: " + e);
    }
  }
}
