package org.almoner.workload.spec;

import java.util.Locale;
import java.util.Optional;
import org.almoner.protocol.release.Release;
import org.almoner.workload.yaml.Spelling;

/**
 * Reads a licence expression from left to right and refuses the first part that is not on the list.
 *
 * <p>Since every part has to be approved, which operator binds closer makes no difference.
 */
final class LicenceText {
  private static final String END = "";

  private final String text;
  private int at;
  private String word = END;
  private int wordAt;

  LicenceText(String text) {
    this.text = text;
  }

  /** Throws {@link Misplaced} unless the whole text is an expression of approved licences. */
  void check() {
    if (text.isBlank()) {
      throw new Misplaced(0, "no licence is named: write an SPDX identifier such as MIT");
    }
    if (text.length() > Release.LICENCE_MAX) {
      throw new Misplaced(
          0,
          "the licence has "
              + text.length()
              + " characters; at most "
              + Release.LICENCE_MAX
              + ": name the licence that covers the whole");
    }
    next();
    int open = expression();
    if (open != 0) {
      throw new Misplaced(text.length(), "a parenthesis is not closed");
    }
  }

  /** Returns how many parentheses are open at the end. */
  private int expression() {
    int open = 0;
    while (true) {
      for (; word.equals("("); next()) {
        open++;
      }
      licence();
      for (; word.equals(")"); next()) {
        if (--open < 0) {
          throw new Misplaced(wordAt, "a parenthesis is closed here that was not opened");
        }
      }
      if (word.equals(END)) {
        return open;
      }
      operator();
    }
  }

  private void operator() {
    if (!word.equals("AND") && !word.equals("OR")) {
      String upper = word.toUpperCase(Locale.ROOT);
      throw new Misplaced(
          wordAt,
          upper.equals("AND") || upper.equals("OR") || upper.equals("WITH")
              ? "write " + upper + " in capitals"
              : "expected AND, OR or the end, got " + Spelling.quoted(word));
    }
    next();
  }

  private void licence() {
    if (word.equals(END) || word.equals(")") || word.equals("AND") || word.equals("OR")) {
      throw new Misplaced(
          wordAt,
          "a licence is missing here: write an SPDX identifier such as MIT"
              + (word.equals(END) ? "" : " before " + Spelling.quoted(word)));
    }
    refusal(word)
        .ifPresent(
            sentence -> {
              throw new Misplaced(wordAt, sentence);
            });
    next();
    if (word.equals("WITH")) {
      next();
      exception();
    }
  }

  private void exception() {
    if (!SpdxList.EXCEPTIONS.contains(word)) {
      throw new Misplaced(
          wordAt,
          Spelling.quoted(word)
              + " is no exception that SPDX lists"
              + Spelling.nearest(word, SpdxList.EXCEPTIONS)
                  .map(meant -> "; did you mean " + meant + "?")
                  .orElse("; see https://spdx.org/licenses/exceptions-index.html"));
    }
    next();
  }

  private static Optional<String> refusal(String id) {
    if (SpdxList.APPROVED.contains(id)) {
      return Optional.empty();
    }
    if (SpdxList.APPROVED.contains(id + "-only")) {
      return Optional.of(id + " is ambiguous: write " + id + "-only or " + id + "-or-later");
    }
    if (id.endsWith("+") && !id.endsWith("++")) {
      String plain = id.substring(0, id.length() - 1);
      if (SpdxList.APPROVED.contains(plain + "-or-later")) {
        return Optional.of(id + " is an old form: write " + plain + "-or-later");
      }
      if (plain.endsWith("-only") && SpdxList.APPROVED.contains(plain)) {
        return Optional.of(id + " contradicts itself: write " + plain + " or the form -or-later");
      }
      return refusal(plain);
    }
    String hint =
        Spelling.nearest(id, SpdxList.APPROVED)
            .map(meant -> "; did you mean " + meant + "?")
            .orElse(": volunteers run open-source software only; see https://spdx.org/licenses/");
    return Optional.of(
        SpdxList.ALL.contains(id)
            ? id + " is not approved by the Open Source Initiative" + hint
            : Spelling.quoted(id) + " is not an OSI-approved SPDX identifier" + hint);
  }

  /** Takes the next word: a parenthesis, or what stands up to a blank or a parenthesis. */
  private void next() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    wordAt = at;
    if (at < text.length() && isParenthesis(text.charAt(at))) {
      at++;
    } else {
      while (at < text.length() && text.charAt(at) != ' ' && !isParenthesis(text.charAt(at))) {
        at++;
      }
    }
    word = text.substring(wordAt, at);
  }

  private static boolean isParenthesis(char c) {
    return c == '(' || c == ')';
  }
}
