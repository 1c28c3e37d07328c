package org.almoner.trials.liars;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.almoner.agent.outbox.Chain;
import org.almoner.agent.proof.LineProof;
import org.almoner.agent.proof.Receipt;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.enrolment.Link;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.Upload;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.trials.load.Rule;
import org.almoner.trials.load.SigningAgent;
import org.almoner.trials.world.Caller;

/** An enrolled agent that answers what it is told to, right or wrong. */
public final class Actor {
  private final TimedCoordinator coordinator;
  private final SigningAgent self;
  private final SecureRandom random = new SecureRandom();
  private Chain chain = Chain.START;

  private Actor(TimedCoordinator coordinator, SigningAgent self) {
    this.coordinator = coordinator;
    this.self = self;
  }

  /** Enrols a new key. */
  public static Actor enrol(TimedCoordinator coordinator) throws IOException {
    SigningKey key = SigningKey.generate(new SecureRandom());
    SigningAgent self = new SigningAgent(TimedCoordinator.ORIGIN, key);
    coordinator.anyone().post("/api/v1/enrolments", self.enrolment().toJson()).good();
    return new Actor(coordinator, self);
  }

  /** Enrols a new key and links it. */
  public static Actor of(TimedCoordinator coordinator, DonorId donor) throws IOException {
    Actor actor = enrol(coordinator);
    actor.link(donor);
    return actor;
  }

  public SigningAgent self() {
    return self;
  }

  public Chain chain() {
    return chain;
  }

  public void link(DonorId donor) throws IOException {
    String code = coordinator.operator().drawCode(donor);
    coordinator.anyone().post("/api/v1/links", self.link(code).toJson()).good();
  }

  public void unlink() throws IOException {
    Link link = new Link(self.origin(), self.id(), Link.Action.UNLINK, Hash.ZERO);
    Envelope signed = Envelope.sign(Envelope.Kind.LINK, link.toJson(), self.key());
    coordinator.anyone().post("/api/v1/links", signed.toJson()).good();
  }

  /** A grant of up to {@code want} leases, if there is work for it. */
  public Optional<Envelope> ask(int want) throws Exception {
    Caller.Reply reply =
        coordinator.anyone().post("/api/v1/leases", self.request(want, random).toJson()).good();
    return reply.fields().has("grant")
        ? Optional.of(Envelope.parse(Envelope.Kind.GRANT, reply.fields().object("grant")))
        : Optional.empty();
  }

  /** One lease. */
  public Envelope lease() throws Exception {
    return ask(1).orElseThrow(() -> new AssertionError("there is no work"));
  }

  public static Lease only(Envelope grant) {
    return SigningAgent.grant(grant).leases().get(0);
  }

  /** The right line for a grant of one lease. */
  public static UsageLine right(Envelope grant) {
    return answer(grant, Rule.output(only(grant)));
  }

  /** A line that is right but for its output. */
  public static UsageLine answer(Envelope grant, OutputBundle output) {
    return SigningAgent.line(grant, only(grant), output);
  }

  /** Asks for one unit and answers it as an honest agent does; returns the leaf. */
  public long work() throws Exception {
    Envelope grant = lease();
    return logged(right(grant), Rule.output(only(grant)));
  }

  /** Sends a line that must be taken; returns its leaf. */
  public long logged(UsageLine line, OutputBundle... outputs) throws Exception {
    Envelope report = self.report(chain, List.of(line));
    List<Long> leaves = leaves(send(report, outputs).good());
    chain = Chain.after(chain.seq(), report.digest());
    return leaves.get(0);
  }

  /** Sends a line that may be refused. */
  public Caller.Reply send(UsageLine line, OutputBundle... outputs) throws IOException {
    return send(self.report(chain, List.of(line)), outputs);
  }

  /** Sends anybody's report. */
  public Caller.Reply send(Envelope report, OutputBundle... outputs) throws IOException {
    JsonValue.Builder inline = JsonValue.Obj.of();
    for (OutputBundle output : outputs) {
      inline.put(output.digest().toHex(), Base64.getEncoder().encodeToString(output.encode()));
    }
    return coordinator
        .anyone()
        .post(
            "/api/v1/reports",
            JsonValue.Obj.of()
                .put("report", report.toJson())
                .put("outputs", inline.build())
                .put("knownSize", 0)
                .build());
  }

  /** Uploads an output; returns the whole answer as text. */
  public String upload(OutputBundle output) throws Exception {
    byte[] octets = output.encode();
    Upload upload = new Upload(self.origin(), self.id(), output.digest(), octets.length);
    Envelope signed = Envelope.sign(Envelope.Kind.UPLOAD, upload.toJson(), self.key());
    HttpRequest request =
        HttpRequest.newBuilder(coordinator.address().resolve("/api/v1/blobs/" + output.digest()))
            .header(
                "Almoner-Upload",
                Base64.getEncoder().encodeToString(CanonicalJson.encode(signed.toJson())))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(octets))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  /** Where the lines of a report were logged. */
  public static List<Long> leaves(Caller.Reply reply) throws MalformedJson {
    List<Long> leaves = new ArrayList<>();
    for (LineProof proof : Receipt.parse(reply.fields()).lines()) {
      leaves.add(proof.leaf());
    }
    return leaves;
  }
}
