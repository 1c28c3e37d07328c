package org.almoner.tax.worksheet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the donor answered, complete, and such that a worksheet may be made.
 *
 * <p>Holding one means that T9, T14 and T15 do not speak against it; the donor's word is all there
 * is for that.
 */
public final class Answers {
  private final Map<Question, String> given;

  private Answers(Map<Question, String> given) {
    this.given = Collections.unmodifiableMap(given);
  }

  /**
   * Reads answers, one a line, {@code question: answer}; empty lines and those that begin with
   * {@code #} are passed over.
   *
   * @throws WorksheetRefused with every question that is open, unknown or answered so that no
   *     worksheet can be made
   */
  public static Answers parse(List<String> lines) throws WorksheetRefused {
    Map<Question, String> given = new EnumMap<>(Question.class);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        read(line, given).ifPresent(wrong::add);
      }
    }
    List<Objection> objections = new ArrayList<>();
    for (Question question : Question.values()) {
      String answer = given.get(question);
      if (answer == null) {
        wrong.add("not answered: " + question.asked());
      } else {
        question.objection(answer).ifPresent(objections::add);
      }
    }
    if (!objections.isEmpty()) {
      throw WorksheetRefused.of(objections);
    }
    if (!wrong.isEmpty()) {
      throw new WorksheetRefused(wrong);
    }
    return new Answers(given);
  }

  /** Puts one answer into {@code given}, or says what is wrong with it. */
  private static Optional<String> read(String line, Map<Question, String> given) {
    int colon = line.indexOf(':');
    String key = colon < 0 ? line : line.substring(0, colon).strip();
    String answer = colon < 0 ? "" : line.substring(colon + 1).strip();
    Optional<Question> question = Question.find(key);
    if (question.isEmpty()) {
      return Optional.of("there is no question \"" + key + "\"");
    }
    if (!question.get().answers().contains(answer)) {
      return Optional.of("not understood: \"" + answer + "\" to " + question.get().asked());
    }
    String before = given.put(question.get(), answer);
    return before == null || before.equals(answer)
        ? Optional.empty()
        : Optional.of(key + " is answered twice, " + before + " and " + answer);
  }

  /** Whether the owner used the computers too, so that a meter at the wall saw more than units. */
  public boolean ownUse() {
    return "yes".equals(given.get(Question.OWN_USE));
  }

  /** Whether the computers would have been on anyway. */
  public boolean otherwiseOn() {
    return "on".equals(given.get(Question.OTHERWISE));
  }
}
