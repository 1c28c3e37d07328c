package org.almoner.coordinator.http.route;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Reads the one field of the sign-in form: {@code token=…}, urlencoded as a browser sends it. */
public final class FormToken {
  private static final String FIELD = "token=";

  private FormToken() {}

  /** The token without blanks around it; throws a {@code Refusal} when the form is another one. */
  public static String read(byte[] body) {
    String form = new String(body, StandardCharsets.UTF_8);
    if (!form.startsWith(FIELD) || form.indexOf('&') >= 0) {
      throw Refusals.malformed("the form has one field, token; sign in on the page /me");
    }
    try {
      return URLDecoder.decode(form.substring(FIELD.length()), StandardCharsets.UTF_8).strip();
    } catch (IllegalArgumentException e) {
      throw Refusals.malformed("the field token is not urlencoded; sign in on the page /me");
    }
  }
}
