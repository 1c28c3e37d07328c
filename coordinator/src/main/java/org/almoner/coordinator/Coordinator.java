package org.almoner.coordinator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.coordinator.account.Auditor;
import org.almoner.coordinator.account.Code;
import org.almoner.coordinator.account.Token;
import org.almoner.coordinator.archive.Archiver;
import org.almoner.coordinator.batch.Admission;
import org.almoner.coordinator.batch.Archived;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.BlobShelf;
import org.almoner.coordinator.batch.Progress;
import org.almoner.coordinator.desk.About;
import org.almoner.coordinator.desk.AuditedOutput;
import org.almoner.coordinator.desk.BatchCheck;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.desk.LeaseReply;
import org.almoner.coordinator.desk.LineDesk;
import org.almoner.coordinator.desk.LineOpening;
import org.almoner.coordinator.desk.OpenedLeaf;
import org.almoner.coordinator.desk.OwnerDesk;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.desk.ReleaseDesk;
import org.almoner.coordinator.desk.ReleaseView;
import org.almoner.coordinator.desk.SignedBatch;
import org.almoner.coordinator.desk.Standing;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.coordinator.desk.UnitPage;
import org.almoner.coordinator.desk.UnitResult;
import org.almoner.coordinator.desk.UnitView;
import org.almoner.coordinator.dispatch.Offer;
import org.almoner.coordinator.dispatch.UnitReader;
import org.almoner.coordinator.enrolment.Agent;
import org.almoner.coordinator.intake.Requests;
import org.almoner.coordinator.journal.Journal;
import org.almoner.coordinator.journal.Logged;
import org.almoner.coordinator.keys.Keys;
import org.almoner.coordinator.opening.Erased;
import org.almoner.coordinator.opening.Erasure;
import org.almoner.coordinator.opening.KeyShelf;
import org.almoner.coordinator.row.Images;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.settlement.LineVerbs;
import org.almoner.coordinator.settlement.Settler;
import org.almoner.coordinator.starter.StarterBatch;
import org.almoner.coordinator.writer.Group;
import org.almoner.coordinator.writer.Job;
import org.almoner.coordinator.writer.Writer;
import org.almoner.ledger.append.Committed;
import org.almoner.ledger.append.LogRefused;
import org.almoner.ledger.append.Pulse;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.entry.KeyRotation;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Revocation;
import org.almoner.ledger.entry.Totals;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.rotation.ProvenRotation;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.LeaseRequest;
import org.almoner.protocol.lease.Renewal;
import org.almoner.protocol.lease.RenewalAnswer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running coordinator.
 *
 * <p>Requests are checked on the threads that bring them, decided one after the other by the one
 * writer, and answered, with proofs built on threads of their own, once they are durable and
 * published.
 *
 * <p>Longer than most: every verb of the {@link Desk} is here and none does more than choose its
 * room, so that what may be asked of a coordinator can be read in one go.
 */
public final class Coordinator implements Desk, AutoCloseable {
  /** Threads that build proofs and sign grants. */
  private static final int ANSWER_THREADS = 2;

  /**
   * Answers waiting to be built. One more is built by the thread that brings it, the writer's,
   * which then takes no more work for so long.
   */
  private static final int ANSWERS_WAITING_MAX = 8_192;

  /** Most results in one answer. */
  private static final int RESULTS_MAX = 10_000;

  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

  private final Config config;
  private final RowStore store;
  private final BlobShelf blobs;
  private final InstantSource clock;
  private final SecureRandom random;
  private final About about;
  private final Rooms rooms;
  private final Receipts receipts;
  private final Writer writer;
  private final Optional<Archiving> archiving;
  private final OwnerDesk owners;
  private final ReleaseDesk releases;
  private final LineDesk lines;
  private final Map<BatchId, BatchView> views = new ConcurrentHashMap<>();
  private final AtomicLong settledDay = new AtomicLong(-1);
  private final AtomicLong grewMs = new AtomicLong(-1);
  private final ExecutorService answers =
      new ThreadPoolExecutor(
          ANSWER_THREADS,
          ANSWER_THREADS,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(ANSWERS_WAITING_MAX),
          work -> {
            Thread thread = new Thread(work, "almoner-answers");
            thread.setDaemon(true);
            return thread;
          },
          (work, full) -> work.run());

