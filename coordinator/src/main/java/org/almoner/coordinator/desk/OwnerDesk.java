package org.almoner.coordinator.desk;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.PublicKey;

/** What may be asked of project owners and their tokens; as the rest of the {@link Desk}. */
public interface OwnerDesk {
  /**
   * What a token is good for; empty when nobody holds it. That it was used today is noted.
   *
   * @throws Refusal when its time is over
   */
  Optional<OwnerPass> passOf(String token);

  /** The approved owner with this key, by name. */
  Optional<String> nameOf(PublicKey key);

  /**
   * An owner makes, lists or revokes tokens, by a signed request.
   *
   * @return the owner's tokens as they now stand
   */
  CompletableFuture<List<TokenView>> tokens(Envelope request);
}
