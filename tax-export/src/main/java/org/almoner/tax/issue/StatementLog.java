package org.almoner.tax.issue;

import java.io.IOException;
import java.util.List;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.ledger.tree.InclusionProof;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;

/** What drawing up statements needs of the log and of those who keep openings. */
public interface StatementLog {
  /** Name of the log. */
  String origin();

  /** The operator's maturity, in seconds. */
  long maturitySeconds();

  /** Whether statements may cover a year that has not closed. */
  boolean openPeriod();

  /** Donors with an account. */
  List<DonorId> donors();

  /** Openings of all lines of a donor. */
  List<UsageOpening> openings(DonorId donor);

  /** The newest published checkpoint. */
  SignedCheckpoint checkpoint();

  /** Entries and proofs. */
  LogReader reader();

  /** Logs a commitment to a statement of {@code donor}; durable and proven on return. */
  Logged logStatement(DonorId donor, Bytes record) throws IOException;

  /** Logs a commitment to a sealed document of {@code donor}; durable and proven on return. */
  Logged logReceipt(DonorId donor, Bytes record) throws IOException;

  /** A logged commitment: its salt, its place, and the checkpoint that proves it. */
  record Logged(long leaf, Hash salt, InclusionProof inclusion, SignedCheckpoint checkpoint) {}
}
