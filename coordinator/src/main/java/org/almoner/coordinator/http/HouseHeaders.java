package org.almoner.coordinator.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.Map;
import org.glassfish.grizzly.http.util.FastHttpDateFormat;

/** Headers that stand in every answer unless a route says otherwise. */
final class HouseHeaders implements ContainerResponseFilter {
  /** No script, no foreign content, no frames, no guessing of types, no referrer, no storing. */
  static final Map<String, String> ALWAYS =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy",
              "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
                  + " form-action 'none'; frame-ancestors 'none'",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY");

  static final String POLICY = "Content-Security-Policy";

  /**
   * For the front page: its own script, which may read this server's events. Trusted types let no
   * text become markup or script, not even by mistake.
   */
  static final String LIVE_POLICY =
      "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  /** For pages with a form that is sent to this server. */
  static final String FORM_POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  /** Grizzly forgets it in every answer that is written before the headers are. */
  static final String DATE = "Date";

  /** For answers over TLS. */
  static final String HSTS = "Strict-Transport-Security";

  static final String ONE_YEAR = "max-age=31536000";

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    ALWAYS.forEach(
        (name, value) -> {
          if (!response.getHeaders().containsKey(name)) {
            response.getHeaders().putSingle(name, value);
          }
        });
    response.getHeaders().putSingle(DATE, FastHttpDateFormat.getCurrentDate());
    if (request.getSecurityContext().isSecure()) {
      response.getHeaders().putSingle(HSTS, ONE_YEAR);
    }
  }
}
