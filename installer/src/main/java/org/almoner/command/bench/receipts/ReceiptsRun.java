package org.almoner.command.bench.receipts;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.command.bench.BenchFailed;
import org.almoner.coordinator.journal.KnownKeys;
import org.almoner.ledger.append.Committed;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tally.Statement;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.tax.evidence.EvidenceZip;
import org.almoner.tax.issue.Drawing;
import org.almoner.tax.issue.DrawingFailed;
import org.almoner.tax.issue.StatementOpening;
import org.almoner.tax.jurisdiction.Benefits;
import org.almoner.tax.jurisdiction.Profile;
import org.almoner.tax.pdf.Attachment;
import org.almoner.tax.pdf.DocumentRefused;
import org.almoner.tax.pdf.StatementPdf;
import org.almoner.tax.receipt.Addressee;
import org.almoner.tax.receipt.Charity;
import org.almoner.tax.receipt.LogEvidence;
import org.almoner.tax.receipt.OperatorSettings;
import org.almoner.tax.receipt.PageMark;
import org.almoner.tax.receipt.Period;
import org.almoner.tax.receipt.Software;
import org.almoner.tax.receipt.StatementPage;
import org.almoner.tax.seal.Seal;
import org.almoner.tax.seal.SealKey;

/** Makes receipts from a log that is filled, in the process that is measured. */
final class ReceiptsRun {
  /** Statements that are logged together. */
  private static final int TOGETHER = 16;

  private static final double KIB_PER_MIB = 1024;
  private static final LocalDate ISSUED = LocalDate.of(ReceiptsLog.YEAR + 1, 2, 1);
  private static final Instant SEALED = Instant.parse("2027-02-01T10:00:00Z");
  private static final Software SOFTWARE = new Software("Almoner agent", "0.1.0");
  private static final Charity CHARITY =
      new Charity(
          "Open Estuary Computing Trust",
          List.of("14 Quay Lane", "Aberdovey LL35 0AA", "United Kingdom"),
          "statements@estuary.example",
          "Registered charity no. 0000000");

  private final ReceiptsSettings settings;
  private final int lines;
  private final int donors;
  private final Path documents;
  private final ReceiptsLog log;
  private final Profile profile = Profile.generic();
  private final SealKey key;
  private final AtomicLong pdfBytes = new AtomicLong();
  private final AtomicLong evidenceBytes = new AtomicLong();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  private ReceiptsRun(ReceiptsSettings settings, int lines, ReceiptsLog log) throws IOException {
    this.settings = settings;
    this.lines = lines;
    this.donors = settings.donors(lines);
    this.log = log;
    this.documents = Files.createDirectories(settings.folder().resolve("documents"));
    this.key =
        SealKey.openOrCreate(
            settings.folder().resolve("seal.p12"),
            CHARITY.legalName(),
            InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")),
            new SecureRandom());
  }

  /**
   * The figures of one number of lines, as JSON; {@code settings.folder} holds the filled log.
   *
   * @throws BenchFailed when a receipt is refused
   */
  static ReceiptsPhase measure(ReceiptsSettings settings, int lines)
      throws IOException, InterruptedException, BenchFailed {
    try (ReceiptsLog log = ReceiptsLog.open(settings.folder())) {
      return new ReceiptsRun(settings, lines, log).measured();
    }
  }

  /** What one thread used in each stage. */
  private static final class Times {
    private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
    private final ThreadMXBean threads;
    private long last;

    Times(ThreadMXBean threads) {
      this.threads = threads;
      this.last = threads.getCurrentThreadCpuTime();
    }

    void end(Stage stage) {
      long now = threads.getCurrentThreadCpuTime();
      nanos.merge(stage, now - last, Long::sum);
      last = now;
    }
  }

