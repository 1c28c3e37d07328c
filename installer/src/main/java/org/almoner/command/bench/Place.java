package org.almoner.command.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.almoner.agent.origin.Pinned;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.MalformedJson;

/**
 * The coordinator under load, as everyone in the load knows it.
 *
 * @param base its address
 * @param coordinator what it said of itself
 * @param logKey its log's key
 * @param meter version of its counting rule
 * @param operatorToken what its operator speaks with
 */
record Place(URI base, Pinned coordinator, VerifierKey logKey, String meter, String operatorToken) {
  /** Asks a coordinator what it is. */
  static Place of(URI base, String operatorToken) throws IOException, BenchFailed {
    try (HttpConnection connection = new HttpConnection(base)) {
      JsonFields about = new Api(connection, "").get("/api/v1/origin");
      Pinned pinned = Pinned.parse(about);
      return new Place(
          base,
          pinned,
          VerifierKey.parse(pinned.logKey()),
          about.text("meter", 100),
          operatorToken);
    } catch (MalformedJson | MalformedNote e) {
      throw new BenchFailed("the coordinator does not say what it is: " + e.getMessage(), e);
    }
  }

  String origin() {
    return coordinator.origin();
  }

  List<VerifierKey> logKeys() {
    return List.of(logKey);
  }
}
