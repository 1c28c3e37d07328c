package org.almoner.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.almoner.coordinator.Config;
import org.almoner.coordinator.Coordinator;
import org.almoner.coordinator.LogWatch;
import org.almoner.coordinator.Stores;
import org.almoner.coordinator.archive.FolderArchives;
import org.almoner.coordinator.backup.StoreTap;
import org.almoner.coordinator.blob.Blobs;
import org.almoner.coordinator.blob.RefusedBlob;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.http.BackupResource;
import org.almoner.coordinator.http.HttpFace;
import org.almoner.coordinator.http.HttpSettings;
import org.almoner.coordinator.http.Listen;
import org.almoner.coordinator.http.route.BackupRoutes;
import org.almoner.coordinator.http.route.Tokens;
import org.almoner.coordinator.ignite.IgniteStores;
import org.almoner.coordinator.keys.Keys;
import org.almoner.coordinator.opening.FileKeyShelf;
import org.almoner.coordinator.operate.DiskWatch;
import org.almoner.coordinator.operate.FreeSpace;
import org.almoner.coordinator.operate.Meters;
import org.almoner.coordinator.operate.Readiness;
import org.almoner.coordinator.operate.TimedStores;
import org.almoner.coordinator.starter.StarterModule;
import org.almoner.ledger.append.LogRefused;
import org.almoner.ledger.entry.KeyRotation;
import org.almoner.ledger.http.HttpWitness;
import org.almoner.ledger.http.LogResource;
import org.almoner.ledger.http.MetricsResource;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.rotation.ProvenRotation;
import org.almoner.ledger.rotation.RotationRejected;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.ledger.witness.Cosigning;
import org.almoner.ledger.witness.WitnessClient;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.tax.donor.DonorDirectory;
import org.almoner.tax.http.BenefitsResource;
import org.almoner.tax.http.Covers;
import org.almoner.tax.http.DocumentResource;
import org.almoner.tax.http.Documents;
import org.almoner.tax.http.DonorResource;
import org.almoner.tax.http.NamesResource;
import org.almoner.tax.http.RegisterResource;
import org.almoner.tax.http.RunsResource;
import org.almoner.tax.issue.Deadlines;
import org.almoner.tax.issue.IssueRuns;
import org.almoner.tax.issue.Issuer;
import org.almoner.tax.issue.Terms;
import org.almoner.tax.jurisdiction.Gate;
import org.almoner.tax.pdf.StatementPdf;
import org.almoner.tax.receipt.Charity;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.seal.SealKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole coordinator, put together by hand from its rooms. Read top-down, this is the
 * architecture.
 */
