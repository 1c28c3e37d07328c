package org.almoner.coordinator.http;

import java.util.Optional;
import org.almoner.coordinator.http.route.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * The one cookie: the name of a donor's session.
 *
 * <p>Out of reach of scripts, never sent along from another site, only to the donor's page.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6265#section-4.1">RFC 6265 section 4.1</a>
 */
final class SessionCookie {
  private static final String NAME = "almoner-me";
  private static final String RULES = "; Path=/me; HttpOnly; SameSite=Strict";

  private SessionCookie() {}

  /** The session's name in the header {@code Cookie}; empty when none is in it. */
  static Optional<String> read(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    for (String pair : header.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equals(NAME)) {
        return Optional.of(pair.substring(equals + 1).strip());
      }
    }
    return Optional.empty();
  }

  static String set(String session, boolean secure) {
    return NAME + "=" + session + "; Max-Age=" + Sessions.LASTS.toSeconds() + rules(secure);
  }

  static String clear(boolean secure) {
    return NAME + "=; Max-Age=0" + rules(secure);
  }

  private static String rules(boolean secure) {
    return secure ? RULES + "; Secure" : RULES;
  }
}
