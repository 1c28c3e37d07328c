package org.almoner.coordinator.http.route;

import java.util.Base64;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.MalformedJson;

/** Reads the JSON object a request carries. */
final class Body {
  private Body() {}

  static JsonFields fields(byte[] octets) throws MalformedJson {
    return JsonFields.of(JsonParser.parseObject(octets));
  }

  /** A body that is one envelope and nothing else. */
  static Envelope envelope(Envelope.Kind kind, byte[] octets) throws MalformedJson {
    return Envelope.parse(kind, fields(octets));
  }

  /** A route that takes nothing: no octets, or an object without fields. */
  static void empty(byte[] octets) throws MalformedJson {
    if (octets.length > 0) {
      fields(octets).end();
    }
  }

  /** Standard base64 in its one canonical form; fits {@link JsonFields#parsed}. */
  static Bytes base64(String text) {
    byte[] octets;
    try {
      octets = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not standard base64", e);
    }
    if (!Base64.getEncoder().encodeToString(octets).equals(text)) {
      throw new IllegalArgumentException("not the canonical base64 of its octets");
    }
    return Bytes.of(octets);
  }
}
