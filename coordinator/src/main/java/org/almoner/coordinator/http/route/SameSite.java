package org.almoner.coordinator.http.route;

import org.jspecify.annotations.Nullable;

/**
 * Refuses forms that another site's page sends, so that nobody is signed in or out behind their
 * back.
 *
 * <p>The cookie is {@code SameSite=Strict} and does not travel with such a form; this is for what
 * needs no cookie. Browsers say where a request comes from in {@code Sec-Fetch-Site}; what is no
 * browser says nothing and has no victim to act for. {@code Origin} is no help here: under {@code
 * Referrer-Policy: no-referrer} it is {@code null} for our own form, too.
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata</a>
 */
public final class SameSite {
  private SameSite() {}

  /** Throws a {@code Refusal} unless the form comes from this server's own page. */
  public static void require(@Nullable String secFetchSite) {
    if (secFetchSite != null && !secFetchSite.equals("same-origin")) {
      throw Refusals.foreignForm();
    }
  }
}