  private Coordinator(
      Config config,
      Stores stores,
      Keys keys,
      Sequencer sequencer,
      Rooms rooms,
      BlobShelf blobs,
      InstantSource clock,
      SecureRandom random) {
    this.config = config;
    this.blobs = blobs;
    this.store = stores.rows();
    this.clock = clock;
    this.random = random;
    this.rooms = rooms;
    this.receipts = new Receipts(sequencer, stores.log());
    this.about =
        new About(
            config.origin(),
            signers(config, keys).stream().map(signer -> signer.verifier().format()).toList(),
            keys.coordinator().publicKey(),
            config.maturity().toSeconds(),
            config.openPeriod(),
            config.meter(),
            config.software());
    for (Batch batch : rooms.batches().newestFirst()) {
      rooms.dispatch().view(batch.id()).ifPresent(view -> views.put(batch.id(), view));
    }
    rooms.batches().archivedNewestFirst().forEach(each -> views.put(each.batch(), each.view()));
    this.writer =
        Writer.start(
            sequencer, store, clock, rooms.keys()::flush, this::published, config.queueMax());
    this.archiving =
        stores.archives().stream()
            .map(
                shelf ->
                    new Archiver(
                        store,
                        shelf,
                        rooms.batches(),
                        rooms.dispatch(),
                        config.archiveAfter().toMillis()))
            .map(archiver -> new Archiving(archiver, rooms.batches(), writer, this::batches))
            .findFirst();
    this.owners =
        new OwnerVerbs(
            config.origin(),
            rooms.accounts(),
            clock,
            job -> submit(job).thenApplyAsync(tokens -> tokens, answers),
            this::unawaited);
    this.lines =
        new LineVerbs(
            rooms.settler(),
            rooms.objections(),
            rooms.corrections(),
            rooms.dispatch(),
            rooms.accounts(),
            rooms.batches(),
            rooms.keys(),
            this::standing,
            new LineVerbs.Submit() {
              @Override
              public <T> CompletableFuture<T> job(Job<T> job) {
                return submit(job).thenApplyAsync(decided -> decided, answers);
              }
            });
    this.releases = new ReleaseVerbs(config.origin(), rooms, this::recalling);
  }

  /**
   * Opens a coordinator on its stores, making its log when register and store are empty. What was
   * staged before a crash is applied and published first.
   *
   * @param openings the file of opening keys
   * @param blobs modules, inputs and large outputs
   * @param admission says whether a module may be run
   * @throws LogRefused when register, store and keys do not belong together
   * @throws IOException when a store cannot be read, or a row is damaged
   */
  public static Coordinator open(
      Config config,
      Stores stores,
      KeyShelf openings,
      BlobShelf blobs,
      Admission admission,
      Keys keys,
      InstantSource clock,
      SecureRandom random)
      throws LogRefused, IOException {
    List<Ed25519NoteSigner> signers = signers(config, keys);
    if (stores.register().read().isEmpty()) {
      Sequencer.create(config.origin(), signers, stores.log(), stores.register());
    }
    Sequencer sequencer = Sequencer.open(config.origin(), signers, stores.log(), stores.register());
    stores.rows().putAll(Images.parse(sequencer.recovered().rider()));
    Journal.forgetUnstaged(stores.rows(), sequencer.nextIndex());
    KeyRotations.requireNewest(
        KeyRotations.all(stores.rows()),
        signers.stream().map(Ed25519NoteSigner::verifier).toList());
    Stores used = stores.readingArchives();
    Rooms rooms = Rooms.load(config, used.rows(), openings, blobs, admission, keys, random);
    Coordinator coordinator =
        new Coordinator(config, used, keys, sequencer, rooms, blobs, clock, random);
    try {
      coordinator.begin(keys, signers);
      return coordinator;
    } catch (IOException | RuntimeException e) {
      coordinator.close();
      throw e;
    }
  }

  /** Logs what a start has to, before anybody is served. */
  private void begin(Keys keys, List<Ed25519NoteSigner> signers) throws IOException {
    submit(group -> rooms.start(group, config)).join();
    if (signers.size() > 1) {
      KeyRotation passing = new KeyRotation(signers.get(0).verifier(), signers.get(1).verifier());
      submit(group -> rooms.rotations().logWhenNew(group, passing)).join();
    }
    if (config.starters()) {
      Batch starters = StarterBatch.of(config.origin(), keys.coordinator());
      rooms.submission().checkBlobs(starters);
      submit(group -> rooms.begin(group, starters, random)).join();
    }
  }

