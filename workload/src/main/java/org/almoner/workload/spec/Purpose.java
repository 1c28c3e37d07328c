package org.almoner.workload.spec;

/**
 * What a workload is for, in the owner's words to the volunteers.
 *
 * @param text one line of 20 to 500 characters, no blanks around it
 */
public record Purpose(String text) {
  /** Shorter says nothing. */
  public static final int CHARACTERS_MIN = 20;

  /** Longer is not read. */
  public static final int CHARACTERS_MAX = 500;

  /**
   * @throws IllegalArgumentException in a sentence, when {@code text} is no purpose
   */
  public Purpose {
    int characters = text.codePointCount(0, text.length());
    if (characters < CHARACTERS_MIN || characters > CHARACTERS_MAX) {
      throw new IllegalArgumentException(
          "the purpose has "
              + characters
              + " characters; tell volunteers in 20 to 500 what their computers find out");
    }
    if (text.codePoints().anyMatch(Character::isISOControl) || !text.equals(text.strip())) {
      throw new IllegalArgumentException(
          "the purpose is shown as one line: take out line breaks, tabs and blanks around it");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
