package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tree.InclusionProof;
import org.almoner.ledger.tree.ProofRejected;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the proof of one entry to a file that needs no log any more. */
@Command(
    name = "proof",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a proof that an entry is in the log, for anyone to check without the log, and prints",
      "the entry's leaf hash. The format is c2sp.org/tlog-proof.",
    })
final class LogProofCommand implements Callable<Integer> {
  @Mixin private LogCommand.Trusted trusted = new LogCommand.Trusted();

  @Parameters(paramLabel = "INDEX", description = "Which entry, from 0.")
  private long index;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The new file, such as entry.tlog-proof.")
  private Path out = Path.of(".");

  @Option(
      names = "--entry",
      paramLabel = "FILE",
      description = "Also writes the entry's octets to this new file.")
  private @Nullable Path octets;

  @Override
  public Integer call() throws IOException {
    LogSource source = trusted.source();
    SignedCheckpoint signed = trusted.checkpoint(source);
    Optional<LogCommand.Quorum> quorum = trusted.witnesses(signed);
    if (quorum.isPresent() && !quorum.get().enough()) {
      throw Failure.failed("no proof was written: " + quorum.get().sentence());
    }
    Checkpoint checkpoint = signed.checkpoint();
    LogCommand.requireInside(index, checkpoint);
    LogReader reader = new LogReader(source.tiles());
    Bytes entry = reader.entry(index, checkpoint.size());
    Hash leaf = TreeHash.leaf(entry);
    InclusionProof inclusion = reader.inclusion(index, checkpoint.size());
    try {
      inclusion.verify(index, checkpoint.size(), leaf, checkpoint.root());
    } catch (ProofRejected e) {
      throw Failure.failed("the log does not prove entry " + index + ": " + e.getMessage());
    }
    String proof = TlogProof.of(index, inclusion, signed).format();
    write("--out", out, proof.getBytes(StandardCharsets.UTF_8));
    if (octets != null) {
      write("--entry", octets, entry.toArray());
    }
    System.out.println("leaf " + leaf.toHex());
    return 0;
  }

  private static void write(String option, Path file, byte[] content) {
    try {
      Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw Failure.wrongUse(option + ": " + file + " exists already; name a new file");
    } catch (IOException e) {
      throw Failure.failed(option + ": " + file + " cannot be written: " + e);
    }
  }
}
