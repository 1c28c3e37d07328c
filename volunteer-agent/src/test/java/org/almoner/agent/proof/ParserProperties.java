package org.almoner.agent.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.almoner.agent.control.Status;
import org.almoner.agent.durable.RecordFile;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.world.Identities;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.usage.StarterAnswer;

/** Whatever comes or lies on disk, a reader gives a value or one sentence, and nothing else. */
class ParserProperties {
  private static final Receipt RECEIPT =
      new Receipt(
          "log\n1\nabc\n\n— log sig\n",
          List.of(
              new LineProof(3, Hash.ZERO, 1, List.of(Hash.ZERO, Hash.ZERO), StarterAnswer.RIGHT)),
          List.of(Hash.ZERO));
  private static final Envelope ENVELOPE =
      Envelope.sign(
          Envelope.Kind.LINK, JsonValue.Obj.of().put("a", 1).build(), Identities.key("agent"));
  private static final Pinned PINNED =
      new Pinned("log", "log+1+x", Identities.key("c").publicKey());

  @Property
  void receipts(@ForAll long seed) {
    survives(RECEIPT.toJson(), seed, Receipt::parse);
  }

  @Property
  void keptReceipts(@ForAll long seed) {
    survives(
        new KeptReceipt("log", "log+1+x", ENVELOPE, RECEIPT).toJson(),
        seed,
        fields -> KeptReceipt.parse(Envelope.Kind.LINK, fields));
  }

  @Property
  void pins(@ForAll long seed) {
    survives(PINNED.toJson(), seed, Pinned::parse);
  }

  @Property
  void statuses(@ForAll long seed) {
    survives(
        new Status(Status.State.WAITING, "why", "", 1, 2, 3, "", 4).toJson(), seed, Status::parse);
  }

  private static void survives(JsonValue.Obj good, long seed, RecordFile.Reader<?> reader) {
    Random random = new Random(seed);
    byte[] octets = CanonicalJson.encode(good);
    for (int i = random.nextInt(4); i >= 0; i--) {
      String likely = "0123456789abcdef\"{}[]:,-.en\\u";
      octets[random.nextInt(octets.length)] =
          (byte)
              (random.nextInt(4) == 0
                  ? random.nextInt(256)
                  : likely.charAt(random.nextInt(likely.length())));
    }
    try {
      assertThat(reader.read(JsonFields.of(JsonParser.parseObject(octets)))).isNotNull();
    } catch (MalformedJson expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }
}
