package org.almoner.tax.jurisdiction;

import java.util.regex.Pattern;

/**
 * Words that a profile refuses outside its own sentences.
 *
 * @param pattern what is searched, case-insensitive
 * @param reason why, for the operator who reads the refusal
 */
public record ForbiddenPhrase(Pattern pattern, String reason) {
  /** Compiles {@code expression} the way all phrase rules are compiled. */
  static Pattern compile(String expression) {
    return Pattern.compile(
        expression,
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
  }
}
