package org.almoner.ledger.note;

/**
 * The rule for the name of a key: not empty, no plus, no space of any kind, no control character.
 */
final class KeyName {
  private KeyName() {}

  static String checked(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("the key name is empty");
    }
    if (!name.codePoints().allMatch(KeyName::allowed)) {
      throw new IllegalArgumentException(
          "the key name contains a plus, a space or a control character: " + name);
    }
    return name;
  }

  private static boolean allowed(int c) {
    return c != '+'
        && !Character.isSpaceChar(c)
        && !Character.isWhitespace(c)
        && !Character.isISOControl(c)
        && Character.getType(c) != Character.SURROGATE;
  }
}
