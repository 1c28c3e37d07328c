package org.almoner.trials.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.almoner.agent.outbox.Chain;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.problem.Problem;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.trials.load.RawEnvelope;
import org.almoner.trials.load.Rule;
import org.almoner.trials.load.SigningAgent;
import org.almoner.trials.world.Caller;
import org.almoner.trials.world.Project;
import org.almoner.trials.world.ServedCoordinator;
import org.almoner.workload.batch.BatchUnits;

/**
 * A served coordinator with work, and agents in every standing: two with leases, a stranger, and
 * one that signed two histories.
 */
final class Scene implements AutoCloseable {
  static final String LEASES = "/api/v1/leases";
  static final String REPORTS = "/api/v1/reports";
  static final String ENROLMENTS = "/api/v1/enrolments";
  static final String LINKS = "/api/v1/links";
  static final String BATCHES = "/api/v1/batches";
  static final long HOUR_MS = 3_600_000;

  private final SecureRandom random = new SecureRandom();
  private final ServedCoordinator coordinator;
  final Caller anyone;
  final Caller owner;
  final Project project;
  final SigningAgent agent;
  final SigningAgent other;
  final SigningAgent stranger;
  final SigningAgent forked;
  final Envelope granted;
  final Envelope grantedToOther;

  Scene(Path folder) throws Exception {
    coordinator = new ServedCoordinator(folder, List.of("--no-starter", "--no-pilot"));
    anyone = Caller.anyone(coordinator.start());
    Caller operator = anyone.with(coordinator.operatorToken());
    String origin = Caller.text(anyone.get("/api/v1/origin"), "origin");
    project = Project.of(origin, key(), Rule.FILE);
    owner = anyone.with(operator.approveOwner("Institute", project.owner().publicKey()));
    project.upload(owner);
    project.submit(owner, batch("A batch of a trial of bad input.", project)).good();
    agent = enrolled();
    other = enrolled();
    stranger = new SigningAgent(origin, key());
    granted = lease(agent);
    grantedToOther = lease(other);
    forked = enrolled();
    twoHistories(forked);
  }

  SigningKey key() {
    return SigningKey.generate(random);
  }

  @Override
  public void close() {
    coordinator.close();
  }

  static Envelope batch(String purpose, Project of) {
    return of.batch(
        purpose, new BatchUnits.Range(1, 1_000, 10), new Allotment(1, 1 << 20, 1 << 20, 60_000));
  }

  SigningAgent enrolled() throws IOException {
    SigningAgent one = new SigningAgent(project.origin(), key());
    anyone.post(ENROLMENTS, one.enrolment().toJson()).good();
    return one;
  }

  Envelope lease(SigningAgent one) throws Exception {
    Caller.Reply reply = anyone.post(LEASES, one.request(2, new Random(7)).toJson()).good();
    return Envelope.parse(Envelope.Kind.GRANT, reply.fields().object("grant"));
  }

  private void twoHistories(SigningAgent one) throws Exception {
    Envelope grant = lease(one);
    report(one, Chain.START, List.of(line(grant, 0))).good();
    Caller.Reply second = report(one, Chain.START, List.of(line(grant, 1)), 0, output(grant, 1));
    assertThat(problem(second).slug()).isEqualTo("sequence-used");
  }

  static JsonValue.Obj line(Envelope grant, int index) {
    Lease lease = SigningAgent.grant(grant).leases().get(index);
    return SigningAgent.line(grant, lease, Rule.output(lease)).toJson();
  }

  static Map<String, byte[]> output(Envelope grant, int index) {
    OutputBundle bundle = Rule.output(SigningAgent.grant(grant).leases().get(index));
    return Map.of(bundle.digest().toHex(), bundle.encode());
  }

  /** With the right outputs, wherever a line names one of the trial. */
  Caller.Reply report(SigningAgent one, Chain chain, List<JsonValue.Obj> lines) throws IOException {
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

  Caller.Reply report(
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

  static Hash payloadDigest(SigningAgent one, Chain chain, JsonValue.Obj line) {
    return Hash.sha256(signed(one, chain, List.of(line)).payload().toArray());
  }

  static Problem problem(Caller.Reply reply) throws Exception {
    return Problem.parse(reply.fields());
  }

  String checkpoint() throws IOException {
    return new String(anyone.get("/log/checkpoint").good().body(), StandardCharsets.UTF_8);
  }

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
