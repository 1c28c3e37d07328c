package org.almoner.protocol.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.junit.jupiter.api.Test;

class EnvelopeTests {
  private static final SigningKey KEY = SigningKey.of(new byte[32]);
  private static final JsonValue.Obj RECORD = JsonValue.Obj.of().put("n", 7).build();
  private static final Envelope SIGNED = Envelope.sign(Envelope.Kind.LINK, RECORD, KEY);

  @Test
  void theTransitFormSurvivesARoundTrip() throws Exception {
    Envelope read = parse(Envelope.Kind.LINK, SIGNED.toJson());
    assertThat(read).isEqualTo(SIGNED);
    assertThat(read.open().integer("n", 0, 9)).isEqualTo(7);
  }

  @Test
  void theSignedOctetsAreTheDsseEncoding() {
    byte[] pae =
        "DSSEv1 36 application/vnd.almoner.link.v1+json 7 {\"n\":7}"
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(KEY.publicKey().verifies(pae, SIGNED.signature())).isTrue();
    assertThat(SIGNED.record().toHex())
        .isEqualTo(Bytes.of(pae).toHex() + SIGNED.signature().toHex());
  }

  @Test
  void aSignatureOfOneKindIsWorthNothingUnderAnother() {
    Envelope moved =
        new Envelope(
            Envelope.Kind.ENROLMENT, SIGNED.payload(), SIGNED.signer(), SIGNED.signature());
    assertThatThrownBy(moved::open).isInstanceOf(BadSignature.class);
    assertThatThrownBy(() -> parse(Envelope.Kind.ENROLMENT, SIGNED.toJson()))
        .hasMessageContaining("expected application/vnd.almoner.enrolment.v1+json, got");
  }

  @Test
  void aChangedPayloadDoesNotOpen() {
    Bytes changed = Bytes.utf8("{\"n\":8}");
    Envelope forged =
        new Envelope(Envelope.Kind.LINK, changed, SIGNED.signer(), SIGNED.signature());
    assertThatThrownBy(forged::open)
        .isInstanceOf(BadSignature.class)
        .hasMessageContaining("does not verify under key " + KEY.publicKey().toHex());
  }

  @Test
  void aSignedPayloadThatIsNotCanonicalDoesNotOpen() {
    Bytes loose = Bytes.utf8("{ \"n\":7}");
    byte[] pae =
        "DSSEv1 36 application/vnd.almoner.link.v1+json 8 { \"n\":7}"
            .getBytes(StandardCharsets.US_ASCII);
    Envelope signed = new Envelope(Envelope.Kind.LINK, loose, KEY.publicKey(), KEY.sign(pae));
    assertThatThrownBy(signed::open)
        .isInstanceOf(MalformedJson.class)
        .hasMessageContaining("canonical");
  }

  @Test
  void everyFaultOfTheTransitFormIsNamed() {
    String good = new String(CanonicalJson.encode(SIGNED.toJson()), StandardCharsets.UTF_8);
    String sig = Base64.getEncoder().encodeToString(SIGNED.signature().octets().toArray());
    String padded = Base64.getEncoder().encodeToString(new byte[65]);
    assertFault(good.replace(sig, padded), "64 octets; this has 65");
    assertFault(good.replace(sig, sig.substring(0, 8)), "64 octets; this has 6");
    assertFault(good.replace(sig, "????"), "not standard base64");
    assertFault(good.replace("\"payload\":", "\"Payload\":"), "\"payload\" is missing");
    assertFault(good.replace("{\"payload\"", "{\"more\":1,\"payload\""), "unknown field \"more\"");
    assertFault(good.replace("\"keyid\":\"", "\"keyid\":\"00"), "32 octets; this has 33");
    assertFault(good.replace("\"eyJuIjo3fQ==\"", "\"eyJuIjo3fR==\""), "not the canonical base64");
  }

  private static void assertFault(String text, String sentence) {
    assertThatThrownBy(
            () ->
                parse(
                    Envelope.Kind.LINK,
                    JsonParser.parseObject(text.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(MalformedJson.class)
        .hasMessageContaining(sentence);
  }

  private static Envelope parse(Envelope.Kind kind, JsonValue.Obj json) throws MalformedJson {
    return Envelope.parse(kind, JsonFields.of(json));
  }
}