  private static List<Ed25519NoteSigner> signers(Config config, Keys keys) {
    return keys.log().stream().map(key -> new Ed25519NoteSigner(config.origin(), key)).toList();
  }

  /** Every passing of the log from one key to another, the oldest first. */
  public List<KeyRotation> rotations() {
    return read(() -> KeyRotations.all(store).stream().map(KeyRotations.Passed::rotation).toList());
  }

  /**
   * The log's last passing from one key to another, proved under the newest checkpoint, which all
   * keys in use signed; empty when it never had another key.
   */
  public Optional<ProvenRotation> rotation() {
    return read(
        () -> {
          List<KeyRotations.Passed> all = KeyRotations.all(store);
          if (all.isEmpty()) {
            return Optional.empty();
          }
          KeyRotations.Passed last = all.get(all.size() - 1);
          return Optional.of(new ProvenRotation(last.rotation(), receipts.proof(last.leaf())));
        });
  }

  @Override
  public About about() {
    return about;
  }

  @Override
  public CompletableFuture<Receipted> enrol(Envelope enrolment) {
    return attempt(() -> proven(rooms.enrolments().enrol(enrolment)));
  }

  @Override
  public CompletableFuture<Receipted> link(Envelope link) {
    return attempt(() -> proven(rooms.enrolments().link(link)));
  }

  @Override
  public CompletableFuture<Long> revoke(Revocation revocation) {
    return attempt(
        () -> {
          AgentId agent = agentEnrolledAt(revocation.enrolment());
          return submit(rooms.revocations().revoke(agent, revocation))
              .thenApplyAsync(leaf -> leaf, answers);
        });
  }

  /** By its newest enrolment, or by an older one, which the journal still opens. */
  private AgentId agentEnrolledAt(long leaf) throws IOException {
    Optional<AgentId> newest = rooms.lookup().enrolledAt(leaf);
    if (newest.isPresent()) {
      return newest.get();
    }
    return rooms
        .openings()
        .at(leaf)
        .filter(opening -> opening.report().kind() == Envelope.Kind.ENROLMENT)
        .map(opening -> AgentId.of(opening.report().signer()))
        .orElseThrow(() -> Reads.noEnrolment(leaf));
  }

  @Override
  public CompletableFuture<LeaseReply> lease(Envelope envelope) {
    return attempt(
        () -> {
          LeaseRequest request = Requests.read(envelope, config.origin());
          return submit(group -> offer(group, request)).thenApplyAsync(this::reply, answers);
        });
  }

  private Offer offer(Group group, LeaseRequest request) throws IOException {
    Agent agent = rooms.agents().working(group, request.agent());
    return rooms.dispatch().lease(group, agent, request);
  }

  private LeaseReply reply(Offer offer) {
    if (offer instanceof Offer.Leases leases) {
      return new LeaseReply.Granted(rooms.grants().sign(leases.grant()));
    }
    return new LeaseReply.NoWork(around(config.retry()), ((Offer.Nothing) offer).reason());
  }

  /** Half of {@code mean} to one and a half times, so that agents do not come all at once. */
  private Duration around(Duration mean) {
    long ms = mean.toMillis();
    return Duration.ofMillis(ms / 2 + (long) (random.nextDouble() * ms));
  }

  @Override
  public CompletableFuture<RenewalAnswer> renew(Envelope envelope) {
    return attempt(
        () -> {
          Renewal renewal = Requests.readRenewal(envelope, config.origin());
          return submit(group -> renew(group, renewal))
              .thenApplyAsync(words -> new RenewalAnswer(words, around(config.renewal())), answers);
        });
  }

  private List<RenewalAnswer.Word> renew(Group group, Renewal renewal) throws IOException {
    Agent agent = rooms.agents().working(group, renewal.agent());
    return rooms.dispatch().renew(group, agent, renewal);
  }

  @Override
  public CompletableFuture<Receipted> report(
      Envelope report, Map<Hash, Bytes> outputs, long knownSize) {
    return attempt(
        () -> {
          if (knownSize < 0 || knownSize > receipts.size()) {
            throw new Refusal(
                409,
                "checkpoint-ahead",
                "Checkpoint not of this log",
                "the agent holds a checkpoint of size "
                    + knownSize
                    + "; this log has "
                    + receipts.size()
                    + " entries: keep the checkpoint as evidence and tell the operator");
          }
          long octets = report.payload().size();
          for (Bytes output : outputs.values()) {
            octets += output.size();
          }
          long size = octets;
          return proven(
              rooms.intake().prepare(report, outputs).thenCompose(job -> writer.submit(job, size)),
              knownSize);
        });
  }

