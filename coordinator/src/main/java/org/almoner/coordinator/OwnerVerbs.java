package org.almoner.coordinator;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.almoner.coordinator.account.Accounts;
import org.almoner.coordinator.account.Owner;
import org.almoner.coordinator.account.Token;
import org.almoner.coordinator.desk.OwnerDesk;
import org.almoner.coordinator.desk.OwnerPass;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.desk.TokenView;
import org.almoner.coordinator.writer.Job;
import org.almoner.protocol.access.TokenRequest;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.json.MalformedJson;

/** The verbs about owners and their tokens. */
final class OwnerVerbs implements OwnerDesk {
  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  private final String origin;
  private final Accounts accounts;
  private final InstantSource clock;
  private final Function<Job<List<TokenView>>, CompletableFuture<List<TokenView>>> submit;
  private final Consumer<Job<Boolean>> later;

  /**
   * Speaks for the coordinator of that origin.
   *
   * @param submit decides on the writer's thread and answers on another
   * @param later decides on the writer's thread; nobody waits for it
   */
  OwnerVerbs(
      String origin,
      Accounts accounts,
      InstantSource clock,
      Function<Job<List<TokenView>>, CompletableFuture<List<TokenView>>> submit,
      Consumer<Job<Boolean>> later) {
    this.origin = origin;
    this.accounts = accounts;
    this.clock = clock;
    this.submit = submit;
    this.later = later;
  }

  @Override
  public Optional<OwnerPass> passOf(String token) {
    Hash hash = Token.hashOf(token);
    long nowMs = clock.millis();
    Optional<OwnerPass> pass = accounts.passOf(hash, nowMs);
    long day = nowMs / DAY_MS;
    if (pass.isPresent() && accounts.isFirstUse(hash, day)) {
      later.accept(group -> accounts.use(group, hash, day));
    }
    return pass;
  }

  @Override
  public Optional<String> nameOf(PublicKey key) {
    return accounts.owner(key).map(Owner::name);
  }

  @Override
  public CompletableFuture<List<TokenView>> tokens(Envelope signed) {
    TokenRequest request;
    try {
      request = TokenRequest.parse(signed.open());
    } catch (BadSignature e) {
      return refused(
          401, "bad-signature", "The signature does not verify", String.valueOf(e.getMessage()));
    } catch (MalformedJson e) {
      return refused(400, "malformed", "Malformed record", String.valueOf(e.getMessage()));
    }
    if (!request.origin().equals(origin)) {
      return refused(
          422,
          "wrong-origin",
          "Meant for another coordinator",
          "the request names origin " + request.origin() + "; this coordinator is " + origin);
    }
    return submit.apply(group -> accounts.answer(group, signed.signer(), request));
  }

  private static CompletableFuture<List<TokenView>> refused(
      int status, String slug, String title, String detail) {
    return CompletableFuture.failedFuture(new Refusal(status, slug, title, detail));
  }
}
