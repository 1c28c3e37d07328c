package org.almoner.simulation;

import static org.almoner.simulation.load.RawEnvelope.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almoner.agent.outbox.Chain;
import org.almoner.agent.proof.Receipt;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.problem.Problem;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.simulation.load.RawEnvelope;
import org.almoner.simulation.load.Rule;
import org.almoner.simulation.load.SigningAgent;
import org.almoner.simulation.world.Caller;
import org.almoner.simulation.world.Project;
import org.almoner.simulation.world.ServedCoordinator;
import org.almoner.workload.batch.BatchUnits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a real coordinator answers to input that is wrong: its status, the problem's name, and one
 * sentence. Nothing of it changes the log, and the next good request is served.
 */
class BadInputTest {
  private static final String LEASES = "/api/v1/leases";
  private static final String REPORTS = "/api/v1/reports";
  private static final String ENROLMENTS = "/api/v1/enrolments";
  private static final String LINKS = "/api/v1/links";
  private static final String BATCHES = "/api/v1/batches";
  private static final long HOUR_MS = 3_600_000;

  /** A point of small order, which every signature could be made to fit. */
  private static final String LOW_ORDER_KEY = "01" + "00".repeat(31);

  @TempDir static Path folder;
  private static final SecureRandom random = new SecureRandom();
  private static ServedCoordinator coordinator;
  private static Caller anyone;
  private static Caller operator;
  private static Caller owner;
  private static Project project;
  private static SigningAgent agent;
  private static SigningAgent other;
  private static SigningAgent stranger;
  private static SigningAgent forked;
  private static Envelope granted;
  private static Envelope grantedToOther;
  private static Set<String> pages;

  @BeforeAll
  static void serve() throws Exception {
    coordinator = new ServedCoordinator(folder.resolve("coordinator"), List.of());
    anyone = Caller.anyone(coordinator.start());
    operator = anyone.with(coordinator.operatorToken());
    String origin = Caller.text(anyone.get("/api/v1/origin"), "origin");
    project = Project.of(origin, SigningKey.generate(random), Rule.FILE);
    owner = anyone.with(operator.approveOwner("Institute", project.owner().publicKey()));
    project.upload(owner);
    project.submit(anyone, batch("A batch of a trial of bad input.", project)).good();
    agent = enrolled(origin);
    other = enrolled(origin);
    stranger = new SigningAgent(origin, SigningKey.generate(random));
    granted = lease(agent);
    grantedToOther = lease(other);
    forked = enrolled(origin);
    twoHistories(forked);
    pages =
        Pattern.compile("(?m)^### ([a-z-]+)$")
            .matcher(
                Files.readString(
                    Path.of(System.getProperty("almoner.root"), "docs/reference/problems.md")))
            .results()
            .map((MatchResult heading) -> heading.group(1))
            .collect(Collectors.toSet());
  }

  @AfterAll
  static void stop() {
    coordinator.close();
  }

  /** A request as it is sent. */
  private interface Sending {
    Caller.Reply send() throws IOException;
  }