  @Override
  public CompletableFuture<BatchId> submit(Envelope batch, Envelope release) {
    return attempt(
        () -> {
          Batch read = rooms.submission().read(batch, release);
          Optional<Batch> known = rooms.batches().find(read.id());
          if (known.isEmpty()) {
            rooms.submission().checkBlobs(read);
          }
          return submit(group -> rooms.admit(group, read)).thenApplyAsync(id -> id, answers);
        });
  }

  @Override
  public CompletableFuture<BatchCheck> check(Envelope batch, Envelope release) {
    return attempt(
        () -> {
          Batch read = rooms.submission().read(batch, release);
          List<BlobRef> missing = rooms.submission().missing(read);
          if (read.release().program().module().filter(m -> !missing.contains(m)).isPresent()) {
            rooms.submission().checkModule(read);
          }
          rooms.releases().requireNotRecalled(read.spec().release(), batch.signer());
          boolean submitted = rooms.batches().find(read.id()).isPresent();
          return CompletableFuture.completedFuture(
              new BatchCheck(read.id(), read.owner(), submitted, missing));
        });
  }

  @Override
  public CompletableFuture<BatchView> cancel(BatchId id) {
    return stop(id, StopReason.CANCELLED);
  }

  /** Leases no more of a batch, for good; what only waits for another answer is given up. */
  CompletableFuture<BatchView> stop(BatchId id, StopReason reason) {
    return submit(group -> rooms.batches().isArchived(id) || isStopped(group, id, reason))
        .thenComposeAsync(stopped -> giveUpStopped(), answers)
        .thenApply(none -> Optional.ofNullable(views.get(id)).orElseThrow());
  }

  private boolean isStopped(Group group, BatchId id, StopReason reason) {
    return rooms.dispatch().stop(group, id, reason).stopped().isStop();
  }

  /** A few hundred units at a time, so that agents do not wait for the end of it. */
  private CompletableFuture<Boolean> giveUpStopped() {
    return submit(group -> rooms.dispatch().giveUpStopped(group))
        .thenComposeAsync(
            more -> more ? giveUpStopped() : CompletableFuture.completedFuture(false), answers);
  }

  @Override
  public UnitPage units(BatchId id, long from, int limit, Set<UnitView.State> states) {
    Batch batch = rooms.batches().find(id).orElseThrow();
    return read(
        () ->
            new UnitStories(store, blobs).page(batch, from, Math.min(limit, RESULTS_MAX), states));
  }

  @Override
  public Optional<String> ownerOf(BatchId batch) {
    return rooms.batches().find(batch).map(Batch::owner);
  }

  @Override
  public List<BatchView> batches() {
    return rooms.batches().allNewestFirst().stream()
        .flatMap(id -> Optional.ofNullable(views.get(id)).stream())
        .toList();
  }

  @Override
  public Optional<BatchView> batch(BatchId id) {
    return Optional.ofNullable(views.get(id));
  }

  @Override
  public List<UnitResult> results(BatchId id, long from, int limit) {
    Optional<Batch> batch = rooms.batches().find(id);
    if (batch.isEmpty() || from < 0) {
      return List.of();
    }
    return read(
        () -> {
          Optional<Bytes> row = store.get(Progress.key(id));
          long next = row.isEmpty() ? 0 : Progress.parse(batch.get(), row.get()).next();
          int most = Math.min(limit, RESULTS_MAX);
          return new UnitReader(store).results(batch.get(), from, next, most);
        });
  }

  @Override
  public Optional<UnitResult> result(BatchId id, long unit) {
    Optional<Batch> batch = rooms.batches().find(id);
    if (batch.isEmpty() || unit < 0 || unit >= batch.get().units()) {
      return Optional.empty();
    }
    return read(
        () -> new UnitReader(store).results(batch.get(), unit, unit + 1, 1).stream().findFirst());
  }

  @Override
  public Optional<Bytes> output(Hash digest) {
    Optional<Bytes> found = read(() -> rooms.lookup().output(digest));
    if (found.isEmpty()) {
      awaitRows();
      found = read(() -> rooms.lookup().output(digest));
    }
    return found;
  }