  private ReceiptsPhase measured() throws IOException, InterruptedException, BenchFailed {
    long begun = System.nanoTime();
    Drawing drawing;
    try {
      drawing = Drawing.read(ReceiptsLog.ORIGIN, log.checkpoint(), log.reader());
    } catch (DrawingFailed e) {
      throw new BenchFailed("the log of the measurement: " + e.getMessage(), e);
    }
    double logSeconds = (System.nanoTime() - begun) / 1e9;
    run(drawing, settings.warmup(), Long.MAX_VALUE);
    pdfBytes.set(0);
    evidenceBytes.set(0);
    long cpu = cpuNanos();
    long from = System.nanoTime();
    List<Times> times = new ArrayList<>();
    long made = run(drawing, settings.seconds(), donors, times);
    double seconds = (System.nanoTime() - from) / 1e9;
    double used = (cpuNanos() - cpu) / 1e9;
    Map<Stage, Double> stages = new EnumMap<>(Stage.class);
    for (Times each : times) {
      each.nanos.forEach((stage, nanos) -> stages.merge(stage, nanos / 1e6 / made, Double::sum));
    }
    return new ReceiptsPhase(
        lines,
        donors,
        made,
        made / used,
        made / seconds,
        settings.threads(),
        peakMib(),
        logSeconds,
        pdfBytes.get() / made,
        evidenceBytes.get() / made,
        stages);
  }

  private void run(Drawing drawing, int seconds, long most)
      throws IOException, InterruptedException, BenchFailed {
    if (seconds > 0) {
      run(drawing, seconds, most, new ArrayList<>());
    }
  }

  /** Makes receipts of one donor after another until the time is over or {@code most} are made. */
  private long run(Drawing drawing, int seconds, long most, List<Times> times)
      throws IOException, InterruptedException, BenchFailed {
    AtomicLong next = new AtomicLong();
    AtomicLong made = new AtomicLong();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    ExecutorService pool = Executors.newFixedThreadPool(settings.threads());
    try {
      List<Future<Times>> working = new ArrayList<>();
      for (int thread = 0; thread < settings.threads(); thread++) {
        working.add(pool.submit(() -> work(drawing, end, most, next, made)));
      }
      for (Future<Times> each : working) {
        times.add(each.get());
      }
    } catch (ExecutionException e) {
      throw new BenchFailed("a receipt was not made: " + e.getCause(), e);
    } finally {
      pool.shutdownNow();
    }
    return made.get();
  }

