package org.almoner.coordinator.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.almoner.coordinator.desk.About;
import org.almoner.coordinator.desk.AuditedOutput;
import org.almoner.coordinator.desk.BatchCheck;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.desk.LeaseReply;
import org.almoner.coordinator.desk.LineDesk;
import org.almoner.coordinator.desk.LineOpening;
import org.almoner.coordinator.desk.ObjectionView;
import org.almoner.coordinator.desk.OpenedLeaf;
import org.almoner.coordinator.desk.OwnerDesk;
import org.almoner.coordinator.desk.OwnerPass;
import org.almoner.coordinator.desk.Proven;
import org.almoner.coordinator.desk.Rebuilt;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.desk.ReleaseDesk;
import org.almoner.coordinator.desk.ReleaseView;
import org.almoner.coordinator.desk.SignedBatch;
import org.almoner.coordinator.desk.Standing;
import org.almoner.coordinator.desk.TokenView;
import org.almoner.coordinator.desk.UnitPage;
import org.almoner.coordinator.desk.UnitResult;
import org.almoner.coordinator.desk.UnitView;
import org.almoner.ledger.append.Pulse;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Revocation;
import org.almoner.ledger.entry.Totals;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.protocol.access.Scope;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.lease.RenewalAnswer;
import org.almoner.protocol.usage.StarterAnswer;

/** A desk that keeps what it was asked and answers from what a test laid on it. */
final class ScriptedDesk implements Desk {
  static final long OUTPUT_BYTES_MAX = 1 << 20;
  static final String ORIGIN = "log.example/2026";
  static final SigningKey COORDINATOR_KEY = key(1);
  static final BatchId BATCH = BatchId.parseHex("00112233445566aa");
  static final DonorId DONOR = DonorId.parseHex("0123456789abcdef0123456789abcdef");
  static final Allotment ALLOTMENT = new Allotment(1, 64 << 20, 1 << 20, 600_000);
  static final Hash SALT = Hash.sha256(new byte[] {1});
  static final Hash NODE = Hash.sha256(new byte[] {2});
  static final Receipted RECEIPTED =
      new Receipted(
          ORIGIN + "\n8\nroot\n\n\u2014 signature\n",
          List.of(new Proven(7, SALT, 0, List.of(NODE), StarterAnswer.NONE)),
          List.of(NODE));

  /** One question that came: its name and the envelope it carried. */
  record Asked(String verb, Envelope envelope) {}

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  final List<BatchView> batches = new CopyOnWriteArrayList<>();
  final Map<String, String> owners = new ConcurrentHashMap<>();
  final Map<BatchId, String> batchOwners = new ConcurrentHashMap<>();
  final Map<Hash, Bytes> inlineOutputs = new ConcurrentHashMap<>();
  final Map<Long, Hash> unitOutputs = new ConcurrentHashMap<>();
  final List<BatchId> cancelled = new CopyOnWriteArrayList<>();
  final List<AgentId> leaseholders = new CopyOnWriteArrayList<>();
  final List<DonorId> erased = new CopyOnWriteArrayList<>();
  final List<Hash> agreed = new CopyOnWriteArrayList<>();
  final List<ObjectionView> objections = new CopyOnWriteArrayList<>();
  final List<Totals> totals = new CopyOnWriteArrayList<>();
  final List<Long> corrected = new CopyOnWriteArrayList<>();
  volatile Map<Hash, Bytes> lastOutputs = Map.of();
  volatile long lastKnownSize = -1;
  volatile PublicKey lastOwnerKey = COORDINATOR_KEY.publicKey();
  volatile Standing standing = new Standing(0, 0, 0, 0, List.of(), List.of());
  volatile Optional<String> stopped = Optional.empty();
  volatile Optional<OpenedLeaf> openedLeaf = Optional.empty();
  volatile Optional<SignedBatch> signedBatch = Optional.empty();

  volatile Pulse pulse = new Pulse(false, 0, Duration.ZERO, Duration.ZERO);
  volatile Function<Envelope, CompletableFuture<LeaseReply>> leasing =
      request ->
          CompletableFuture.completedFuture(
              new LeaseReply.NoWork(Duration.ofSeconds(30), "No project has work for you now."));
  volatile Function<Envelope, CompletableFuture<Receipted>> receipts =
      envelope -> CompletableFuture.completedFuture(RECEIPTED);