  /** What is sent, and what must come back. */
  private record Case(String name, Sending sending, int status, String slug, String word) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
            json(), envelopes(), signatures(), agents(), lines(), outputs(), http(), owners())
        .flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isRefusedInOneSentenceAndChangesNothing(Case one) throws Exception {
    String before = checkpoint();
    Caller.Reply reply = one.sending().send();
    assertThat(reply.type()).startsWith(Problem.MEDIA_TYPE);
    JsonValue.Obj body = reply.object();
    Problem problem = Problem.parse(JsonFields.of(body));
    assertThat(problem.slug() + " " + reply.status()).isEqualTo(one.slug() + " " + one.status());
    assertThat(problem.status()).isEqualTo(reply.status());
    assertThat(problem.detail())
        .contains(one.word())
        .doesNotContain("\n")
        .doesNotContain("Exception")
        .doesNotContain("org.almoner")
        .hasSizeBetween(15, 600);
    assertThat(pages).contains(problem.slug());
    assertThat(checkpoint()).isEqualTo(before);
    assertThat(anyone.get("/readyz").status()).isEqualTo(200);
  }

  private static List<Case> json() {
    byte[] good = raw().octets();
    String text = new String(good, StandardCharsets.UTF_8);
    String payload = text.substring(1, text.indexOf(",\"payloadType\""));
    return List.of(
        malformed("no body", octets("")),
        malformed("no JSON", octets("hello")),
        malformed("half an object", octets(text.substring(0, text.length() - 1))),
        malformed("something behind the object", octets(text + "{}")),
        malformed("an array", octets("[]")),
        malformed("an empty object", octets("{}")),
        malformed("a field too many", octets(text.replaceFirst("\\{", "{\"extra\":1,"))),
        malformed("a field twice", octets("{" + payload + "," + text.substring(1))),
        malformed("null", octets(text.replace("\"" + raw().type() + "\"", "null"))),
        malformed("a fraction", octets("{\"payload\":1.5}")),
        malformed("a number beyond 2^53", octets("{\"payload\":9007199254740993}")),
        malformed("half a surrogate pair", octets("{\"payload\":\"\\ud800\"}")),
        malformed(
            "octets that are no UTF-8", new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}),
        malformed("objects in objects without end", octets("{\"a\":".repeat(3_000))),
        malformed(
            "base64 with blanks", octets(text.replaceFirst("\"payload\":\"", "\"payload\":\" "))));
  }

  private static Case malformed(String name, byte[] body) {
    return new Case(name, () -> anyone.post(LEASES, body), 400, "malformed-request", "api.md");
  }

  /** Well signed, and yet not what the type promises. */
  private static List<Case> envelopes() {
    String text = raw().text();
    List<Case> cases = new ArrayList<>();
    Map<String, String> payloads = new TreeMap<>();
    payloads.put("a signed payload that is no JSON", "hello");
    payloads.put("a signed payload with a blank", text.replaceFirst(",", ", "));
    payloads.put("a signed payload out of order", reversed(text));
    payloads.put("a signed payload with a field too many", text.replaceFirst("\\{", "{\"Z\":1,"));
    payloads.put("a signed payload with a field twice", twice(text));
    payloads.put(
        "a signed payload with a field too few", text.replaceFirst("\"cores\":[0-9]+,", ""));
    payloads.put("a signed wish for no lease", text.replaceFirst("\"want\":[0-9]+", "\"want\":0"));
    payloads.put(
        "a signed wish for 65 leases", text.replaceFirst("\"want\":[0-9]+", "\"want\":65"));
    payloads.forEach(
        (name, payload) -> {
          byte[] signed =
              RawEnvelope.sign(Envelope.Kind.LEASE_REQUEST, octets(payload), agent.key()).octets();
          cases.add(new Case(name, () -> anyone.post(LEASES, signed), 400, "malformed", ""));
        });
    JsonValue.Obj line = line(granted, 0);
    cases.add(
        new Case(
            "a lease twice in one report",
            () -> report(agent, Chain.START, List.of(line, line)),
            400,
            "malformed",
            "two lines"));
    cases.add(
        new Case(
            "a report of 65 lines",
            () -> report(agent, Chain.START, Collections.nCopies(65, line)),
            400,
            "malformed",
            "64"));
    cases.add(
        new Case(
            "a first report with a predecessor",
            () -> report(agent, new Chain(0, granted.digest()), List.of(line)),
            400,
            "malformed",
            "prev"));
    return cases;
  }

  private static List<Case> signatures() {
    RawEnvelope good = raw();
    RawEnvelope elsewhere = RawEnvelope.of(new SigningAgent("elsewhere", agent.key()).enrolment());
    RawEnvelope enrolment = RawEnvelope.of(agent.enrolment());
    byte[] ofOther =
        RawEnvelope.sign(Envelope.Kind.LEASE_REQUEST, good.payload().toArray(), other.key())
            .octets();
    return List.of(
        new Case("a wrong signature", send(good.withFlippedBit()), 401, "bad-signature", "verify"),
        new Case(
            "a short signature", send(good.withSignatureOf(63)), 400, "malformed-request", "63"),
        new Case(
            "a long signature", send(good.withSignatureOf(65)), 400, "malformed-request", "65"),
        new Case("no signature", send(good.withSignatureOf(0)), 400, "malformed-request", "64"),
        new Case(
            "two signatures",
            () -> anyone.post(LEASES, good.toJson(2)),
            400,
            "malformed-request",
            "signatures"),
        new Case(
            "another key than signed",
            send(good.withKeyid(other.key().publicKey().toHex())),
            401,
            "bad-signature",
            "verify"),
        new Case(
            "a key of low order",
            send(good.withKeyid(LOW_ORDER_KEY)),
            400,
            "malformed-request",
            ""),
        new Case(
            "a record of one agent signed by another",
            () -> anyone.post(LEASES, ofOther),
            401,
            "bad-signature",
            "another key"),
        new Case(
            "the signature of another record",
            send(good.withSignature(enrolment.signature())),
            401,
            "bad-signature",
            "verify"),
        new Case(
            "a signature replayed under another type",
            () -> anyone.post(LINKS, good.withType(Envelope.Kind.LINK).toJson()),
            401,
            "bad-signature",
            "verify"),
        new Case(
            "a record sent to another route",
            () -> anyone.post(LEASES, enrolment.toJson()),
            400,
            "malformed-request",
            "payloadType"),
        new Case(
            "a record meant for another coordinator",
            () -> anyone.post(ENROLMENTS, elsewhere.toJson()),
            422,
            "wrong-origin",
            "elsewhere"));
  }

  private static List<Case> agents() {
    JsonValue.Obj line = line(granted, 0);
    return List.of(
        new Case(
            "a stranger asks for work",
            () -> anyone.post(LEASES, stranger.request(1, new Random(1)).toJson()),
            404,
            "unknown-agent",
            "enrol"),
        new Case(
            "a stranger reports",
            () -> report(stranger, Chain.START, List.of(line)),
            404,
            "unknown-agent",
            "enrol"),
        new Case(
            "a stranger links",
            () -> anyone.post(LINKS, stranger.link("AAAA-AAAA-AAAA").toJson()),
            404,
            "unknown-agent",
            "enrol"),
        new Case(
            "a suspended agent asks for work",
            () -> anyone.post(LEASES, forked.request(1, new Random(1)).toJson()),
            403,
            "agent-suspended",
            "new key"),
        new Case(
            "a suspended agent enrols again",
            () -> anyone.post(ENROLMENTS, forked.enrolment().toJson()),
            403,
            "agent-suspended",
            "new key"),
        new Case(
            "a code that was never drawn",
            () -> anyone.post(LINKS, agent.link("AAAA-AAAA-AAAA").toJson()),
            409,
            "bad-code",
            "code"));
  }

  private static List<Case> lines() {
    JsonValue.Obj good = line(granted, 0);
    JsonValue.Obj others = line(grantedToOther, 0);
    long issued = SigningAgent.grant(granted).issuedMs();
    return List.of(
        lineCase("a lease of another agent", others, 409, "lease-not-yours", "leave its line out"),
        lineCase(
            "a replica that nobody has", with(good, "replica", 9), 409, "lease-not-yours", "/9"),
        lineCase(
            "a batch that nobody knows",
            with(good, "batch", "0123456789abcdef"),
            409,
            "lease-not-yours",
            "0123456789abcdef"),
        lineCase(
            "another grant",
            with(good, "grant", grantedToOther.digest().toHex()),
            422,
            "grant-mismatch",
            "grant"),
        lineCase(
            "another release",
            with(good, "release", "ab".repeat(32)),
            422,
            "grant-mismatch",
            "release"),
        lineCase("another meter", with(good, "meter", "mine/1"), 422, "grant-mismatch", "mine/1"),
        lineCase(
            "more CPU time than the wall time times the cores",
            with(good, "cpuMs", 60_000),
            422,
            "cpu-beyond-wall",
            "60000"),
        lineCase(
            "more wall time than has passed",
            with(good, "wallMs", 10 * HOUR_MS),
            422,
            "time-beyond-lease",
            "36000000"),
        lineCase(
            "an end in the future",
            with(good, "endMs", issued + 24 * HOUR_MS),
            422,
            "time-outside-lease",
            "clock"),
        lineCase(
            "an end before the grant",
            with(with(good, "startMs", issued - HOUR_MS), "endMs", issued - HOUR_MS),
            422,
            "time-outside-lease",
            "clock"),
        lineCase(
            "an end before the start",
            with(good, "startMs", issued + HOUR_MS),
            400,
            "malformed",
            "endMs"),
        lineCase(
            "more memory than the machine has",
            with(good, "memPeakBytes", 2 * SigningAgent.MEMORY_BYTES),
            422,
            "memory-beyond-machine",
            "enrolled"),
        lineCase("an exit that no guest gives", with(good, "exit", 257), 400, "malformed", "256"),
        lineCase("a negative count", with(good, "count", -1), 400, "malformed", "count"),
        new Case(
            "a checkpoint of another log",
            () -> report(agent, Chain.START, List.of(good), 1_000_000, output(granted, 0)),
            409,
            "checkpoint-ahead",
            "1000000"));
  }

  private static Case lineCase(
      String name, JsonValue.Obj line, int status, String slug, String word) {
    return new Case(name, () -> report(agent, Chain.START, List.of(line)), status, slug, word);
  }

  private static List<Case> outputs() {
    JsonValue.Obj good = line(granted, 0);
    byte[] octets = Rule.output(SigningAgent.grant(granted).leases().get(0)).encode();
    String digest = Hash.sha256(octets).toHex();
    byte[] changed = octets.clone();
    changed[changed.length - 2] ^= 1;
    byte[] noBundle = octets("no bundle at all");
    String noBundleDigest = Hash.sha256(noBundle).toHex();
    byte[] large = new byte[17 * 1024];
    return List.of(
        outputCase("a report without its output", good, Map.of(), 422, "output-digest", "output"),
        outputCase(
            "an output of another digest",
            good,
            Map.of(digest, changed),
            422,
            "output-digest",
            "send the right ones"),
        outputCase(
            "an output that is no bundle",
            with(good, "output", noBundleDigest),
            Map.of(noBundleDigest, noBundle),
            422,
            "output-digest",
            "output"),
        outputCase(
            "an output that no line names",
            good,
            Map.of(digest, octets, noBundleDigest, noBundle),
            422,
            "output-digest",
            "output"),
        outputCase(
            "an output too large to travel",
            with(good, "output", Hash.sha256(large).toHex()),
            Map.of(Hash.sha256(large).toHex(), large),
            400,
            "malformed-request",
            "output"),
        outputCase(
            "an output named by no digest",
            good,
            Map.of("out.txt", octets),
            400,
            "malformed-request",
            "output"));
  }

  private static Case outputCase(
      String name,
      JsonValue.Obj line,
      Map<String, byte[]> outputs,
      int status,
      String slug,
      String word) {
    return new Case(
        name, () -> report(agent, Chain.START, List.of(line), 0, outputs), status, slug, word);
  }

  private static List<Case> http() {
    byte[] large = new byte[16 * 1024 + 1];
    byte[] largest = new byte[(2 << 20) + 1];
    Hash digest = Hash.sha256(large);
    return List.of(
        new Case(
            "a body over its limit", () -> anyone.post(LEASES, large), 413, "too-large", "16384"),
        new Case(
            "a body over its limit, of unknown length",
            () ->
                anyone.exchange(
                    "POST",
                    LEASES,
                    "application/json",
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))),
            413,
            "too-large",
            "16384"),
        new Case(
            "a report over its limit",
            () -> anyone.post(REPORTS, largest),
            413,
            "too-large",
            "2097152"),
        new Case(
            "a path that is not there", () -> anyone.get("/api/v1/hosts"), 404, "not-found", ""),
        new Case(
            "a batch that is not there", () -> anyone.get(BATCHES + "/00"), 404, "not-found", ""),
        new Case(
            "a tile that is not there", () -> anyone.get("/log/tile/9/999"), 404, "not-found", ""),
        new Case(
            "a path out of the log",
            () -> anyone.get("/log/tile/..%2f..%2foperator.token"),
            400,
            "malformed-request",
            ""),
        new Case("another method", () -> anyone.get(LEASES), 405, "method-not-allowed", ""),
        new Case(
            "another type",
            () ->
                anyone.exchange(
                    "POST", LEASES, "text/plain", BodyPublishers.ofByteArray(large, 0, 9)),
            415,
            "unsupported-media-type",
            ""),
        new Case(
            "the operator's route without a token",
            () -> anyone.post("/api/v1/operator/settle", octets("{}")),
            401,
            "token-missing",
            "Bearer"),
        new Case(
            "the operator's route with an owner's token",
            () -> owner.post("/api/v1/operator/settle", octets("{}")),
            401,
            "token-unknown",
            ""),
        new Case(
            "a blob without a token",
            () -> anyone.put("/api/v1/blobs/" + digest.toHex(), large),
            401,
            "token-missing",
            "Bearer"),
        new Case(
            "a blob of another digest",
            () -> owner.put("/api/v1/blobs/" + "ab".repeat(32), large),
            422,
            "other-digest",
            ""));
  }

  private static List<Case> owners() {
    Project unknown =
        new Project(
            project.origin(), SigningKey.generate(random), project.module(), project.outputs());
    Project missing =
        new Project(project.origin(), project.owner(), octets("never uploaded"), project.outputs());
    Project elsewhere =
        new Project("elsewhere", project.owner(), project.module(), project.outputs());
    return List.of(
        new Case(
            "an owner nobody approved", submit(unknown), 403, "owner-not-approved", "operator"),
        new Case("a module that is not here", submit(missing), 409, "blob-missing", "upload"),
        new Case("a batch for elsewhere", submit(elsewhere), 422, "wrong-origin", "elsewhere"),
        new Case(
            "a batch of another release",
            () -> project.submit(anyone, batch("A batch of a release that is not here.", missing)),
            422,
            "release-mismatch",
            "release"));
  }

  @Test
  void theSameReportTwiceIsOneLineAndAnotherOneIsRefused() throws Exception {
    SigningAgent self = enrolled(project.origin());
    Envelope grant = lease(self);
    JsonValue.Obj line = line(grant, 0);
    String before = checkpoint();
    assertThat(report(self, Chain.START, List.of(with(line, "cpuMs", 60_000))).status())
        .as("a refused report leaves its number free")
        .isEqualTo(422);
    assertThat(checkpoint()).isEqualTo(before);

    Receipt first = Receipt.parse(report(self, Chain.START, List.of(line)).good().fields());
    String after = checkpoint();
    assertThat(after).isNotEqualTo(before);
    Receipt again = Receipt.parse(report(self, Chain.START, List.of(line)).good().fields());
    assertThat(again.lines().get(0).leaf()).isEqualTo(first.lines().get(0).leaf());
    assertThat(again.lines().get(0).salt()).isEqualTo(first.lines().get(0).salt());
    assertThat(checkpoint()).isEqualTo(after);

    Chain second = Chain.after(0, payloadDigest(self, Chain.START, line));
    Caller.Reply logged = report(self, second, List.of(line));
    assertThat(problem(logged).slug()).isEqualTo("lease-already-logged");
    Caller.Reply gap =
        report(self, new Chain(7, Hash.sha256(octets("?"))), List.of(line(grant, 1)));
    assertThat(gap.status()).as("a gap is evidence, no fault").isEqualTo(200);
    String now = checkpoint();
    Caller.Reply changed = report(self, Chain.START, List.of(with(line, "count", 5)));
    assertThat(problem(changed).slug()).isEqualTo("sequence-used");
    assertThat(problem(anyone.post(LEASES, self.request(1, new Random(9)).toJson())).slug())
        .isEqualTo("agent-suspended");
    assertThat(checkpoint()).isEqualTo(now);
    Receipt still = Receipt.parse(report(self, Chain.START, List.of(line)).good().fields());
    assertThat(still.lines().get(0).leaf())
        .as("what is logged is answered for, whatever became of the key")
        .isEqualTo(first.lines().get(0).leaf());
  }

  @Test
  void theSameRequestForWorkGetsTheSameGrant() throws Exception {
    SigningAgent self = enrolled(project.origin());
    JsonValue.Obj request = self.request(2, new Random(3)).toJson();
    byte[] first = anyone.post(LEASES, request).good().body();
    assertThat(anyone.post(LEASES, request).good().body()).isEqualTo(first);
  }

  // What the cases are made of.

  private static RawEnvelope raw() {
    return RawEnvelope.of(agent.request(1, new Random(2)));
  }

  private static Sending send(RawEnvelope envelope) {
    return () -> anyone.post(LEASES, envelope.toJson());
  }

  private static Sending submit(Project any) {
    return () -> any.submit(anyone, batch("A batch that is not to be.", any));
  }

  private static Envelope batch(String purpose, Project of) {
    return of.batch(
        purpose, new BatchUnits.Range(1, 1_000, 10), new Allotment(1, 1 << 20, 1 << 20, 60_000));
  }

  private static SigningAgent enrolled(String origin) throws IOException {
    SigningAgent one = new SigningAgent(origin, SigningKey.generate(random));
    anyone.post(ENROLMENTS, one.enrolment().toJson()).good();
    return one;
  }

  private static Envelope lease(SigningAgent one) throws Exception {
    Caller.Reply reply = anyone.post(LEASES, one.request(2, new Random(7)).toJson()).good();
    return Envelope.parse(Envelope.Kind.GRANT, reply.fields().object("grant"));
  }

  private static void twoHistories(SigningAgent one) throws Exception {
    Envelope grant = lease(one);
    report(one, Chain.START, List.of(line(grant, 0))).good();
    Caller.Reply second = report(one, Chain.START, List.of(line(grant, 1)), 0, output(grant, 1));
    assertThat(problem(second).slug()).isEqualTo("sequence-used");
  }

  private static JsonValue.Obj line(Envelope grant, int index) {
    Lease lease = SigningAgent.grant(grant).leases().get(index);
    return SigningAgent.line(grant, lease, Rule.output(lease).digest()).toJson();
  }

  private static Map<String, byte[]> output(Envelope grant, int index) {
    OutputBundle bundle = Rule.output(SigningAgent.grant(grant).leases().get(index));
    return Map.of(bundle.digest().toHex(), bundle.encode());
  }

  /** With the right outputs, wherever a line names one of the trial. */
  private static Caller.Reply report(SigningAgent one, Chain chain, List<JsonValue.Obj> lines)
      throws IOException {
    Map<String, byte[]> outputs = new TreeMap<>();
    for (JsonValue.Obj line : lines) {
      long unit = ((JsonValue.Int) line.fields().get("unit")).value();
      OutputBundle bundle = output(unit);
      outputs.put(bundle.digest().toHex(), bundle.encode());
    }
    return report(one, chain, lines, 0, outputs);
  }

  private static OutputBundle output(long unit) {
    return Rule.output((1 + 10 * unit) + " " + (10 + 10 * unit));
  }

  private static Caller.Reply report(
      SigningAgent one,
      Chain chain,
      List<JsonValue.Obj> lines,
      long knownSize,
      Map<String, byte[]> outputs)
      throws IOException {
    JsonValue.Builder inline = JsonValue.Obj.of();
    outputs.forEach(
        (digest, octets) -> inline.put(digest, Base64.getEncoder().encodeToString(octets)));
    return anyone.post(
        REPORTS,
        JsonValue.Obj.of()
            .put("report", signed(one, chain, lines).toJson())
            .put("outputs", inline.build())
            .put("knownSize", knownSize)
            .build());
  }

  private static RawEnvelope signed(SigningAgent one, Chain chain, List<JsonValue.Obj> lines) {
    JsonValue.Obj payload =
        JsonValue.Obj.of()
            .put("origin", one.origin())
            .put("agent", one.id().toHex())
            .put("seq", chain.seq())
            .put("prev", chain.prev().toHex())
            .put("lines", lines)
            .build();
    return RawEnvelope.sign(Envelope.Kind.USAGE_REPORT, CanonicalJson.encode(payload), one.key());
  }

  private static Hash payloadDigest(SigningAgent one, Chain chain, JsonValue.Obj line) {
    return Hash.sha256(signed(one, chain, List.of(line)).payload().toArray());
  }

  private static Problem problem(Caller.Reply reply) throws Exception {
    return Problem.parse(reply.fields());
  }

  private static String checkpoint() throws IOException {
    return new String(anyone.get("/log/checkpoint").good().body(), StandardCharsets.UTF_8);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The last field of an object moved to its front. */
  private static String reversed(String object) {
    int last = object.lastIndexOf(",\"");
    return "{"
        + object.substring(last + 1, object.length() - 1)
        + ","
        + object.substring(1, last)
        + "}";
  }

  /** The first field of an object, twice. */
  private static String twice(String object) {
    int end = object.indexOf(",\"");
    return object.substring(0, end) + "," + object.substring(1);
  }
}
