package org.almoner.command.bench.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.almoner.command.bench.BenchFailed;
import org.almoner.command.bench.FigureJson;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.protocol.bytes.Hash;

/**
 * How large proof files are and what they cost.
 *
 * @param treeSize entries under the checkpoint
 * @param bytesMean octets of a proof file
 * @param bytesMax of the largest
 * @param buildUs microseconds to read the hashes and write the file
 * @param verifyUs microseconds to read a file, check the log's signature and the inclusion
 */
public record ProofFigures(
    long treeSize, double bytesMean, int bytesMax, double buildUs, double verifyUs) {
  /** Proofs of random entries that are made; the first fifth is not counted. */
  static final int PROOFS = 5_000;

  private static final int WARM_UP = PROOFS / 5;

  private record Proof(long index, String file) {}

  static ProofFigures measure(Pipeline log, RandomGenerator random)
      throws IOException, BenchFailed {
    SignedCheckpoint checkpoint = log.checkpoint();
    long size = checkpoint.checkpoint().size();
    List<Proof> proofs = new ArrayList<>(PROOFS);
    long begun = System.nanoTime();
    for (int i = 0; i < PROOFS; i++) {
      begun = i == WARM_UP ? System.nanoTime() : begun;
      long index = random.nextLong(size);
      TlogProof proof = TlogProof.of(index, log.reader().inclusion(index, size), checkpoint);
      proofs.add(new Proof(index, proof.format()));
    }
    double buildUs = (System.nanoTime() - begun) / 1e3 / (PROOFS - WARM_UP);
    List<Hash> leaves = new ArrayList<>(PROOFS);
    for (Proof proof : proofs) {
      leaves.add(log.reader().leaf(proof.index(), size));
    }
    for (int i = 0; i < PROOFS; i++) {
      begun = i == WARM_UP ? System.nanoTime() : begun;
      verify(proofs.get(i), leaves.get(i), log);
    }
    double verifyUs = (System.nanoTime() - begun) / 1e3 / (PROOFS - WARM_UP);
    var bytes = proofs.stream().mapToInt(ProofFigures::octets).summaryStatistics();
    return new ProofFigures(size, bytes.getAverage(), bytes.getMax(), buildUs, verifyUs);
  }

  private static int octets(Proof proof) {
    return proof.file().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
  }

  private static void verify(Proof proof, Hash leaf, Pipeline log) throws BenchFailed {
    try {
      var unused =
          TlogProof.parse(proof.file()).verify(leaf, Pipeline.ORIGIN, List.of(log.logKey()));
    } catch (MalformedCheckpoint | NoteRejected | ProofRejected e) {
      throw new BenchFailed("the proof of entry " + proof.index() + " fails: " + e.getMessage(), e);
    }
  }

  String toJson() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("tree_size", Long.toString(treeSize));
    all.put("bytes_mean", FigureJson.number(bytesMean));
    all.put("bytes_max", Integer.toString(bytesMax));
    all.put("build_us", FigureJson.number(buildUs));
    all.put("verify_us", FigureJson.number(verifyUs));
    return FigureJson.object(all);
  }

  String toText() {
    return String.format(
        Locale.ROOT,
        "proof       %,.0f octets on average (%,d at most) among %,d entries; %.0f us to make,"
            + " %.0f us to verify with the log's signature",
        bytesMean,
        bytesMax,
        treeSize,
        buildUs,
        verifyUs);
  }
}