  static SigningKey key(int number) {
    byte[] seed = new byte[SigningKey.SEED_SIZE];
    seed[0] = (byte) number;
    return SigningKey.of(seed);
  }

  private <T> T keep(String verb, Envelope envelope, T answer) {
    asked.add(new Asked(verb, envelope));
    return answer;
  }

  @Override
  public About about() {
    return new About(
        ORIGIN,
        List.of(ORIGIN + "+00000000+key"),
        COORDINATOR_KEY.publicKey(),
        1_209_600,
        false,
        "almoner-meter/1",
        "almoner 0.1.0");
  }

  @Override
  public CompletableFuture<Receipted> enrol(Envelope enrolment) {
    return keep("enrol", enrolment, receipts.apply(enrolment));
  }

  @Override
  public CompletableFuture<Receipted> link(Envelope link) {
    return keep("link", link, receipts.apply(link));
  }

  @Override
  public CompletableFuture<LeaseReply> lease(Envelope request) {
    return keep("lease", request, leasing.apply(request));
  }

  @Override
  public CompletableFuture<RenewalAnswer> renew(Envelope renewal) {
    RenewalAnswer.Word goOn = new RenewalAnswer.GoOn(new LeaseId(BATCH, 17, 1), 1_700_003_600_000L);
    RenewalAnswer.Word drop =
        new RenewalAnswer.Drop(
            new LeaseId(BATCH, 4, 0), RenewalAnswer.Stop.RECALLED, "its software was recalled: x");
    return keep(
        "renew",
        renewal,
        CompletableFuture.completedFuture(
            new RenewalAnswer(List.of(goOn, drop), Duration.ofSeconds(141))));
  }

  @Override
  public CompletableFuture<Receipted> report(
      Envelope report, Map<Hash, Bytes> outputs, long knownSize) {
    lastOutputs = outputs;
    lastKnownSize = knownSize;
    return keep("report", report, receipts.apply(report));
  }

  @Override
  public CompletableFuture<BatchId> submit(Envelope batch, Envelope release) {
    asked.add(new Asked("release", release));
    return keep("submit", batch, CompletableFuture.completedFuture(BATCH));
  }

  @Override
  public CompletableFuture<BatchCheck> check(Envelope batch, Envelope release) {
    BlobRef module = new BlobRef("a.wasm", NODE, 9);
    return CompletableFuture.completedFuture(new BatchCheck(BATCH, "Ada", false, List.of(module)));
  }

  @Override
  public CompletableFuture<BatchView> cancel(BatchId batch) {
    cancelled.add(batch);
    return CompletableFuture.completedFuture(
        batches.stream().filter(view -> view.id().equals(batch)).findFirst().orElseThrow());
  }

  @Override
  public UnitPage units(BatchId batch, long from, int limit, Set<UnitView.State> states) {
    UnitView.Attempt ran =
        new UnitView.Attempt.Logged(
            1,
            Outcome.FAILED,
            3,
            true,
            NODE,
            77,
            800,
            900,
            5_000,
            UnitView.HostClass.of(7, 9L << 30),
            "",
            List.of("no such ligand"));
    UnitView.Attempt lacking =
        new UnitView.Attempt.Logged(
            2,
            Outcome.FAILED,
            0,
            false,
            NODE,
            77,
            800,
            900,
            5_000,
            UnitView.HostClass.of(7, 9L << 30),
            "scores.json: was not left in /out",
            List.of());
    List<UnitView.Attempt> attempts = List.of(new UnitView.Attempt.Expired(0), ran, lacking);
    UnitView.State state = states.iterator().next();
    return new UnitPage(List.of(new UnitView(from, state, attempts)), 18);
  }

  @Override
  public Optional<String> ownerOf(BatchId batch) {
    return Optional.ofNullable(batchOwners.get(batch));
  }

