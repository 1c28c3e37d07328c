package org.almoner.command.audit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.run.Measured;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Runner;
import org.almoner.agent.run.Running;
import org.almoner.agent.run.Spent;
import org.almoner.agent.run.Task;
import org.almoner.ledger.append.FileCheckpointRegister;
import org.almoner.ledger.append.FileLogStore;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.audit.ErasedLeaves;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.CheckSecret;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Day;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.ReleaseEntry;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.read.TileDirectory;
import org.almoner.ledger.sample.Dice;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.enrolment.Enrolment;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.problem.Problem;
import org.almoner.protocol.release.Release;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.protocol.usage.Energy;
import org.almoner.protocol.usage.Held;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.UsageReport;
import org.almoner.workload.batch.BatchSpec;
import org.almoner.workload.batch.BatchUnits;
import org.almoner.workload.compare.Comparison;
import org.almoner.workload.wasm.WasmModule;

/**
 * A log of which every line counts, a coordinator that answers an auditor as it is told, and a
 * computer on which a unit takes no time.
 */
final class AuditedWorld implements AutoCloseable {
  static final String ORIGIN = "log.example/audited";
  static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  static final long NOON = DAY.atTime(12, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
  static final long UNITS = 100;
  static final long COUNT = 1_000_000;
  static final Allotment ALLOTMENT = new Allotment(2, 16 << 20, 1 << 20, 600_000);
  static final long MACHINE_BYTES = 4L << 30;
  static final Bytes MODULE = Bytes.utf8("a module");
  static final OutputBundle OUTPUT = bundle("2 3 5 7");

  private static final String OUTPUTS = "/api/v1/outputs/";
  private static final Hash SALT = Hash.sha256(new byte[] {9});
  private static final Ed25519NoteSigner LOG = new Ed25519NoteSigner(ORIGIN, key(1));

  final SigningKey owner = key(2);
  final SigningKey agent = key(3);
  final Map<String, JsonValue.Obj> answers = new ConcurrentHashMap<>();
  final Map<String, Integer> problems = new ConcurrentHashMap<>();
  final List<Entry> entries = new ArrayList<>();

  /** Outputs that the coordinator shows to be compared, by digest. */
  final Map<String, Bytes> outputs = new ConcurrentHashMap<>();

  /** What lines are settled as; those that are not here are accepted. */
  final Map<Long, Outcome> settled = new TreeMap<>();

  private Comparison comparison = Comparison.EXACT;

  /** What the operator lists as erased before the dice fall. */
  final List<Long> erased = new ArrayList<>();

  Runner runner = task -> ran(OUTPUT, COUNT, task);
  private final List<Long> lines = new ArrayList<>();
  private final Path folder;
  private final HttpServer server;
  private int runs;

  AuditedWorld(Path folder) throws IOException {
    this.folder = folder;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    entries.add(new Day(DAY).entry());
    Envelope release = release();
    try {
      entries.add(ReleaseEntry.of(release).entry());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    entries.add(Commitment.of(Kind.ENROLMENT, ORIGIN, SALT, 0, enrolment(agent).record()).entry());
    show(batch(), release);
  }

  static SigningKey key(int number) {
    byte[] seed = new byte[SigningKey.SEED_SIZE];
    seed[0] = (byte) number;
    return SigningKey.of(seed);
  }

  static OutputBundle bundle(String content) {
    return new OutputBundle(
        List.of(new OutputBundle.OutputFile(new BundlePath("primes.txt"), Bytes.utf8(content))));
  }

  Envelope enrolment(SigningKey of) {
    Enrolment enrolment =
        new Enrolment(ORIGIN, of.publicKey(), "test/1", "linux", "amd64", 4, MACHINE_BYTES);
    return Envelope.sign(Envelope.Kind.ENROLMENT, enrolment.toJson(), of);
  }

  Envelope release() {
    Release release =
        new Release(
            "primes",
            "1.0",
            "MIT",
            "https://example.org/primes",
            "0".repeat(40),
            "clang 14",
            new BlobRef("primes.wasm", Hash.sha256(MODULE.toArray()), MODULE.size()),
            List.of("{first}", "{last}"));
    return Envelope.sign(Envelope.Kind.RELEASE, release.toJson(), owner);
  }

  Envelope batch() {
    BatchSpec spec =
        new BatchSpec(
            ORIGIN,
            "primes",
            "Look for primes, for a test.",
            release().digest(),
            new BatchUnits.Range(1, UNITS, 1),
            List.of(),
            ALLOTMENT,
            List.of("primes.txt"),
            2,
            0,
            comparison);
    return Envelope.sign(Envelope.Kind.BATCH, spec.toJson(), owner);
  }

  /** The batch, from now on, is one whose results are compared so. */
  void compare(Comparison by) {
    answers.remove(batchRoute());
    comparison = by;
    show(batch(), release());
  }

  /** An honest line of the next unit that left this; the coordinator shows what it left. */
  long line(OutputBundle output, long count) {
    Bytes octets = Bytes.of(output.encode());
    outputs.put(output.digest().toHex(), octets);
    return line(
        line ->
            new UsageLine(
                line.lease(),
                line.grant(),
                line.release(),
                line.meter(),
                line.startMs(),
                line.endMs(),
                line.wallMs(),
                line.cpuMs(),
                line.memPeakBytes(),
                line.memMeanBytes(),
                line.memReservedBytes(),
                line.gpus(),
                count,
                output.digest(),
                Held.of(line.lease(), AgentId.of(agent.publicKey()), octets),
                line.exit(),
                line.energies()));
  }

  /** The unit's result, as it is shown with the line at {@code leaf}, is this one. */
  void agreed(long leaf, long unit, OutputBundle output, long count) {
    outputs.put(output.digest().toHex(), Bytes.of(output.encode()));
    withhold(
        leaf,
        "agreed",
        JsonValue.Obj.of()
            .put("unit", unit)
            .put("output", output.digest().toHex())
            .put("count", count)
            .build());
  }

  BatchId batchId() {
    return BatchSpec.idOf(batch().digest());
  }

  String batchRoute() {
    return "/api/v1/audit/batches/" + batchId().toHex();
  }

  static String blobRoute() {
    return "/api/v1/blobs/" + Hash.sha256(MODULE.toArray()).toHex();
  }

  void show(Envelope batch, Envelope release) {
    answers.put(
        batchRoute(),
        JsonValue.Obj.of().put("batch", batch.toJson()).put("release", release.toJson()).build());
  }

  /** An honest line of the next unit, as its agent changed it before it signed; its leaf. */
  long line(UnaryOperator<UsageLine> change) {
    long leaf = entries.size();
    LeaseId lease = new LeaseId(batchId(), lines.size(), 0);
    UsageReport report =
        new UsageReport(
            ORIGIN,
            AgentId.of(agent.publicKey()),
            lines.size(),
            lines.isEmpty() ? Hash.ZERO : SALT,
            List.of(change.apply(honest(lease))));
    Envelope signed = Envelope.sign(Envelope.Kind.USAGE_REPORT, report.toJson(), agent);
    entries.add(Commitment.of(Kind.USAGE, ORIGIN, SALT, 0, signed.record()).entry());
    lines.add(leaf);
    answers.put(route(leaf), opening(leaf, SALT, signed, report.lines().get(0).lease().unit()));
    return leaf;
  }

  long line() {
    return line(line -> line);
  }

  static String route(long leaf) {
    return "/api/v1/audit/leaves/" + leaf;
  }

  JsonValue.Obj opening(long leaf, Hash salt, Envelope report, long unit) {
    return JsonValue.Obj.of()
        .put("leaf", leaf)
        .put("salt", salt.toHex())
        .put("part", 0)
        .put("report", report.toJson())
        .put(
            "agreed",
            JsonValue.Obj.of()
                .put("unit", unit)
                .put("output", OUTPUT.digest().toHex())
                .put("count", COUNT)
                .build())
        .put("enrolment", enrolled(2, agent))
        .build();
  }

  /** Leaves a field out of what opens a line, or puts another in its place. */
  void withhold(long leaf, String field, JsonValue... instead) {
    JsonValue.Builder changed = JsonValue.Obj.of();
    answers
        .get(route(leaf))
        .fields()
        .forEach(
            (name, value) -> {
              if (!name.equals(field)) {
                changed.put(name, value);
              }
            });
    for (JsonValue value : instead) {
      changed.put(field, value);
    }
    answers.put(route(leaf), changed.build());
  }

  /** The next day begins, with a check-secret of its own. */
  void nextDay() {
    entries.add(CheckSecret.hidden(DAY.plusDays(1), Bytes.of(SALT.toArray())).entry());
    entries.add(new Day(DAY.plusDays(1)).entry());
  }

  /** What is shown as an enrolment at {@code leaf}. */
  JsonValue.Obj enrolled(long leaf, SigningKey of) {
    return JsonValue.Obj.of()
        .put("leaf", leaf)
        .put("salt", SALT.toHex())
        .put("enrolment", enrolment(of).toJson())
        .build();
  }

  /** The agent enrols once more, after the lines so far; the leaf. */
  long enrol() {
    entries.add(entries.get(2));
    return entries.size() - 1;
  }

  private UsageLine honest(LeaseId lease) {
    return new UsageLine(
        lease,
        Hash.ZERO,
        release().digest(),
        WasmModule.METER_VERSION,
        NOON,
        NOON + 10_000,
        10_000,
        9_000,
        90 << 20,
        80 << 20,
        ALLOTMENT.memoryBytes(),
        List.of(),
        COUNT,
        OUTPUT.digest(),
        Held.of(lease, AgentId.of(agent.publicKey()), Bytes.of(OUTPUT.encode())),
        0,
        List.of(new Energy(24, Energy.Tier.M3)));
  }

  /** What a run on this computer comes to. */
  static Running ran(OutputBundle output, long count, Task task) throws IOException {
    Path bundle = Files.write(task.directory().resolve("bundle"), output.encode());
    return ended(new RunOutcome.Finished(0, count, bundle, output.digest(), List.of(), measured()));
  }

  static Measured measured() {
    return new Measured(NOON, NOON + 1, 1, 1, 1, 1, 1);
  }

  static Running ended(RunOutcome outcome) {
    return new Running() {
      @Override
      public Engine engine() {
        return Engine.PORTABLE;
      }

      @Override
      public RunOutcome await() {
        return outcome;
      }

      @Override
      public Spent spent() {
        return Spent.NOTHING;
      }

      @Override
      public void stop() {}

      @Override
      public void pause() {}

      @Override
      public void resume() {}
    };
  }

  /** Settles every line, signs the log, and looks at all lines, by leaf. */
  Map<Long, LineResult> audit() throws Exception {
    Map<Long, LineResult> results = new TreeMap<>();
    for (LineResult result : sample(lines.size(), folder.resolve("audit")).results()) {
      results.put(result.leaf(), result);
    }
    return results;
  }

  /** The one line there is. */
  LineResult only() throws Exception {
    return audit().values().iterator().next();
  }

  /** A sample of so many, kept in {@code place}. */
  Sample sample(int units, Path place) throws Exception {
    SignedCheckpoint checkpoint = signed();
    AuditFolder audit = Files.exists(place) ? AuditFolder.open(place) : AuditFolder.make(place);
    ErasedLeaves list = ErasedLeaves.of(ORIGIN, erased);
    audit.keep(list, SALT);
    audit.begin(
        new Begun(NOON, checkpoint.format(), "log", ErasedPledge.of(list, SALT), false),
        new byte[] {'x'});
    Dice dice = Dice.parse("12345612345612345612");
    audit.keep(dice);
    SampleRun run =
        new SampleRun(
            audit,
            checkpoint,
            dice,
            new TileDirectory(folder.resolve("log")),
            Clock.fixed(Instant.ofEpochMilli(NOON), ZoneOffset.UTC),
            (line, milestone) -> {});
    return run.run(
        units,
        (index, octets) -> {},
        new SampleRun.Means(
            HttpClient.newHttpClient(),
            CoordinatorAddress.parse("http://127.0.0.1:" + server.getAddress().getPort()),
            "token",
            task -> {
              runs++;
              return runner.start(task);
            },
            pause -> {},
            new Random(1)));
  }

  /** Units that were started. */
  int runs() {
    return runs;
  }

  private SignedCheckpoint signed() throws Exception {
    Path log = folder.resolve("log");
    if (!Files.exists(log)) {
      Path own = Files.createDirectories(folder.resolve("own"));
      if (!lines.isEmpty()) {
        long last = lines.get(lines.size() - 1);
        List<Outcome> outcomes = new ArrayList<>();
        for (long leaf = lines.get(0); leaf <= last; leaf++) {
          outcomes.add(
              lines.contains(leaf) ? settled.getOrDefault(leaf, Outcome.ACCEPTED) : Outcome.NONE);
        }
        entries.add(new Settlement(lines.get(0), outcomes).entry());
      }
      try (FileLogStore store = FileLogStore.open(Files.createDirectories(log), own)) {
        FileCheckpointRegister register =
            new FileCheckpointRegister(log.resolve("checkpoint"), own.resolve("register.lock"));
        Sequencer.create(ORIGIN, List.of(LOG), store, register);
        Sequencer.open(ORIGIN, List.of(LOG), store, register)
            .commit(entries.stream().map(Entry::octets).toList(), Bytes.of(new byte[0]));
      }
    }
    return SignedCheckpoint.open(
        Files.readString(log.resolve("checkpoint")), ORIGIN, List.of(LOG.verifier()));
  }

  private void answer(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      int status = problems.getOrDefault(path, 200);
      byte[] body;
      if (status == 200 && path.equals(blobRoute())) {
        body = MODULE.toArray();
      } else if (status == 200 && isAuditedOutput(exchange)) {
        body = outputs.get(path.substring(OUTPUTS.length())).toArray();
      } else if (status == 200 && answers.containsKey(path)) {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        body = CanonicalJson.encode(answers.get(path));
      } else {
        status = status == 200 ? 404 : status;
        exchange.getResponseHeaders().add("Content-Type", Problem.MEDIA_TYPE);
        body =
            CanonicalJson.encode(
                new Problem(status, "a-slug", "A title", "the coordinator says why").toJson());
      }
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isAuditedOutput(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return path.startsWith(OUTPUTS)
        && String.valueOf(exchange.getRequestURI().getQuery()).startsWith("leaf=")
        && outputs.containsKey(path.substring(OUTPUTS.length()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