  /** The rows of a group appear one by one: a unit may be seen before its output is. */
  private void awaitRows() {
    try {
      submit(group -> 0).join();
    } catch (CompletionException stopped) {
      LOG.atDebug().setCause(stopped).log("nothing is being written any more");
    }
  }

  @Override
  public boolean agreedOutput(Hash digest) {
    if (!read(() -> rooms.lookup().agreed(digest))) {
      awaitRows();
    }
    return read(() -> rooms.lookup().agreed(digest));
  }

  @Override
  public OptionalLong outputBytesMax(AgentId agent) {
    return read(() -> rooms.lookup().outputBytesMax(agent, clock.millis()));
  }

  @Override
  public CompletableFuture<Account> openAccount() {
    DonorId donor = DonorId.draw(random);
    String token = Token.draw(random);
    return submit(
            group -> {
              rooms.accounts().open(group, donor, Token.hashOf(token));
              return new Account(donor, token);
            })
        .thenApplyAsync(account -> account, answers);
  }

  @Override
  public CompletableFuture<String> drawCode(DonorId donor) {
    String code = Code.draw(random);
    return submit(
            group -> {
              rooms.accounts().keepCode(group, donor, Code.digestOf(code));
              return code;
            })
        .thenApplyAsync(drawn -> drawn, answers);
  }

  @Override
  public CompletableFuture<String> approveOwner(String name, PublicKey key) {
    String token = Token.draw(random);
    return submit(
            group -> {
              rooms.accounts().approve(group, name, key, Token.hashOf(token));
              return token;
            })
        .thenApplyAsync(drawn -> drawn, answers);
  }

  @Override
  public CompletableFuture<Appointment> appointAuditor(String name, int days, int leaves) {
    String token = Token.draw(random);
    return submit(
            group -> {
              Auditor auditor =
                  rooms.auditors().appoint(group, name, Token.hashOf(token), days, leaves);
              return new Appointment(auditor.name(), token, auditor.untilMs());
            })
        .thenApplyAsync(appointed -> appointed, answers);
  }

  @Override
  public CompletableFuture<Integer> spendReading(String auditor) {
    return submit(group -> rooms.auditors().spend(group, auditor))
        .thenApplyAsync(left -> left, answers);
  }

  @Override
  public CompletableFuture<String> dismissAuditor(String name) {
    return submit(group -> rooms.auditors().dismiss(group, name).name())
        .thenApplyAsync(dismissed -> dismissed, answers);
  }

  @Override
  public Optional<String> auditorOf(String token) {
    return rooms.auditors().find(token).map(auditor -> auditor.nameAt(clock.millis()));
  }

  @Override
  public Optional<OpenedLeaf> openedLeaf(long leaf) {
    return isLogged(leaf)
        ? read(() -> new OpenedLeaves(store, rooms.batches(), rooms.openings()).find(leaf))
        : Optional.empty();
  }

  @Override
  public Optional<AuditedOutput> auditedOutput(long leaf, Hash digest) {
    return isLogged(leaf)
        ? read(
            () -> new OpenedLeaves(store, rooms.batches(), rooms.openings()).output(leaf, digest))
        : Optional.empty();
  }

  @Override
  public Optional<SignedBatch> signedBatch(BatchId id) {
    return rooms
        .batches()
        .find(id)
        .map(batch -> new SignedBatch(batch.envelope(), batch.releaseEnvelope()));
  }

  @Override
  public Optional<DonorId> donorOf(String token) {
    return read(() -> rooms.holders().donorOf(token));
  }

  @Override
  public OwnerDesk owners() {
    return owners;
  }

  @Override
  public List<Totals> totals() {
    return rooms.statistics().told();
  }

  @Override
  public LineDesk lines() {
    return lines;
  }

  @Override
  public ReleaseDesk releases() {
    return releases;
  }

  /** What a recall leaves waiting is given up before it is answered. */
  private CompletableFuture<ReleaseView> recalling(Job<ReleaseView> job) {
    return submit(job).thenComposeAsync(view -> giveUpStopped().thenApply(none -> view), answers);
  }

  /** Kept when it can be; a token that cannot be noted as used still opens what it opens. */
  private void unawaited(Job<Boolean> job) {
    var unused =
        submit(job)
            .exceptionally(
                failure -> {
                  LOG.atDebug().setCause(failure).log("the use of a token is not noted");
                  return false;
                });
  }

