package org.almoner.coordinator.http.page;

/**
 * A donor's form that was not taken, to be shown again with what was typed.
 *
 * @param sentence why not; empty when there is none
 * @param leaf number of the entry, as it was typed
 * @param words what was written
 */
public record RefusedForm(String sentence, String leaf, String words) {
  /** No form was refused. */
  public static final RefusedForm NONE = new RefusedForm("", "", "");

  boolean isNone() {
    return sentence.isEmpty();
  }
}
