package org.almoner.coordinator.desk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import org.almoner.ledger.append.Pulse;
import org.almoner.ledger.entry.Revocation;
import org.almoner.ledger.entry.Totals;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.RenewalAnswer;

/**
 * Everything that may be asked of a running coordinator.
 *
 * <p>A future that completes says that what it answers is durable; it completes with a {@link
 * Refusal} when the request is refused or the coordinator has stopped. Every change is idempotent:
 * the same envelope again gives the same answer.
 */
public interface Desk {
  /** Who this coordinator is. */
  About about();

  /** An agent presents its key; the enrolment is logged as a commitment. */
  CompletableFuture<Receipted> enrol(Envelope enrolment);

  /** An agent names or leaves its donor; the link is logged as a commitment. */
  CompletableFuture<Receipted> link(Envelope link);

  /**
   * The operator takes an agent's key out of use: nothing more is taken from it, what it had logged
   * stays. Gives the index of the entry that says so in the log.
   */
  CompletableFuture<Long> revoke(Revocation revocation);

  /** An agent asks for work. */
  CompletableFuture<LeaseReply> lease(Envelope request);

  /** An agent says how far its leases have come, and hears which are not wanted any more. */
  CompletableFuture<RenewalAnswer> renew(Envelope renewal);

  /**
   * An agent reports finished leases.
   *
   * @param outputs output bundles by digest, those that travel with the report; larger ones were
   *     uploaded before
   * @param knownSize size of the largest checkpoint the agent holds, 0 for none
   */
  CompletableFuture<Receipted> report(Envelope report, Map<Hash, Bytes> outputs, long knownSize);

  /** An owner submits units of a release. The same batch again gives the same id. */
  CompletableFuture<BatchId> submit(Envelope batch, Envelope release);

  /** How a batch would be taken if it were submitted now; refuses what {@link #submit} would. */
  CompletableFuture<BatchCheck> check(Envelope batch, Envelope release);

  /**
   * Leases no more of a batch, for good. What is out may still come back and counts as ever; what
   * only waits for another answer is given up. Again, it answers the same.
   */
  CompletableFuture<BatchView> cancel(BatchId batch);

  /**
   * Units of a batch from unit {@code from} on that were leased and stand at one of {@code states},
   * at most {@code limit}, in order. Some thousands are looked at for one answer, which says where
   * to go on.
   */
  UnitPage units(BatchId batch, long from, int limit, Set<UnitView.State> states);

  /** The approved owner who submitted the batch, by name; empty when there is no such batch. */
  Optional<String> ownerOf(BatchId batch);

  /** All batches, newest first. */
  List<BatchView> batches();

  /** One batch; empty when there is none of that id. */
  Optional<BatchView> batch(BatchId batch);

  /** Agreed results of a batch from unit {@code from} on, at most {@code limit}, in unit order. */
  List<UnitResult> results(BatchId batch, long from, int limit);

  /** What was agreed for one unit of a batch; empty when nothing is, or no such unit. */
  Optional<UnitResult> result(BatchId batch, long unit);

  /** An output bundle that travelled with a report; larger ones are blobs. */
  Optional<Bytes> output(Hash digest);

  /** Whether the answer agreed for some unit is this output; no other is shown to anyone. */
  boolean agreedOutput(Hash digest);

  /**
   * Octets of the largest output that the agent may upload, by what its leases are allotted; empty
   * when it has no lease out or is suspended.
   */
  OptionalLong outputBytesMax(AgentId agent);

  /** Opens an account for a donor: a pseudonym and the token that reads it. */
  CompletableFuture<Account> openAccount();

  /** Draws a one-time code by which one agent may link itself to {@code donor}. */
  CompletableFuture<String> drawCode(DonorId donor);

  /** Approves an owner's key; returns the token that reads its batches. */
  CompletableFuture<String> approveOwner(String name, PublicKey key);

