package org.almoner.coordinator.http.route;

import org.almoner.coordinator.journal.KnownKeys;
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

  /** As the other, for routes that the same signers come to again and again. */
  static Envelope envelope(Envelope.Kind kind, byte[] octets, KnownKeys signers)
      throws MalformedJson {
    return Envelope.parse(kind, fields(octets), signers::parseHex);
  }

  /** A route that takes nothing: no octets, or an object without fields. */
  static void empty(byte[] octets) throws MalformedJson {
    if (octets.length > 0) {
      fields(octets).end();
    }
  }
}
