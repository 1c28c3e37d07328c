package org.almoner.agent.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.outbox.Chain;
import org.almoner.agent.outbox.OutputFile;
import org.almoner.agent.proof.Receipt;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.enrolment.Enrolment;
import org.almoner.protocol.enrolment.Link;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.lease.LeaseRequest;
import org.almoner.protocol.lease.Program;
import org.almoner.protocol.lease.Renewal;
import org.almoner.protocol.lease.RenewalAnswer;
import org.almoner.protocol.lease.Upload;
import org.almoner.protocol.lease.Work;
import org.almoner.protocol.problem.Problem;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.UsageReport;
import org.almoner.protocol.usage.VerifiedReport;

/**
 * A coordinator small enough to read: the real routes over real HTTP, real signatures, a real log,
 * and the strictest reading of what an agent may send. Tests change what it says through the public
 * fields.
 *
 * <p>Longer than most: every route an agent uses is here, and each is short.
 */
public final class TestCoordinator implements AutoCloseable {
  static {
    // Otherwise each answer waits 40 ms for the acknowledgment of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  public static final String METER = "test-meter/1";
  public static final String CODE = "ABCD-EFGH-JKLM";
  public static final BatchId BATCH = BatchId.parseHex("00112233445566ff");
  public static final Bytes MODULE = Bytes.utf8("\0asm of a test");

  public final SmallLog log;
  public final SigningKey grantKey;

  /** What every accepted record is answered with, after the change a test wants. */
  public volatile UnaryOperator<Receipt> onReceipt = receipt -> receipt;

  /** Refuses reports that it matches. */
  public volatile java.util.function.Function<UsageReport, Optional<Problem>> refuseReport =
      report -> Optional.empty();

  public volatile UnaryOperator<Grant> onGrant = grant -> grant;
  public volatile SigningKey signsGrants;
  public volatile String shownOrigin;
  public volatile SigningKey shownKey;
  public volatile int noWorkMs = 20;
  public volatile long clockAheadMs;

  /** Answers this many requests of a route with 503 before it is well again. */
  public final Map<String, Integer> busy = new ConcurrentHashMap<>();

  public final List<String> requests = java.util.Collections.synchronizedList(new ArrayList<>());
  public final Map<Hash, Bytes> blobs = new ConcurrentHashMap<>();
  public final Map<LeaseId, UsageLine> logged = new LinkedHashMap<>();
  public final List<Bytes> reportsSeen = new ArrayList<>();
  public final List<Link> links = new ArrayList<>();
  public final List<Hash> uploaded = new ArrayList<>();
  public final List<LeaseRequest> asked = java.util.Collections.synchronizedList(new ArrayList<>());
  public final List<Renewal> renewals = java.util.Collections.synchronizedList(new ArrayList<>());

  /** Leases that agents are told to stop, and why. */
  public final Map<LeaseId, String> unwanted = new ConcurrentHashMap<>();

  public final ArrayDeque<Lease> units = new ArrayDeque<>();

  private final String origin;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<AgentId, List<SmallLog.Place>> enrolled = new HashMap<>();
  private final Map<Hash, List<SmallLog.Place>> answered = new HashMap<>();
  private final Map<Bytes, Envelope> grants = new HashMap<>();
  private final Map<LeaseId, Grant> leased = new HashMap<>();
  private final Map<LeaseId, Hash> grantOf = new HashMap<>();
  private final Map<Hash, Bytes> outputs = new HashMap<>();
  private final Map<AgentId, Chain> chains = new HashMap<>();
  private final Set<AgentId> suspended = new HashSet<>();

  /** Whether every agent's donor was erased. */
  public volatile boolean dismissing;

  public TestCoordinator() throws Exception {
    this("log.example.org/test", 0);
  }

  public TestCoordinator(String origin, int port) throws Exception {
    this.origin = origin;
    this.shownOrigin = origin;
    this.grantKey = Identities.key("coordinator of " + origin);
    this.signsGrants = grantKey;
    this.shownKey = grantKey;
    this.log = new SmallLog(origin, Identities.key("log of " + origin));
    blobs.put(Hash.sha256(MODULE.toArray()), MODULE);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  public CoordinatorAddress address() {
    return CoordinatorAddress.parse("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public Pinned pinned() {
    return new Pinned(origin, log.verifierKey(), grantKey.publicKey());
  }

  /** Queues a unit whose arguments tell the stub runner what to do. */
  public synchronized LeaseId unit(String... args) {
    LeaseId id = new LeaseId(BATCH, units.size() + leased.size(), 0);
    units.add(new Lease(id, List.of(args), List.of()));
    return id;
  }

  public synchronized Map<LeaseId, UsageLine> logged() {
    return new LinkedHashMap<>(logged);
  }

  public synchronized int leasesOut() {
    return leased.size();
  }

  public synchronized Bytes output(Hash digest) {
    return outputs.get(digest);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** A refusal with its problem. */
  private static final class No extends Exception {
    private static final long serialVersionUID = 1L;
    final transient Problem problem;

    No(int status, String slug, String detail) {
      super(detail);
      this.problem = new Problem(status, slug, slug, detail);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(exchange.getRequestMethod() + " " + path);
    try {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String route = path.replaceFirst("^/api/v1/", "").replaceFirst("/.*", "");
      if (busy.merge(route, -1, Integer::sum) >= 0) {
        exchange.getResponseHeaders().add("Retry-After", "0");
        throw new No(503, "busy", "the coordinator is busy; send the same again");
      }
      if (path.startsWith("/log/")) {
        Optional<Bytes> tile = log.tile(TilePath.parse(path.substring("/log/".length())));
        answer(exchange, tile.isPresent() ? 200 : 404, "application/octet-stream", tile);
      } else if (route.equals("blobs")) {
        blob(exchange, Hash.parseHex(path.substring(path.lastIndexOf('/') + 1)), body);
      } else {
        Bytes json = CanonicalJson.bytes(json(route, body));
        answer(exchange, 200, "application/json", Optional.of(json));
      }
    } catch (No no) {
      problem(exchange, no.problem);
    } catch (Exception e) {
      problem(exchange, new Problem(400, "malformed-request", "malformed", e.toString()));
    } finally {
      exchange.close();
    }
  }

  private static void problem(HttpExchange exchange, Problem problem) throws IOException {
    answer(
        exchange,
        problem.status(),
        Problem.MEDIA_TYPE,
        Optional.of(CanonicalJson.bytes(problem.toJson())));
  }

  private static void answer(HttpExchange exchange, int status, String type, Optional<Bytes> body)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Type", type);
    byte[] octets = body.map(Bytes::toArray).orElse(new byte[0]);
    exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
    if (octets.length > 0) {
      exchange.getResponseBody().write(octets);
    }
  }

  private synchronized JsonValue.Obj json(String route, byte[] body) throws Exception {
    return switch (route) {
      case "origin" -> about();
      case "enrolments" -> enrol(envelope(Envelope.Kind.ENROLMENT, body)).toJson();
      case "links" -> link(envelope(Envelope.Kind.LINK, body)).toJson();
      case "leases" -> lease(envelope(Envelope.Kind.LEASE_REQUEST, body));
      case "renewals" -> renew(envelope(Envelope.Kind.RENEWAL, body));
      case "reports" -> report(JsonFields.of(JsonParser.parseObject(body))).toJson();
      default -> throw new No(404, "not-found", "there is nothing at " + route);
    };
  }

  private static Envelope envelope(Envelope.Kind kind, byte[] body) throws Exception {
    return Envelope.parse(kind, JsonFields.of(JsonParser.parseObject(body)));
  }

  private JsonValue.Obj about() {
    return JsonValue.Obj.of()
        .put("origin", shownOrigin)
        .put("logKey", log.verifierKey())
        .put("coordinatorKey", shownKey.publicKey().toHex())
        .put("maturitySeconds", 0)
        .put("openPeriod", true)
        .put("meter", METER)
        .put("software", "a coordinator for tests")
        .put("source", "https://example.org/source")
        .build();
  }

  private Receipt enrol(Envelope envelope) throws Exception {
    Enrolment enrolment = Enrolment.parse(envelope.open());
    require(enrolment.origin().equals(origin), 422, "other-origin");
    require(enrolment.key().equals(envelope.signer()), 401, "bad-signature");
    AgentId agent = AgentId.of(enrolment.key());
    if (!enrolled.containsKey(agent)) {
      enrolled.put(agent, List.of(log.log(Kind.ENROLMENT, envelope, 0)));
    }
    return onReceipt.apply(log.receipt(enrolled.get(agent), 0));
  }

  private Receipt link(Envelope envelope) throws Exception {
    Link link = Link.parse(envelope.open());
    requireKnown(link.agent(), envelope);
    if (link.action() == Link.Action.LINK && !link.codeDigest().equals(Link.digestOf(CODE))) {
      throw new No(409, "bad-code", "no such code; draw a new one");
    }
    if (!answered.containsKey(envelope.digest())) {
      answered.put(envelope.digest(), List.of(log.log(Kind.LINK, envelope, 0)));
      links.add(link);
    }
    return onReceipt.apply(log.receipt(answered.get(envelope.digest()), 0));
  }

  private JsonValue.Obj lease(Envelope envelope) throws Exception {
    LeaseRequest request = LeaseRequest.parse(envelope.open());
    asked.add(request);
    requireKnown(request.agent(), envelope);
    if (!grants.containsKey(request.id())) {
      if (units.isEmpty()) {
        return JsonValue.Obj.of()
            .put("retryAfterMs", noWorkMs)
            .put("reason", "there is nothing to do just now")
            .build();
      }
      grants.put(request.id(), grant(request));
    }
    return JsonValue.Obj.of().put("grant", grants.get(request.id()).toJson()).build();
  }

  private JsonValue.Obj renew(Envelope envelope) throws Exception {
    Renewal renewal = Renewal.parse(envelope.open());
    requireKnown(renewal.agent(), envelope);
    require(renewal.origin().equals(origin), 422, "wrong-origin");
    renewals.add(renewal);
    List<RenewalAnswer.Word> words = new ArrayList<>();
    for (Renewal.Held held : renewal.leases()) {
      String reason = unwanted.get(held.lease());
      words.add(
          reason == null
              ? new RenewalAnswer.GoOn(held.lease(), now() + 3_600_000)
              : new RenewalAnswer.Drop(held.lease(), RenewalAnswer.Stop.RECALLED, reason));
    }
    return new RenewalAnswer(words, Duration.ofMillis(20)).toJson();
  }

  private Envelope grant(LeaseRequest request) {
    List<Lease> leases = new ArrayList<>();
    while (leases.size() < request.want() && !units.isEmpty()) {
      leases.add(units.remove());
    }
    long now = now();
    Grant grant =
        onGrant.apply(
            new Grant(
                origin, request.agent(), now, now + 3_600_000, METER, List.of(work()), leases));
    Envelope signed = Envelope.sign(Envelope.Kind.GRANT, grant.toJson(), signsGrants);
    for (Lease lease : leases) {
      leased.put(lease.id(), grant);
      grantOf.put(lease.id(), signed.digest());
    }
    return signed;
  }

  public static Work work() {
    return new Work(
        BATCH,
        "primes",
        "Looks for primes.",
        Hash.sha256(Bytes.utf8("release").toArray()),
        "mersenne 1.0",
        new Program.Wasm(
            new BlobRef("module.wasm", Hash.sha256(MODULE.toArray()), MODULE.size()), List.of()),
        new Allotment(1, 1 << 20, 1 << 20, 60_000),
        List.of(),
        List.of("out.txt"));
  }

  private Receipt report(JsonFields fields) throws Exception {
    Envelope envelope = Envelope.parse(Envelope.Kind.USAGE_REPORT, fields.object("report"));
    JsonFields inline = fields.object("outputs");
    long knownSize = fields.integer("knownSize", 0, JsonValue.INTEGER_MAX);
    fields.end();
    reportsSeen.add(envelope.payload());
    UsageReport report = VerifiedReport.of(envelope).report();
    requireKnown(report.agent(), envelope);
    Hash digest = envelope.digest();
    if (!answered.containsKey(digest)) {
      Optional<Problem> refusal = refuseReport.apply(report);
      if (refusal.isPresent()) {
        Problem problem = refusal.get();
        throw new No(problem.status(), problem.slug(), problem.detail());
      }
      check(report);
      Map<Hash, Bytes> came = new HashMap<>();
      for (String name : inline.names()) {
        Bytes octets = inline.parsed(name, s -> Bytes.of(Base64.getDecoder().decode(s)));
        require(octets.size() <= OutputFile.INLINE_OCTETS_MAX, 413, "too-large");
        require(Hash.sha256(octets.toArray()).toHex().equals(name), 422, "output-digest");
        came.put(Hash.parseHex(name), octets);
      }
      for (UsageLine line : report.lines()) {
        boolean here = came.containsKey(line.output()) || outputs.containsKey(line.output());
        require(here, 422, "output-missing");
      }
      outputs.putAll(came);
      List<SmallLog.Place> places = new ArrayList<>();
      for (int part = 0; part < report.lines().size(); part++) {
        places.add(log.log(Kind.USAGE, envelope, part));
        logged.put(report.lines().get(part).lease(), report.lines().get(part));
      }
      answered.put(digest, places);
      chains.put(report.agent(), Chain.after(report.seq(), digest));
    }
    return onReceipt.apply(log.receipt(answered.get(digest), knownSize));
  }

  private void check(UsageReport report) throws No {
    Chain chain = chains.getOrDefault(report.agent(), Chain.START);
    if (report.seq() < chain.seq() || !report.prev().equals(chain.prev())) {
      suspended.add(report.agent());
      throw new No(409, report.seq() < chain.seq() ? "sequence-used" : "chain-forked", "a fork");
    }
    require(report.seq() == chain.seq(), 422, "the agent left a gap");
    for (UsageLine line : report.lines()) {
      require(!logged.containsKey(line.lease()), 409, "lease-already-logged");
      Grant grant = leased.get(line.lease());
      require(grant != null && grant.agent().equals(report.agent()), 409, "lease-not-yours");
      require(line.grant().equals(grantOf.get(line.lease())), 422, "other-grant");
      require(line.release().equals(work().release()), 422, "other-release");
      require(line.meter().equals(METER), 422, "other-meter");
      require(line.startMs() >= grant.issuedMs() && line.endMs() <= now(), 422, "time-outside");
    }
  }

  private void blob(HttpExchange exchange, Hash digest, byte[] body) throws Exception {
    if (exchange.getRequestMethod().equals("PUT")) {
      String header = exchange.getRequestHeaders().getFirst("Almoner-Upload");
      Envelope envelope = envelope(Envelope.Kind.UPLOAD, Base64.getDecoder().decode(header));
      Upload upload = Upload.parse(envelope.open());
      require(upload.agent().equals(AgentId.of(envelope.signer())), 401, "bad-signature");
      require(upload.digest().equals(digest) && upload.bytes() == body.length, 422, "other-digest");
      require(Hash.sha256(body).equals(digest), 422, "other-digest");
      synchronized (this) {
        outputs.put(digest, Bytes.of(body));
        uploaded.add(digest);
      }
      answer(exchange, 201, "application/json", Optional.of(Bytes.utf8("{}")));
      return;
    }
    Optional<Bytes> blob = Optional.ofNullable(blobs.get(digest));
    if (blob.isEmpty()) {
      throw new No(404, "not-found", "there is no blob " + digest);
    }
    answer(exchange, 200, "application/octet-stream", blob);
  }

  private void requireKnown(AgentId agent, Envelope envelope) throws No {
    require(agent.equals(AgentId.of(envelope.signer())), 401, "bad-signature");
    require(enrolled.containsKey(agent), 404, "unknown-agent");
    require(!dismissing, 410, "agent-erased");
    require(!suspended.contains(agent), 403, "agent-suspended");
  }

  /** Loses all agents, as a coordinator restored from an old backup would. */
  public synchronized void forgetAgents() {
    enrolled.clear();
  }

  private long now() {
    return Instant.now().toEpochMilli() + clockAheadMs;
  }

  private static void require(boolean holds, int status, String slug) throws No {
    if (!holds) {
      throw new No(status, slug, "refused: " + slug);
    }
  }
}