  /**
   * Appoints an auditor, who may open lines one at a time, so many in all; the same name again gets
   * a new token.
   */
  CompletableFuture<Appointment> appointAuditor(String name, int days, int leaves);

  /**
   * Spends one of the readings of lines for which the auditor was appointed, durably; returns how
   * many are left. Refused with 403 when none is.
   */
  CompletableFuture<Integer> spendReading(String auditor);

  /** Takes an auditor's token back; returns the name. */
  CompletableFuture<String> dismissAuditor(String name);

  /**
   * The auditor whose token this is, by name.
   *
   * @throws Refusal when the time of the appointment is over
   */
  Optional<String> auditorOf(String token);

  /**
   * The usage line at {@code leaf} with what is needed to run its unit again; empty when there is
   * none.
   *
   * @throws Refusal 410 when what opens the entry was erased
   */
  Optional<OpenedLeaf> openedLeaf(long leaf);

  /**
   * An output that the line at {@code leaf} names, or that was given out as the result of its unit,
   * for an auditor who compares it with another; empty when it is neither.
   *
   * @throws Refusal 410 when what opens the entry was erased
   */
  Optional<AuditedOutput> auditedOutput(long leaf, Hash digest);

  /** A batch and its release, as signed. */
  Optional<SignedBatch> signedBatch(BatchId batch);

  /** The donor whose token this is. */
  Optional<DonorId> donorOf(String token);

  /** What may be asked of owners and their tokens. */
  OwnerDesk owners();

  /** What may be asked of releases. */
  ReleaseDesk releases();

  /** Totals of projects that are open to everybody, the oldest first. */
  List<Totals> totals();

  /** What may be asked of single lines. */
  LineDesk lines();

  /** Settles every line that has matured; returns how many. */
  CompletableFuture<Integer> settle();

  /** Logs a commitment to a statement of {@code donor}. */
  CompletableFuture<Receipted> logStatement(DonorId donor, Bytes record);

  /** Logs a commitment to a sealed document of {@code donor}. */
  CompletableFuture<Receipted> logReceipt(DonorId donor, Bytes record);

  /**
   * Logs in clear that a document stands no more; gives the entry's index. A document is withdrawn
   * once: for one that was before it gives the index of then.
   */
  CompletableFuture<Long> logWithdrawal(Withdrawal withdrawal);

  /** Openings of all usage lines that belong to {@code donor}, in leaf order. */
  List<LineOpening> openings(DonorId donor);

  /**
   * Erases a donor: the account, its token and codes, and the keys of all that opens the donor's
   * entries; computers that work for the donor are told to leave. Again, it destroys again.
   *
   * @param keepDocuments what the operator chose for the sealed files that were given out; kept
   *     with the erasure, so that a start can finish it
   * @return how many keys were destroyed
   */
  CompletableFuture<Integer> erase(DonorId donor, String reason, boolean keepDocuments);

  /** Whether the donor was erased. */
  boolean isErased(DonorId donor);

  /**
   * Leaves of all usage lines whose openings were erased. Reads all of them, so not to be asked on
   * a thread that others wait for.
   */
  SortedSet<Long> erasedLeaves();

  /** How many agents were ever linked to the donor. */
  int computers(DonorId donor);

  /**
   * How the donor's lines stand. Reads all of them: seconds for a donor of a hundred thousand, so
   * not to be asked on a thread that others wait for.
   */
  Standing standing(DonorId donor);

  /** Donors with an account, in order of their pseudonyms. */
  List<DonorId> donors();

  /** Why nothing more is accepted, when the coordinator has stopped. */
  Optional<String> stopped();

  /** How the writer of the log does. */
  Pulse pulse();

  /** A new account; the token is shown once and kept only as its hash. */
  record Account(DonorId donor, String token) {}

  /**
   * A new auditor; the token is shown once and kept only as its hash.
   *
   * @param untilMs it opens nothing from then on, coordinator's clock
   */
  record Appointment(String name, String token, long untilMs) {}
}