final class Serving implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

  /** Where the source of the running program is, as its licence asks. */
  private static final URI SOURCE = URI.create("https://almoner.example/source");

  /** How often what is due by the clock is done: leases expire, and once a day lines settle. */
  private static final long TICK_SECONDS = 10;

  /** Requests for names and documents that wait for their turn; one more is told to come back. */
  private static final int DOCUMENTS_WAITING_MAX = 64;

  /** Time between two steps of the log's audit; each is some milliseconds of one processor. */
  private static final long AUDIT_SECONDS = 1;

  /** Time between two looks at how much room the disk has. */
  private static final long LOOK_SECONDS = 1;

  /** Longest wait, at the end, for a tick or a step at work. */
  private static final long LAST_TICK_SECONDS = 10;

  private final DataFolder data;
  private final IgniteStores stores;
  private final Coordinator coordinator;
  private final HttpFace face;
  private final ExecutorService desk;
  private final Runnable endRuns;
  private final ScheduledExecutorService ticks;
  private final SealKey seal;
  private final Optional<Cosigning> cosigning;
  private final Readiness readiness;
  private final Meters meters;

  private Serving(
      DataFolder data,
      IgniteStores stores,
      Coordinator coordinator,
      HttpFace face,
      ExecutorService desk,
      Runnable endRuns,
      ScheduledExecutorService ticks,
      SealKey seal,
      Optional<Cosigning> cosigning,
      Readiness readiness,
      Meters meters) {
    this.meters = meters;
    this.readiness = readiness;
    this.data = data;
    this.cosigning = cosigning;
    this.stores = stores;
    this.coordinator = coordinator;
    this.face = face;
    this.desk = desk;
    this.endRuns = endRuns;
    this.ticks = ticks;
    this.seal = seal;
  }

  /** As the other, with {@link Resources#STANDARD}, a seal of Almoner's own and its own look. */
  static Serving start(
      DataFolder data, Config config, Charity charity, Listen listen, Optional<WitnessPolicy> asked)
      throws IOException, LogRefused {
    return start(
        data,
        config,
        charity,
        Gate.closed(),
        listen,
        asked,
        Resources.STANDARD,
        SealSettings.OWN,
        new StatementPdf());
  }

  /** Opens everything below {@code data} and starts listening. */
  static Serving start(
      DataFolder data,
      Config config,
      Charity charity,
      Gate gate,
      Listen listen,
      Optional<WitnessPolicy> asked,
      Resources resources,
      SealSettings sealing,
      StatementPdf pdf)
      throws IOException, LogRefused {
    Optional<WitnessPolicy> witnesses = data.trust().witnesses(asked);
    InstantSource clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    Keys keys = data.begun() ? Keys.open(data.keys()) : Keys.openOrCreate(data.keys(), random);
    SealKey seal = seal(data, sealing, charity, clock, random);
    Hash operatorToken = data.operatorTokenDigest(random);

    DiskWatch disk =
        new DiskWatch(
            resources.disk(),
            FreeSpace.of(List.of(data.store(), data.modulesAndInputs(), data.outputs())),
            data.ballast());
    Readiness readiness = new Readiness(disk);
    IgniteStores stores = IgniteStores.open(data.store(), resources.storeBytes());
    if (data.begun() && stores.stores().register().read().isEmpty()) {
      stores.close();
      throw new LogRefused(
          "the store is empty, but a log was begun in this folder before: restore the store from a"
              + " copy; a second beginning under the same key would be a fork");
    }
    Blobs inputs = Blobs.open(data.modulesAndInputs(), resources.disk().lowWater());
    Blobs outputs = Blobs.open(data.outputs(), resources.disk().lowWater());
    if (config.starters()) {
      keepStarterModule(inputs);
    }
    Meters meters = new Meters();
    StoreTap tap = new StoreTap(TimedStores.of(stores.stores(), meters));
    TwoShelves shelf = new TwoShelves(inputs, outputs);
    Coordinator coordinator =
        open(
            stores,
            tap.stores(),
            data.archives(),
            config.after(data.trust().succeeded()),
            new FileKeyShelf(data.openingKeys()),
            shelf,
            keys,
            clock,
            random);
    data.begin(config.origin());
    Rotations rotations = rotations(data, stores, coordinator);
    List<VerifierKey> logKeys = new ArrayList<>();
    for (SigningKey key : keys.log()) {
      logKeys.add(new Ed25519NoteSigner(config.origin(), key).verifier());
    }
    data.trust().sealWith(seal.fingerprint(), clock.instant());
    data.trust()
        .add(
            charity.legalName(),
            allKeys(rotations, logKeys),
            List.of(seal.fingerprint()),
            witnesses.orElse(WitnessPolicy.NOBODY));
    data.trust().believe(sealing.timeRoots());

    LogWatch watch = new LogWatch(coordinator, stores.stores());
    watched(meters, coordinator, disk);
    meters.gauge(
        "almoner.seal.certificate.expiry.seconds",
        "When the certificate under documents ends, seconds since 1970",
        seal,
        each -> each.expires().getEpochSecond());
    listen
        .tls()
        .ifPresent(
            tls ->
                meters.gauge(
                    "almoner.tls.certificate.expiry.seconds",
                    "When the certificate ends, seconds since 1970",
                    tls,
                    each -> each.expires().getEpochSecond()));

    ExecutorService desk =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(DOCUMENTS_WAITING_MAX),
            r -> new Thread(r, "documents"));
    Optional<Cosigning> cosigning =
        witnesses.map(policy -> cosigning(policy, logKeys, stores.stores()));
    LogDesk log = new LogDesk(coordinator, stores.stores(), cosigning);
    DonorDirectory donors = DonorDirectory.open(data.donors(), random);
    ReceiptRegister register = ReceiptRegister.open(data.register());
    UnfinishedErasures.finish(coordinator.erasures(), donors, register, today(clock));
    IssuingThreads threads = new IssuingThreads();
    Terms terms = new Terms(gate, (donor, from, to) -> donors.benefits().within(donor, from, to));
    Issuer issuer =
        new Issuer(
            log,
            register,
            donors,
            charity,
            sealing.sealer(seal, random),
            pdf.signing(new Ed25519NoteSigner(config.origin(), keys.log().get(0))),
            terms,
            Software.printed(),
            threads.drawing(),
            clock);
    IssueRuns runs = new IssueRuns(issuer, data.runs(), threads.run(), clock);
    Deadlines deadlines = new Deadlines(log, register, donors, terms, runs::summaryOfAll, clock);
    runs.whenOver(deadlines::refresh);
    meters.gauge(
        "almoner.documents.due",
        "Donors without a document who need one within 14 days, or needed it, as of today",
        deadlines,
        Deadlines::last);
    Tokens tokens = new Tokens(coordinator, operatorToken);
    HouseDoor door =
        new HouseDoor(coordinator, tokens, NamedOperators.open(data.operators(), random));
    Documents documents = new Documents(register, new Covers(charity, pdf, clock));
    HttpFace face =
        HttpFace.start(
            new HttpSettings(listen, resources.http(), resources.rates(), operatorToken, SOURCE),
            coordinator,
            inputs,
            outputs,
            new HttpFace.Shown(
                new NewestCheckpoint(log, coordinator),
                stores.stores().log(),
                new DonorsDocuments(register)),
            List.of(
                new LogResource(
                    stores.stores().log(),
                    () ->
                        stores
                            .stores()
                            .register()
                            .read()
                            .map(note -> cosigning.map(c -> c.over(note)).orElse(note)),
                    () -> cosigning.flatMap(Cosigning::signed),
                    () -> rotations),
                new MetricsResource(coordinator::pulse, watch::progress, meters::text),
                new BackupResource(
                    new BackupRoutes(new ServedBackups(tap, data, issuer, desk), tokens)),
                new RegisterResource(door, donors, issuer, documents, clock, desk),
                new RunsResource(door, runs, deadlines, desk),
                new DocumentResource(door, issuer, register, documents, clock, desk),
                new DonorResource(door, donors, documents, issuer, clock, desk),
                new NamesResource(door, donors, desk),
                new BenefitsResource(door, donors, issuer, register, clock, desk)),
            readiness::closed,
            meters,
            clock,
            random);
    runs.resume();
    retained(register, clock);
    data.listening(url(listen, face.address()));
    ScheduledExecutorService ticks = ticking(coordinator, watch, disk);
    var unusedRun =
        ticks.scheduleWithFixedDelay(runs::goOn, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    // Over all donors it takes long: on the thread of runs, which may.
    var unusedDue =
        ticks.scheduleWithFixedDelay(
            () -> threads.run().execute(deadlines::refresh), 0, 1, TimeUnit.HOURS);
    var unusedDay =
        ticks.scheduleWithFixedDelay(() -> retained(register, clock), 1, 1, TimeUnit.DAYS);
    return new Serving(
        data,
        stores,
        coordinator,
        face,
        desk,
        () -> threads.close(runs),
        ticks,
        seal,
        cosigning,
        readiness,
        meters);
  }

  /** Address of the coordinator's page. */
  InetSocketAddress address() {
    return face.address();
  }

  Coordinator coordinator() {
    return coordinator;
  }

  SealKey seal() {
    return seal;
  }

  /** Stops listening, finishes what was begun, closes the stores. */
  @Override
  public void close() throws IOException {
    readiness.stop();
    face.close();
    endTicks();
    desk.shutdownNow();
    endRuns.run();
    cosigning.ifPresent(Cosigning::close);
    coordinator.close();
    stores.close();
    meters.close();
    data.close();
  }

  private static ScheduledExecutorService ticking(
      Coordinator coordinator, LogWatch watch, DiskWatch disk) {
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "ticks"));
    Runnable tick =
        () -> {
          if (disk.low().isEmpty()) {
            var unused = coordinator.tick();
          }
        };
    var unusedLook =
        ticks.scheduleWithFixedDelay(disk::step, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    var unusedTick =
        ticks.scheduleWithFixedDelay(tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    var unusedStep =
        ticks.scheduleWithFixedDelay(watch::step, AUDIT_SECONDS, AUDIT_SECONDS, TimeUnit.SECONDS);
    return ticks;
  }

  /** Never interrupts a read: what is cut short would look like damage. */
  private void endTicks() {
    ticks.shutdown();
    try {
      if (!ticks.awaitTermination(LAST_TICK_SECONDS, TimeUnit.SECONDS)) {
        ticks.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void watched(Meters meters, Coordinator coordinator, DiskWatch disk) {
    meters
        .gauge(
            "almoner.writer.waiting",
            "Requests that wait for the writer",
            coordinator,
            Coordinator::waiting)
        .gauge(
            "almoner.batches",
            "Batches that are not done",
            coordinator,
            c -> c.batches().stream().filter(batch -> !batch.done()).count())
        .gauge(
            "almoner.leases.out",
            "Units that are leased now",
            coordinator,
            c -> c.batches().stream().mapToLong(BatchView::leased).sum())
        .gauge(
            "almoner.reports.gaps",
            "Gaps in agents' numbered reports, recorded since the start",
            coordinator,
            Coordinator::gaps)
        .gauge("almoner.disk.free.bytes", "Room on the disk", disk, DiskWatch::free)
        .gauge(
            "almoner.disk.reserve.bytes",
            "Size of the file that is given up on a full disk",
            disk,
            DiskWatch::reserved)
        .gauge(
            "almoner.disk.low",
            "1 while nothing is accepted for want of room",
            disk,
            d -> d.low().isPresent() ? 1 : 0);
  }

  /** Lets go of erased donors' files that no law wants kept any longer. */
  private static void retained(ReceiptRegister register, InstantSource clock) {
    try {
      List<String> gone = register.expire(today(clock));
      if (!gone.isEmpty()) {
        LOG.atInfo().addKeyValue("documents", gone).log("Files of erased donors were destroyed");
      }
    } catch (IOException e) {
      LOG.atError().setCause(e).log("Files that should be destroyed are not; tried again tomorrow");
    }
  }

  private static LocalDate today(InstantSource clock) {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static String url(Listen listen, InetSocketAddress address) {
    String scheme = listen.isSecure() ? "https" : "http";
    String host = address.getHostString();
    return scheme
        + "://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + address.getPort();
  }

  private static void keepStarterModule(Blobs inputs) throws IOException {
    if (!inputs.has(StarterModule.DIGEST)) {
      try {
        inputs.put(
            StarterModule.DIGEST,
            new ByteArrayInputStream(StarterModule.OCTETS.toArray()),
            StarterModule.OCTETS.size());
      } catch (RefusedBlob e) {
        throw new IOException("the module of starter units cannot be kept: " + e.getMessage(), e);
      }
    }
  }

  private static Cosigning cosigning(
      WitnessPolicy policy, List<VerifierKey> logKeys, Stores stores) {
    HttpClient http = HttpClient.newHttpClient();
    Map<String, WitnessClient> clients = new LinkedHashMap<>();
    policy
        .witnesses()
        .forEach(
            (name, witness) ->
                witness.url().ifPresent(url -> clients.put(name, new HttpWitness(http, url))));
    return new Cosigning(policy, clients, logKeys, stores.register(), new LogReader(stores.log()));
  }

  private static Coordinator open(
      IgniteStores stores,
      Stores tapped,
      Path archives,
      Config config,
      FileKeyShelf openings,
      TwoShelves shelf,
      Keys keys,
      InstantSource clock,
      SecureRandom random)
      throws IOException, LogRefused {
    try {
      return Coordinator.open(
          config,
          tapped.archivingTo(FolderArchives.open(archives)),
          openings,
          shelf,
          new ModuleAdmission(shelf),
          keys,
          clock,
          random);
    } catch (IOException | LogRefused | RuntimeException e) {
      stores.close();
      throw e;
    }
  }

  /** The seal, made at the first start only: later a missing one is not to be replaced unseen. */
  private static SealKey seal(
      DataFolder data,
      SealSettings sealing,
      Charity charity,
      InstantSource clock,
      SecureRandom random)
      throws IOException {
    if (!sealing.isOwn()) {
      return sealing.file(data.seal()).open();
    }
    if (data.begun() && !Files.exists(data.seal())) {
      throw new IOException(
          "the charity's seal "
              + data.seal()
              + " is missing, though this coordinator ran before; restore it from a copy, or draw"
              + " another with 'almoner keys rotate seal' if there is none");
    }
    return SealKey.openOrCreate(data.seal(), charity.legalName(), clock, random);
  }

  /** As the other, and closes what was opened when the start is refused. */
  private static Rotations rotations(DataFolder data, IgniteStores stores, Coordinator coordinator)
      throws IOException {
    try {
      return rotations(data, coordinator);
    } catch (IOException | RuntimeException e) {
      coordinator.close();
      stores.close();
      throw e;
    }
  }

  /** All rotations; one that was just logged is kept with its proof, as long as both keys sign. */
  private static Rotations rotations(DataFolder data, Coordinator coordinator) throws IOException {
    Rotations known = data.rotations();
    List<KeyRotation> kept = known.all().stream().map(ProvenRotation::rotation).toList();
    List<KeyRotation> logged = coordinator.rotations();
    if (kept.equals(logged)) {
      return known;
    }
    Optional<ProvenRotation> last = coordinator.rotation();
    if (last.isEmpty() || !kept.equals(logged.subList(0, logged.size() - 1))) {
      throw new IOException(
          "rotations.json holds "
              + kept.size()
              + " rotations of the log key and not, in their order, the "
              + logged.size()
              + " that the log has: restore the file from a copy; without the early ones agents"
              + " that slept and readers who know the first key could not follow");
    }
    try {
      last.get().verify();
    } catch (RotationRejected e) {
      throw new IOException(
          "rotations.json has no proof of the log's new key, and a new one cannot be made: "
              + e.getMessage()
              + "; restore the file from a copy",
          e);
    }
    Rotations more = known.with(last.get());
    data.keep(more);
    return more;
  }

  /** Every key the log ever had, the oldest first. */
  private static List<VerifierKey> allKeys(Rotations rotations, List<VerifierKey> inUse) {
    Set<VerifierKey> all = new LinkedHashSet<>();
    for (ProvenRotation proven : rotations.all()) {
      all.add(proven.rotation().from());
      all.add(proven.rotation().to());
    }
    all.addAll(inUse);
    return List.copyOf(all);
  }
}
