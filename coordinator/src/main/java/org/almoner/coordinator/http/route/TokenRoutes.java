package org.almoner.coordinator.http.route;

import java.util.concurrent.CompletableFuture;
import org.almoner.coordinator.desk.Desk;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/** What owners ask about their tokens. */
public final class TokenRoutes {
  private final Desk desk;

  /** Asks {@code desk}. */
  public TokenRoutes(Desk desk) {
    this.desk = desk;
  }

  /** Does what a signed request asks; answers with the tokens as they then stand. */
  public CompletableFuture<JsonValue> tokens(byte[] body) throws MalformedJson {
    return desk.owners()
        .tokens(Body.envelope(Envelope.Kind.TOKEN_REQUEST, body))
        .thenApply(
            all ->
                JsonValue.Obj.of()
                    .put(Field.TOKENS, all.stream().map(ReleaseReplies::token).toList())
                    .build());
  }
}
