package org.almoner.tax.jurisdiction;

/** A profile that cannot be used; the message names the field and what was expected there. */
public final class MalformedProfile extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedProfile(String field, String problem) {
    super("profile field " + field + ": " + problem);
  }
}