  /**
   * Does what is due by the clock: leases expire, and what has matured is settled on each day on
   * which nobody had it settled yet. To be called every few seconds; more often does no harm.
   */
  public CompletableFuture<Integer> tick() {
    long today = clock.millis() / DAY_MS;
    CompletableFuture<Integer> expired =
        submit(
            group -> {
              rooms.dispatch().tick(group);
              return 0;
            });
    if (stopped().isPresent() || settledDay.getAndSet(today) >= today) {
      return expired;
    }
    return expired.thenComposeAsync(none -> settle(), answers).whenComplete(this::tellOperator);
  }

  private void tellOperator(Integer settled, @Nullable Throwable failure) {
    if (failure == null) {
      LOG.atInfo().addKeyValue("lines", settled).log("settled what has matured");
    } else {
      settledDay.set(-1);
      LOG.atError().setCause(failure).log("the daily settlement failed and will be tried again");
    }
  }

  @Override
  public CompletableFuture<Integer> settle() {
    long today = clock.millis() / DAY_MS;
    return recheckOn()
        .thenCompose(none -> settleOn(0))
        .thenCompose(
            settled -> submit(group -> rooms.turnDay(group)).thenApply(corrected -> settled))
        .thenApply(
            settled -> {
              settledDay.accumulateAndGet(today, Math::max);
              archiving.ifPresent(Archiving::begin);
              return settled;
            });
  }

  /** Archives batches that are over, as every settlement begins to do; tells how many. */
  CompletableFuture<Integer> archive() {
    return archiving.map(Archiving::run).orElse(CompletableFuture.completedFuture(0));
  }

  /** Asks others about all that caught computers were believed in alone. */
  private CompletableFuture<Boolean> recheckOn() {
    if (rooms.rechecks().isEmpty()) {
      return CompletableFuture.completedFuture(true);
    }
    return submit(group -> rooms.rechecks().start(group, rooms.agents()))
        .thenComposeAsync(this::recheck, answers);
  }

  /** One after the other: what cannot be read of one keeps nothing else from being done. */
  private CompletableFuture<Boolean> recheck(List<AgentId> caught) {
    CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
    for (AgentId agent : caught) {
      all =
          all.thenComposeAsync(none -> recheckOn(agent), answers)
              .exceptionally(failure -> isPutOff(agent, failure));
    }
    return all;
  }

  private static boolean isPutOff(AgentId agent, Throwable failure) {
    LOG.atError()
        .setCause(failure)
        .addKeyValue("agent", agent)
        .log("what a caught computer did cannot be read; the next settlement tries again");
    return true;
  }

  private CompletableFuture<Boolean> recheckOn(AgentId agent) {
    return CompletableFuture.supplyAsync(() -> read(() -> rooms.rechecks().gather(agent)), answers)
        .thenCompose(
            work ->
                submit(
                    group -> {
                      rooms.rechecks().apply(group, rooms.dispatch(), work);
                      return work.goesOn();
                    }))
        .thenComposeAsync(
            goesOn -> goesOn ? recheckOn(agent) : CompletableFuture.completedFuture(true), answers);
  }

  private CompletableFuture<Integer> settleOn(int before) {
    return CompletableFuture.supplyAsync(
            () -> read(() -> rooms.settler().gather(clock.millis(), rooms.dispatch().revisions())),
            answers)
        .thenCompose(work -> settle(work, before));
  }

  private CompletableFuture<Integer> settle(Settler.Work work, int before) {
    return submit(
            group -> {
              int settled = before + rooms.settler().settle(group, rooms.dispatch(), work);
              return new SettledSoFar(settled, rooms.settler().goesOn(work));
            })
        .thenComposeAsync(
            far ->
                far.goesOn()
                    ? settleOn(far.lines())
                    : CompletableFuture.completedFuture(far.lines()),
            answers);
  }

  /** How far a settlement has come. */
  private record SettledSoFar(int lines, boolean goesOn) {}

  @Override
  public CompletableFuture<Receipted> logStatement(DonorId donor, Bytes record) {
    return proven(rooms.ownRecords().log(donor, Kind.STATEMENT, record));
  }

  @Override
  public CompletableFuture<Receipted> logReceipt(DonorId donor, Bytes record) {
    return proven(rooms.ownRecords().log(donor, Kind.RECEIPT, record));
  }

