package org.almoner.coordinator.http.route;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.desk.OwnerPass;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.protocol.access.Scope;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the header {@code Authorization} who is asking.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">RFC 6750 section 2.1</a>
 */
public final class Tokens {
  /** Longest token, in characters. */
  public static final int TOKEN_MAX = 200;

  private static final String SCHEME = "Bearer ";

  private final Desk desk;
  private final Hash operatorToken;

  /**
   * Knows the operator by a digest and asks the desk for everybody else.
   *
   * @param operatorToken SHA-256 of the operator's token
   */
  public Tokens(Desk desk, Hash operatorToken) {
    this.desk = desk;
    this.operatorToken = operatorToken;
  }

  /** Lets only the operator pass; throws a {@code Refusal} to anybody else. */
  public void requireOperator(@Nullable String authorization) {
    if (!isOperatorsToken(token(authorization))) {
      throw Refusals.tokenUnknown();
    }
  }

  /** Whether it is the operator who asks. */
  public boolean isOperator(@Nullable String authorization) {
    return isOperatorsToken(token(authorization));
  }

  /** The donor whose token came; throws a {@code Refusal} to anybody else. */
  public DonorId requireDonor(@Nullable String authorization) {
    return desk.donorOf(token(authorization)).orElseThrow(Refusals::tokenUnknown);
  }

  /**
   * The operator, or the owner whose token came; throws a {@code Refusal} to anybody else, and to
   * an owner whose token does not open {@code scope}.
   */
  public Caller requireOwner(@Nullable String authorization, Scope scope) {
    String token = token(authorization);
    if (isOperatorsToken(token)) {
      return new Caller.Operator();
    }
    OwnerPass pass = desk.owners().passOf(token).orElseThrow(Refusals::tokenUnknown);
    if (!pass.scopes().contains(scope)) {
      throw Refusals.scopeMissing(pass, scope);
    }
    return new Caller.Owner(pass.owner());
  }

  /** The auditor whose token came, by name; throws a {@code Refusal} to anybody else. */
  public String requireAuditor(@Nullable String authorization) {
    return desk.auditorOf(token(authorization)).orElseThrow(Refusals::tokenUnknown);
  }

  /**
   * Whose requests those with this header are: the digest of a token that somebody holds; empty for
   * anything else.
   */
  public Optional<Hash> account(@Nullable String authorization) {
    if (authorization == null) {
      return Optional.empty();
    }
    try {
      String token = token(authorization);
      boolean known =
          isOperatorsToken(token)
              || desk.owners().passOf(token).isPresent()
              || desk.donorOf(token).isPresent()
              || desk.auditorOf(token).isPresent();
      return known
          ? Optional.of(Hash.sha256(token.getBytes(StandardCharsets.UTF_8)))
          : Optional.empty();
    } catch (Refusal refused) {
      return Optional.empty();
    }
  }

  /** Takes the same time whatever part of the token is right. */
  private boolean isOperatorsToken(String token) {
    Hash came = Hash.sha256(token.getBytes(StandardCharsets.UTF_8));
    return MessageDigest.isEqual(came.toArray(), operatorToken.toArray());
  }

  private static String token(@Nullable String authorization) {
    if (authorization == null) {
      throw Refusals.tokenMissing();
    }
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        || authorization.length() > SCHEME.length() + TOKEN_MAX) {
      throw Refusals.tokenUnknown();
    }
    return authorization.substring(SCHEME.length()).strip();
  }
}
