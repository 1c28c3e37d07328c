package org.almoner.tax.issue;

import java.io.IOException;
import java.util.List;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Withdrawal;
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

  /** Whether the donor was erased; nothing is logged for them any more. */
  boolean isErased(DonorId donor);

  /**
   * Logs commitments to statements, together; durable and proven on return. A record that was
   * logged before is not logged again.
   */
  List<Logged> logStatements(List<Content> statements) throws IOException;

  /** Logs commitments to receipts, as {@link #logStatements} does. */
  List<Logged> logReceipts(List<Content> receipts) throws IOException;

  /** A record of one donor's. */
  record Content(DonorId donor, Bytes record) {}

  /**
   * Logs in clear that a document stands no more, so that whoever holds it can see it; durable on
   * return. A document is withdrawn once, so that this may be repeated after a crash.
   *
   * @return the entry's index
   */
  long logWithdrawal(Withdrawal withdrawal) throws IOException;

  /** A logged commitment: its salt, its place, and the checkpoint that proves it. */
  record Logged(long leaf, Hash salt, InclusionProof inclusion, SignedCheckpoint checkpoint) {}
}
