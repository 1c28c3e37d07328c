package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.almoner.coordinator.account.OwnerTokens;
import org.almoner.coordinator.account.Token;
import org.almoner.coordinator.desk.OwnerPass;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.desk.TokenView;
import org.almoner.protocol.access.Scope;
import org.almoner.protocol.access.TokenRequest;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tokens that owners make with their key. */
class OwnerTokenTests {
  private static final String TEXT = "8".repeat(64);

  private final Bench bench = new Bench();

  @BeforeEach
  void open() {
    bench.open().approveOwner();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private TokenRequest create(String name, String text, int days, Set<Scope> scopes) {
    return new TokenRequest.Create(
        Bench.ORIGIN, bench.clock.millis(), name, scopes, days, Token.hashOf(text));
  }

  private TokenRequest revoke(String name) {
    return new TokenRequest.Revoke(Bench.ORIGIN, bench.clock.millis(), name);
  }

  private CompletableFuture<List<TokenView>> ask(TokenRequest request, SigningKey key) {
    return bench
        .desk()
        .owners()
        .tokens(Envelope.sign(Envelope.Kind.TOKEN_REQUEST, request.toJson(), key));
  }

  private CompletableFuture<List<TokenView>> ask(TokenRequest request) {
    return ask(request, bench.ownerKey);
  }

  private String slug(CompletableFuture<?> future) {
    return Bench.refusal(future).problem().slug();
  }

  @Test
  void aTokenOpensItsScopesUntilItsTimeIsOverAlsoAfterARestart() {
    ask(create("ci", TEXT, 90, Set.of(Scope.SUBMIT, Scope.READ))).join();
    bench.reopen();
    OwnerPass pass = new OwnerPass("Institute", "ci", Set.of(Scope.SUBMIT, Scope.READ));
    assertThat(bench.desk().owners().passOf(TEXT)).contains(pass);
    bench.clock.pass(Duration.ofDays(90).minusSeconds(1));
    assertThat(bench.desk().owners().passOf(TEXT)).contains(pass);
    bench.clock.pass(Duration.ofSeconds(1));
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> bench.desk().owners().passOf(TEXT));
    assertThat(refusal.problem().slug()).isEqualTo("token-expired");
    assertThat(refusal.problem().detail())
        .isEqualTo(
            "the token \"ci\" opened what it opens until 2027-02-18T12:00:00Z; make a new one with"
                + " 'almoner owners token create'");
  }

  @Test
  void theTextOfATokenIsKeptNowhere() throws Exception {
    ask(create("ci", TEXT, 90, Scope.ALL)).join();
    bench
        .stores
        .rows()
        .scan(
            "owner-token/",
            (key, row) -> {
              assertThat(key).doesNotContain(TEXT);
              assertThat(row.toHex()).doesNotContain(Bytes.utf8(TEXT).toHex());
            });
    assertThat(ask(new TokenRequest.Listing(Bench.ORIGIN, bench.clock.millis())).join())
        .extracting(TokenView::name)
        .containsExactly("approval", "ci");
  }

  @Test
  void theDayOfTheLastUseIsNotedOnce() {
    ask(create("ci", TEXT, 90, Scope.ALL)).join();
    assertThat(listed("ci").lastUsed()).isEmpty();
    assertThat(bench.desk().owners().passOf(TEXT)).isPresent();
    bench.desk().tick().join();
    assertThat(listed("ci").lastUsed()).contains(LocalDate.of(2026, 11, 20));
    bench.clock.pass(Duration.ofDays(3));
    assertThat(bench.desk().owners().passOf(TEXT)).isPresent();
    bench.desk().tick().join();
    bench.reopen();
    assertThat(listed("ci").lastUsed()).contains(LocalDate.of(2026, 11, 23));
  }

  private TokenView listed(String name) {
    return ask(new TokenRequest.Listing(Bench.ORIGIN, bench.clock.millis())).join().stream()
        .filter(token -> token.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRevokedTokenOpensNothingAndItsNameIsFree() {
    ask(create("ci", TEXT, 90, Scope.ALL)).join();
    ask(revoke("ci")).join();
    assertThat(bench.desk().owners().passOf(TEXT)).isEmpty();
    bench.reopen();
    assertThat(bench.desk().owners().passOf(TEXT)).isEmpty();
    assertThat(slug(ask(revoke("ci")))).isEqualTo("unknown-token");
    ask(create("ci", "9".repeat(64), 1, Scope.ALL)).join();
    assertThat(bench.desk().owners().passOf("9".repeat(64))).isPresent();
  }

  @Test
  void theSameRequestAgainChangesNothingAndATakenNameIsRefused() {
    List<TokenView> first = ask(create("ci", TEXT, 90, Scope.ALL)).join();
    assertThat(ask(create("ci", TEXT, 90, Scope.ALL)).join()).isEqualTo(first);
    assertThat(slug(ask(create("ci", "9".repeat(64), 90, Scope.ALL))))
        .isEqualTo("token-name-taken");
    assertThat(slug(ask(create("approval", "9".repeat(64), 90, Scope.ALL))))
        .isEqualTo("token-name-taken");
    bench.clock.pass(Duration.ofDays(91));
    ask(create("ci", "9".repeat(64), 90, Scope.ALL)).join();
    assertThat(bench.desk().owners().passOf("9".repeat(64)))
        .as("the old one's time was over")
        .isPresent();
  }

  @Test
  void onlyApprovedOwnersAskAndOnlyForThisCoordinatorAndNow() {
    SigningKey stranger = SigningKey.generate(bench.random);
    assertThat(slug(ask(create("ci", TEXT, 90, Scope.ALL), stranger)))
        .isEqualTo("owner-not-approved");
    assertThat(slug(ask(new TokenRequest.Listing("log.example/other", bench.clock.millis()))))
        .isEqualTo("wrong-origin");
    long before = bench.clock.millis() - OwnerTokens.CLOCK_OFF_MAX.toMillis() - 1;
    assertThat(slug(ask(new TokenRequest.Listing(Bench.ORIGIN, before)))).isEqualTo("token-clock");
  }

  @Test
  void anOwnerHasSoManyTokensAndNoMore() {
    for (int i = 1; i < OwnerTokens.TOKENS_MAX; i++) {
      ask(create("t-" + i, "token " + i, 90, Scope.ALL)).join();
    }
    assertThat(slug(ask(create("ci", TEXT, 90, Scope.ALL)))).isEqualTo("too-many-tokens");
    ask(revoke("t-1")).join();
    ask(create("ci", TEXT, 90, Scope.ALL)).join();
  }

  @Test
  void theTokenOfTheApprovalLivesAYear() {
    assertThat(listed("approval").expiresMs() - listed("approval").createdMs())
        .isEqualTo(Duration.ofDays(365).toMillis());
  }
}
