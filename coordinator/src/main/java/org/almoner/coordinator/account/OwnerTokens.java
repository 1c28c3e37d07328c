package org.almoner.coordinator.account;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.desk.TokenView;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.writer.Group;
import org.almoner.protocol.access.Scope;
import org.almoner.protocol.access.TokenRequest;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.PublicKey;

/** Owners' tokens. Changes happen on the writer's thread; tokens are looked up from any. */
public final class OwnerTokens {
  /** Most tokens of one owner. */
  public static final int TOKENS_MAX = 50;

  /** How far an owner's clock may be off; a request is good for so long. */
  public static final Duration CLOCK_OFF_MAX = Duration.ofMinutes(10);

  /** Name of the token that comes with the approval; owners cannot make one of this name. */
  public static final String APPROVAL = "approval";

  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  private final Map<Hash, OwnerToken> byHash = new ConcurrentHashMap<>();

  /** Reads all of them. */
  public static OwnerTokens load(RowStore store) throws IOException {
    OwnerTokens tokens = new OwnerTokens();
    Map<String, Bytes> rows = new ConcurrentHashMap<>();
    store.scan(OwnerToken.FAMILY, rows::put);
    for (Map.Entry<String, Bytes> row : rows.entrySet()) {
      OwnerToken token = OwnerToken.parse(row.getKey(), row.getValue());
      tokens.byHash.put(token.hash(), token);
    }
    return tokens;
  }

  /** The token with this hash; says nothing of its time. */
  Optional<OwnerToken> find(Hash hash) {
    return Optional.ofNullable(byHash.get(hash));
  }

  /** Throws a {@code Refusal} when a token's time is over. */
  static void requireInTime(TokenView token, long nowMs) {
    if (nowMs >= token.expiresMs()) {
      throw new Refusal(
          401,
          "token-expired",
          "The token's time is over",
          "the token \""
              + token.name()
              + "\" opened what it opens until "
              + second(token.expiresMs())
              + "; make a new one with 'almoner owners token create'");
    }
  }

  /** A token that opens everything, with the owner's approval; the one before it goes. */
  void approve(Group group, PublicKey owner, Hash hash) {
    named(owner, APPROVAL).ifPresent(before -> forget(group, before));
    long expiresMs = group.nowMs() + TokenRequest.DAYS_MAX * DAY_MS;
    TokenView view = new TokenView(APPROVAL, Scope.ALL, group.nowMs(), expiresMs, TokenView.NEVER);
    keep(group, new OwnerToken(hash, owner, view, true));
  }

  /**
   * Does what an approved owner asks; the same again changes nothing.
   *
   * @return the owner's tokens as they now stand
   */
  List<TokenView> answer(Group group, PublicKey owner, TokenRequest request) {
    requireClock(request.issuedMs(), group.nowMs());
    if (request instanceof TokenRequest.Create create) {
      create(group, owner, create);
    } else if (request instanceof TokenRequest.Revoke revoke) {
      OwnerToken token =
          named(owner, revoke.name())
              .orElseThrow(
                  () ->
                      new Refusal(
                          404,
                          "unknown-token",
                          "Unknown token",
                          "you have no token named "
                              + revoke.name()
                              + "; 'almoner owners token list' names them"));
      forget(group, token);
    }
    return of(owner).map(OwnerToken::view).sorted(Comparator.comparing(TokenView::name)).toList();
  }

  private void create(Group group, PublicKey owner, TokenRequest.Create create) {
    Optional<OwnerToken> known = find(create.token());
    if (known.isPresent()
        && known.get().owner().equals(owner)
        && known.get().view().name().equals(create.name())) {
      return;
    }
    Optional<OwnerToken> before = named(owner, create.name());
    if (known.isPresent()
        || create.name().equals(APPROVAL)
        || before.filter(b -> b.view().expiresMs() > group.nowMs()).isPresent()) {
      throw new Refusal(
          409,
          "token-name-taken",
          "Token's name taken",
          "there is a token " + create.name() + " already; revoke it, or choose another name");
    }
    before.ifPresent(expired -> forget(group, expired));
    if (of(owner).count() >= TOKENS_MAX) {
      throw new Refusal(
          409,
          "too-many-tokens",
          "Too many tokens",
          "you have " + TOKENS_MAX + " tokens, the most possible; revoke one that is not used");
    }
    long expiresMs = group.nowMs() + create.days() * DAY_MS;
    Set<Scope> scopes = create.scopes();
    TokenView view =
        new TokenView(create.name(), scopes, group.nowMs(), expiresMs, TokenView.NEVER);
    keep(group, new OwnerToken(create.token(), owner, view, true));
  }

  /** Notes that a token was used on that day. */
  boolean use(Group group, Hash hash, long day) {
    Optional<OwnerToken> token = find(hash).filter(t -> t.view().lastUsedDay() < day);
    token.ifPresent(t -> keep(group, t.usedOn(day)));
    return token.isPresent();
  }

  private static void requireClock(long issuedMs, long nowMs) {
    if (Math.abs(nowMs - issuedMs) > CLOCK_OFF_MAX.toMillis()) {
      throw new Refusal(
          422,
          "token-clock",
          "Clocks differ",
          "the request says it was signed at "
              + second(issuedMs)
              + ", and here it is "
              + second(nowMs)
              + "; set your clock and ask again");
    }
  }

  private static Instant second(long ms) {
    return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.SECONDS);
  }

  private Stream<OwnerToken> of(PublicKey owner) {
    return byHash.values().stream().filter(token -> token.owner().equals(owner));
  }

  private Optional<OwnerToken> named(PublicKey owner, String name) {
    return of(owner).filter(token -> token.view().name().equals(name)).findFirst();
  }

  private void keep(Group group, OwnerToken token) {
    byHash.put(token.hash(), token);
    group.touch(token);
  }

  private void forget(Group group, OwnerToken token) {
    byHash.remove(token.hash());
    group.touch(token.revoked());
  }
}
