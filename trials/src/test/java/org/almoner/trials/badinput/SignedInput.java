package org.almoner.trials.badinput;

import static org.almoner.trials.badinput.Scene.ENROLMENTS;
import static org.almoner.trials.badinput.Scene.LEASES;
import static org.almoner.trials.badinput.Scene.LINKS;
import static org.almoner.trials.badinput.Scene.line;
import static org.almoner.trials.badinput.Scene.octets;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.almoner.agent.outbox.Chain;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonValue;
import org.almoner.trials.load.RawEnvelope;
import org.almoner.trials.load.SigningAgent;

/** JSON, envelopes, signatures and signers that are wrong. */
final class SignedInput {
  /** A point of small order, which every signature could be made to fit. */
  private static final String LOW_ORDER_KEY = "01" + "00".repeat(31);

  private final Scene scene;

  SignedInput(Scene scene) {
    this.scene = scene;
  }

  List<Case> json() {
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

  private Case malformed(String name, byte[] body) {
    return new Case(
        name, () -> scene.anyone.post(LEASES, body), 400, "malformed-request", "api.md");
  }

  /** Well signed, and yet not what the type promises. */
  List<Case> envelopes() {
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
              RawEnvelope.sign(Envelope.Kind.LEASE_REQUEST, octets(payload), scene.agent.key())
                  .octets();
          cases.add(new Case(name, () -> scene.anyone.post(LEASES, signed), 400, "malformed", ""));
        });
    JsonValue.Obj line = line(scene.granted, 0);
    cases.add(
        new Case(
            "a lease twice in one report",
            () -> scene.report(scene.agent, Chain.START, List.of(line, line)),
            400,
            "malformed",
            "two lines"));
    cases.add(
        new Case(
            "a report of 65 lines",
            () -> scene.report(scene.agent, Chain.START, Collections.nCopies(65, line)),
            400,
            "malformed",
            "64"));
    cases.add(
        new Case(
            "a first report with a predecessor",
            () -> scene.report(scene.agent, new Chain(0, scene.granted.digest()), List.of(line)),
            400,
            "malformed",
            "prev"));
    return cases;
  }

  List<Case> signatures() {
    RawEnvelope good = raw();
    RawEnvelope elsewhere =
        RawEnvelope.of(new SigningAgent("elsewhere", scene.agent.key()).enrolment());
    RawEnvelope enrolment = RawEnvelope.of(scene.agent.enrolment());
    byte[] ofOther =
        RawEnvelope.sign(Envelope.Kind.LEASE_REQUEST, good.payload().toArray(), scene.other.key())
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
            () -> scene.anyone.post(LEASES, good.toJson(2)),
            400,
            "malformed-request",
            "signatures"),
        new Case(
            "another key than signed",
            send(good.withKeyid(scene.other.key().publicKey().toHex())),
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
            () -> scene.anyone.post(LEASES, ofOther),
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
            () -> scene.anyone.post(LINKS, good.withType(Envelope.Kind.LINK).toJson()),
            401,
            "bad-signature",
            "verify"),
        new Case(
            "a record sent to another route",
            () -> scene.anyone.post(LEASES, enrolment.toJson()),
            400,
            "malformed-request",
            "payloadType"),
        new Case(
            "a record meant for another coordinator",
            () -> scene.anyone.post(ENROLMENTS, elsewhere.toJson()),
            422,
            "wrong-origin",
            "elsewhere"));
  }

  List<Case> agents() {
    JsonValue.Obj line = line(scene.granted, 0);
    return List.of(
        new Case(
            "a stranger asks for work",
            () -> scene.anyone.post(LEASES, scene.stranger.request(1, new Random(1)).toJson()),
            404,
            "unknown-agent",
            "enrol"),
        new Case(
            "a stranger reports",
            () -> scene.report(scene.stranger, Chain.START, List.of(line)),
            404,
            "unknown-agent",
            "enrol"),
        new Case(
            "a stranger links",
            () -> scene.anyone.post(LINKS, scene.stranger.link("AAAA-AAAA-AAAA").toJson()),
            404,
            "unknown-agent",
            "enrol"),
        new Case(
            "a suspended agent asks for work",
            () -> scene.anyone.post(LEASES, scene.forked.request(1, new Random(1)).toJson()),
            403,
            "agent-suspended",
            "new key"),
        new Case(
            "a suspended agent enrols again",
            () -> scene.anyone.post(ENROLMENTS, scene.forked.enrolment().toJson()),
            403,
            "agent-suspended",
            "new key"),
        new Case(
            "a code that was never drawn",
            () -> scene.anyone.post(LINKS, scene.agent.link("AAAA-AAAA-AAAA").toJson()),
            409,
            "bad-code",
            "code"));
  }

  private Case.Sending send(RawEnvelope envelope) {
    return () -> scene.anyone.post(LEASES, envelope.toJson());
  }

  private RawEnvelope raw() {
    return RawEnvelope.of(scene.agent.request(1, new Random(2)));
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
