package org.almoner.agent.outbox;

import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * Where the next report of this agent goes.
 *
 * @param seq number of the next report
 * @param prev SHA-256 of the payload of the one before, {@link Hash#ZERO} when it is the first
 */
public record Chain(long seq, Hash prev) {
  /** Before the first report. */
  public static final Chain START = new Chain(0, Hash.ZERO);

  /** After a logged report. */
  public static Chain after(long seq, Hash payload) {
    return new Chain(seq + 1, payload);
  }

  /** The one of both that is further on. */
  Chain furthest(Chain other) {
    return other.seq > seq ? other : this;
  }

  static Chain parse(JsonFields fields) throws MalformedJson {
    return new Chain(fields.integer("seq", 0, JsonValue.INTEGER_MAX), fields.hash("prev"));
  }

  JsonValue.Obj toJson() {
    return JsonValue.Obj.of().put("seq", seq).put("prev", prev.toHex()).build();
  }
}