  @Override
  public CompletableFuture<Long> logWithdrawal(Withdrawal withdrawal) {
    return submit(rooms.ownRecords().log(withdrawal.entry(), withdrawal.statement()))
        .thenApplyAsync(leaf -> leaf, answers);
  }

  @Override
  public List<LineOpening> openings(DonorId donor) {
    requireNotErased(donor);
    return read(() -> rooms.openings().of(donor, rooms.holders().agents(donor)));
  }

  private boolean isLogged(long leaf) {
    return 0 <= leaf && leaf < receipts.size();
  }

  @Override
  public CompletableFuture<Integer> erase(DonorId donor, String reason, boolean keepDocuments) {
    return attempt(
        () ->
            submit(rooms.eraser().erase(donor, reason, keepDocuments))
                .thenApplyAsync(
                    erasure -> {
                      read(
                          () -> {
                            rooms.eraser().destroyKeys(erasure);
                            return true;
                          });
                      return erasure.keys().size();
                    },
                    answers));
  }

  /** All erasures there ever were: whoever keeps names and documents finishes them at a start. */
  public List<Erasure> erasures() {
    return read(() -> rooms.eraser().all());
  }

  @Override
  public boolean isErased(DonorId donor) {
    return read(() -> rooms.eraser().isErased(donor));
  }

  @Override
  public SortedSet<Long> erasedLeaves() {
    return read(() -> rooms.eraser().leaves());
  }

  @Override
  public int computers(DonorId donor) {
    return read(() -> rooms.holders().agents(donor).size());
  }

  private void requireNotErased(DonorId donor) {
    if (isErased(donor)) {
      throw Erased.donor(donor);
    }
  }

  @Override
  public Standing standing(DonorId donor) {
    requireNotErased(donor);
    return read(
        () ->
            rooms
                .standings()
                .of(donor, rooms.holders().agents(donor), receipts.log(), receipts.size(), clock));
  }

  @Override
  public List<DonorId> donors() {
    return read(() -> rooms.holders().donors());
  }

  @Override
  public Optional<String> stopped() {
    return writer.stopped();
  }

  /** Numbers of reports that agents passed over, as gaps, since the start. */
  public long gaps() {
    return rooms.intake().gaps();
  }

  /** Requests that wait for the writer. */
  public int waiting() {
    return writer.waiting();
  }

  @Override
  public Pulse pulse() {
    return writer.pulse();
  }

  /**
   * Accepts and signs nothing more, for good, and tells everyone {@code why}; reads are answered as
   * before.
   */
  void halt(String why) {
    writer.halt(why);
  }

  /** When the log last grew, by the coordinator's clock; empty until it has since the start. */
  public Optional<Instant> grewAt() {
    long ms = grewMs.get();
    return ms < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ms));
  }

  /** Finishes what is being written and stops; the stores stay open, they are their owner's. */
  @Override
  public void close() {
    writer.close();
    archiving.ifPresent(Archiving::close);
    answers.shutdown();
  }

  private void published(Group group, Committed committed) {
    receipts.learn(committed);
    if (group.nextLeaf() > group.firstLeaf()) {
      grewMs.set(group.nowMs());
    }
    group.touched(Progress.class).forEach(p -> views.put(p.batch().id(), p.view()));
    group.touched(Archived.class).forEach(each -> views.put(each.batch(), each.view()));
    rooms.agents().trim();
  }

  private <T> CompletableFuture<T> submit(Job<T> job) {
    return writer.submit(job);
  }

  private CompletableFuture<Receipted> proven(Job<Logged> job) {
    return proven(submit(job), 0);
  }

  private CompletableFuture<Receipted> proven(CompletableFuture<Logged> job, long knownSize) {
    return job.thenApplyAsync(logged -> read(() -> receipts.prove(logged, knownSize)), answers);
  }

  private static <T> CompletableFuture<T> attempt(Callable<CompletableFuture<T>> request) {
    try {
      return request.call();
    } catch (Refusal refusal) {
      return CompletableFuture.failedFuture(refusal);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(new UncheckedIOException(e));
    } catch (Exception e) {
      throw new IllegalStateException("requests throw nothing else", e);
    }
  }

  /** Something read from the store. */
  private interface Reading<T> {
    T read() throws IOException;
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new UncheckedIOException("the store cannot be read", e);
    }
  }
}