  @Override
  public List<BatchView> batches() {
    List<BatchView> newestFirst = new ArrayList<>(batches);
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  @Override
  public Optional<BatchView> batch(BatchId id) {
    return batches.stream().filter(batch -> batch.id().equals(id)).findFirst();
  }

  @Override
  public List<UnitResult> results(BatchId batch, long from, int limit) {
    List<UnitResult> results = new ArrayList<>();
    for (long unit = from; unit < from + limit && unit < 5; unit++) {
      results.add(new UnitResult(unit, unitOutputs.getOrDefault(unit, NODE), 1_000 + unit));
    }
    return results;
  }

  @Override
  public Optional<UnitResult> result(BatchId batch, long unit) {
    return results(batch, unit, 1).stream().findFirst();
  }

  @Override
  public Optional<Bytes> output(Hash digest) {
    return Optional.ofNullable(inlineOutputs.get(digest));
  }

  @Override
  public boolean agreedOutput(Hash digest) {
    return agreed.contains(digest);
  }

  @Override
  public OptionalLong outputBytesMax(AgentId agent) {
    return leaseholders.contains(agent) ? OptionalLong.of(OUTPUT_BYTES_MAX) : OptionalLong.empty();
  }

  @Override
  public CompletableFuture<Account> openAccount() {
    return CompletableFuture.completedFuture(new Account(DONOR, "donor-token"));
  }

  @Override
  public CompletableFuture<String> drawCode(DonorId donor) {
    if (!donor.equals(DONOR)) {
      return CompletableFuture.failedFuture(
          new Refusal(404, "donor-unknown", "No such donor", "no donor " + donor + " is known"));
    }
    return CompletableFuture.completedFuture("ABCD-EFGH-JKLM");
  }

  @Override
  public CompletableFuture<String> approveOwner(String name, PublicKey key) {
    lastOwnerKey = key;
    return CompletableFuture.completedFuture("token-of-" + name);
  }

  @Override
  public CompletableFuture<Appointment> appointAuditor(String name, int days, int leaves) {
    return CompletableFuture.completedFuture(
        new Appointment(name, "token-of-" + name + leaves, days * 86_400_000L));
  }

  @Override
  public CompletableFuture<String> dismissAuditor(String name) {
    return CompletableFuture.completedFuture(name);
  }

  /** Readings that the auditor has left. */
  final AtomicInteger readings = new AtomicInteger(1_000_000);

  @Override
  public CompletableFuture<Integer> spendReading(String auditor) {
    int left = readings.decrementAndGet();
    return left >= 0
        ? CompletableFuture.completedFuture(left)
        : CompletableFuture.failedFuture(
            new Refusal(403, "auditor-leaves", "The readings are spent", "all are spent"));
  }

  /** Openings wait until it is open. */
  volatile CountDownLatch leafGate = new CountDownLatch(0);

  @Override
  public Optional<String> auditorOf(String token) {
    return token.equals("auditor-token") ? Optional.of("Auditor") : Optional.empty();
  }

  @Override
  public Optional<OpenedLeaf> openedLeaf(long leaf) {
    try {
      leafGate.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return leaf == 7 ? openedLeaf : Optional.empty();
  }

  /** Outputs of the line that is opened. */
  final Map<Hash, AuditedOutput> auditedOutputs = new ConcurrentHashMap<>();

  @Override
  public Optional<AuditedOutput> auditedOutput(long leaf, Hash digest) {
    return leaf == 7 ? Optional.ofNullable(auditedOutputs.get(digest)) : Optional.empty();
  }

  @Override
  public Optional<SignedBatch> signedBatch(BatchId batch) {
    return batch.equals(BATCH) ? signedBatch : Optional.empty();
  }

  @Override
  public Optional<DonorId> donorOf(String token) {
    return token.equals("donor-token") ? Optional.of(DONOR) : Optional.empty();
  }

  final Map<String, Set<Scope>> scopes = new ConcurrentHashMap<>();
  final Map<String, String> expired = new ConcurrentHashMap<>();
  final List<ReleaseView> releases = new CopyOnWriteArrayList<>();
  volatile List<TokenView> tokens = List.of();
  volatile Optional<Rebuilt> rebuilt = Optional.empty();
  volatile Optional<String> recallReason = Optional.empty();

  @Override
  public OwnerDesk owners() {
    return new OwnerDesk() {
      @Override
      public Optional<OwnerPass> passOf(String token) {
        if (expired.containsKey(token)) {
          throw new Refusal(401, "token-expired", "The token's time is over", expired.get(token));
        }
        return Optional.ofNullable(owners.get(token))
            .map(owner -> new OwnerPass(owner, "ci", scopes.getOrDefault(token, Scope.ALL)));
      }

      @Override
      public Optional<String> nameOf(PublicKey key) {
        return Optional.ofNullable(ownersByKey.get(key));
      }

      @Override
      public CompletableFuture<List<TokenView>> tokens(Envelope request) {
        return keep("tokens", request, CompletableFuture.completedFuture(tokens));
      }
    };
  }

  final Map<PublicKey, String> ownersByKey = new ConcurrentHashMap<>();

  @Override
  public List<Totals> totals() {
    return totals;
  }

  @Override
  public LineDesk lines() {
    return new LineDesk() {
      @Override
      public CompletableFuture<ObjectionView> object(DonorId donor, long leaf, String words) {
        ObjectionView made =
            new ObjectionView(
                leaf,
                new LeaseId(BATCH, 7, 1),
                donor,
                Outcome.OUTPUT_DISAGREED,
                "mersenne",
                ObjectionView.State.OPEN,
                1_000,
                words);
        objections.add(made);
        return CompletableFuture.completedFuture(made);
      }

      @Override
      public List<ObjectionView> objections() {
        return List.copyOf(objections);
      }

      @Override
      public CompletableFuture<ObjectionView> rule(long leaf, boolean upheld) {
        ObjectionView open = objections.get(0);
        return CompletableFuture.completedFuture(
            new ObjectionView(
                leaf,
                open.lease(),
                open.donor(),
                open.outcome(),
                open.project(),
                upheld ? ObjectionView.State.UPHELD : ObjectionView.State.DISMISSED,
                open.madeMs(),
                open.words()));
      }

      @Override
      public CompletableFuture<Integer> correct(
          List<Long> leaves, boolean reinstates, String reason) {
        corrected.addAll(leaves);
        return CompletableFuture.completedFuture(corrected.size());
      }
    };
  }

  @Override
  public ReleaseDesk releases() {
    return new ReleaseDesk() {
      @Override
      public List<ReleaseView> all() {
        return releases;
      }

      @Override
      public List<ReleaseView> find(Hash digest) {
        return releases.stream().filter(r -> r.digest().equals(digest)).toList();
      }

      @Override
      public Optional<ReleaseView> of(BatchId batch) {
        return batch.equals(BATCH) ? releases.stream().findFirst() : Optional.empty();
      }

      @Override
      public CompletableFuture<ReleaseView> recall(Envelope recall) {
        return ScriptedDesk.this.keep(
            "recall", recall, CompletableFuture.completedFuture(releases.get(0)));
      }

      @Override
      public CompletableFuture<ReleaseView> recall(Hash digest, String reason) {
        recallReason = Optional.of(reason);
        return CompletableFuture.completedFuture(releases.get(0));
      }

      @Override
      public CompletableFuture<ReleaseView> keep(Hash digest, Rebuilt again) {
        rebuilt = Optional.of(again);
        return CompletableFuture.completedFuture(releases.get(0));
      }
    };
  }

  @Override
  public CompletableFuture<Long> revoke(Revocation revocation) {
    return CompletableFuture.completedFuture(revocation.enrolment() + 1);
  }

  @Override
  public CompletableFuture<Integer> settle() {
    return CompletableFuture.completedFuture(3);
  }

  @Override
  public CompletableFuture<Receipted> logStatement(DonorId donor, Bytes record) {
    throw new UnsupportedOperationException("no route asks for this");
  }

  @Override
  public CompletableFuture<Receipted> logReceipt(DonorId donor, Bytes record) {
    throw new UnsupportedOperationException("no route asks for this");
  }

  @Override
  public CompletableFuture<Long> logWithdrawal(Withdrawal withdrawal) {
    throw new UnsupportedOperationException("no route asks for this");
  }

  @Override
  public List<LineOpening> openings(DonorId donor) {
    throw new UnsupportedOperationException("no route asks for this");
  }

  @Override
  public Standing standing(DonorId donor) {
    return standing;
  }

  @Override
  public CompletableFuture<Integer> erase(DonorId donor, String reason, boolean keepDocuments) {
    throw new UnsupportedOperationException("no route asks for this");
  }

  @Override
  public boolean isErased(DonorId donor) {
    return erased.contains(donor);
  }

  @Override
  public SortedSet<Long> erasedLeaves() {
    return new TreeSet<>(List.of(4L, 5L, 9L));
  }

  @Override
  public int computers(DonorId donor) {
    throw new UnsupportedOperationException("no route asks for this");
  }

  @Override
  public List<DonorId> donors() {
    return List.of(DONOR);
  }

  @Override
  public Optional<String> stopped() {
    return stopped;
  }

  @Override
  public Pulse pulse() {
    return pulse;
  }
}