  private Times work(Drawing drawing, long end, long most, AtomicLong next, AtomicLong made)
      throws IOException, BenchFailed, DrawingFailed, DocumentRefused {
    StatementPdf pdf = new StatementPdf().signing(ReceiptsLog.signer());
    Times times = new Times(threads);
    while (System.nanoTime() < end) {
      long first = next.getAndAdd(TOGETHER);
      long stop = Math.min(most, first + TOGETHER);
      if (first >= stop) {
        return times;
      }
      List<Statement> statements = new ArrayList<>();
      for (long i = first; i < stop; i++) {
        int donor = (int) (i % donors);
        var openings = log.donor(donor).read(new KnownKeys());
        times.end(Stage.READ);
        Drawing.Drawn drawn =
            drawing.draw(
                openings,
                LocalDate.of(ReceiptsLog.YEAR, 1, 1),
                LocalDate.of(ReceiptsLog.YEAR, 12, 31));
        times.end(Stage.DRAW);
        Path file = documents.resolve(donor + ".evidence.zip");
        MessageDigest running = Hash.newDigest();
        try (OutputStream out =
            new DigestOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file)), running)) {
          EvidenceZip.write(drawn.evidence(), out);
        }
        Hash digest = Hash.of(running.digest());
        evidenceBytes.addAndGet(Files.size(file));
        times.end(Stage.EVIDENCE);
        sync(file);
        times.end(Stage.WRITE);
        statements.add(statement(donor, drawing, drawn, digest));
        if (System.nanoTime() >= end) {
          break; // With very many lines to a donor sixteen take long.
        }
      }
      finish(statements, pdf, times);
      made.addAndGet(statements.size());
    }
    return times;
  }

  private void finish(List<Statement> statements, StatementPdf pdf, Times times)
      throws IOException, BenchFailed, DocumentRefused {
    List<StatementOpening> openings =
        statements.stream()
            .map(each -> new StatementOpening(Hash.sha256(each.donor().octets().toArray()), each))
            .toList();
    Committed committed = log.commit(openings.stream().map(each -> each.entry().octets()).toList());
    LogReader reader = log.reader();
    reader.learn(committed.tiles());
    List<Bytes> proofs = new ArrayList<>();
    for (int i = 0; i < openings.size(); i++) {
      long leaf = committed.firstIndex() + i;
      proofs.add(
          Bytes.utf8(
              TlogProof.of(leaf, reader.inclusion(leaf, committed.size()), committed.checkpoint())
                  .format()));
    }
    times.end(Stage.LOG);
    for (int i = 0; i < openings.size(); i++) {
      StatementPage page = page(openings.get(i).statement(), committed.firstIndex() + i, committed);
      // As an issuer does before it takes a number.
      List<String> refusals =
          pdf.refusals(
              page, profile.wording("en"), List.of(Attachment.STATEMENT, Attachment.PROOF));
      if (!refusals.isEmpty()) {
        throw new BenchFailed("a page is refused: " + refusals.get(0));
      }
      byte[] rendered =
          pdf.render(
              page,
              profile.wording("en"),
              List.of(
                  Attachment.statement(openings.get(i).octets()), Attachment.proof(proofs.get(i))));
      times.end(Stage.RENDER);
      byte[] sealed = Seal.seal(rendered, key, SEALED);
      times.end(Stage.SEAL);
      pdfBytes.addAndGet(sealed.length);
      write(documents.resolve(page.number() + ".pdf"), sealed);
      times.end(Stage.WRITE);
    }
    log.commit(
        statements.stream()
            .map(
                each ->
                    Commitment.of(
                            Kind.RECEIPT,
                            ReceiptsLog.ORIGIN,
                            each.evidence(),
                            0,
                            CanonicalJson.bytes(each.toJson()))
                        .entry()
                        .octets())
            .toList());
    times.end(Stage.LOG);
  }

  private Statement statement(int donor, Drawing drawing, Drawing.Drawn drawn, Hash evidence) {
    return new Statement(
        ReceiptsLog.ORIGIN,
        String.format("%d-%06d", ReceiptsLog.YEAR, donor + 1),
        ReceiptsLog.id(donor),
        LocalDate.of(ReceiptsLog.YEAR, 1, 1),
        LocalDate.of(ReceiptsLog.YEAR, 12, 31),
        SOFTWARE.name() + " " + SOFTWARE.version(),
        profile.name(),
        OperatorSettings.MATURITY_DEFAULT.toSeconds(),
        false,
        drawing.size(),
        drawing.checkpoint().checkpoint().root(),
        drawn.tally(),
        evidence);
  }

  private StatementPage page(Statement statement, long leaf, Committed committed) {
    return new StatementPage(
        CHARITY,
        new Addressee(
            "Zofia Wójcik-" + statement.number(),
            List.of("ul. Długa 7/3", "80-827 Gdańsk", "Poland")),
        statement.number(),
        ISSUED,
        Period.year(ReceiptsLog.YEAR),
        statement.donor().toHex(),
        SOFTWARE,
        statement.tally(),
        new Benefits.NoneRecorded(),
        new OperatorSettings(Duration.ofSeconds(statement.maturitySeconds()), false),
        new LogEvidence(
            ReceiptsLog.ORIGIN,
            leaf,
            committed.size(),
            committed.checkpoint().checkpoint().root(),
            statement.lines(),
            ISSUED),
        PageMark.NONE,
        "");
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      file.force(true);
    }
  }

  private static void write(Path path, byte[] octets) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(octets);
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
      file.force(true);
    }
  }

  private static long cpuNanos() throws BenchFailed {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean known) {
      return known.getProcessCpuTime();
    }
    throw new BenchFailed("this Java does not tell how much processor time it used");
  }

  private static double peakMib() throws IOException, BenchFailed {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      throw new BenchFailed("this system does not tell the resident memory; measure on Linux");
    }
    return Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow(() -> new BenchFailed(status + " does not tell the resident memory"))
        / KIB_PER_MIB;
  }
}
