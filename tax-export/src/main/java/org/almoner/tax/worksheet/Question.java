package org.almoner.tax.worksheet;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What only the donor can say; nothing is reckoned until all of it is answered. */
public enum Question {
  /** Whose the computers are. */
  COMPUTERS(
      "whose are the computers?",
      "own",
      List.of(
          new Refused(
              "employer",
              Demand.T9,
              "the computers are an employer's: their electricity is not yours to record"),
          new Refused("other", Demand.T9, "the computers are somebody else's"))),
  /** Who pays the electricity. */
  BILL(
      "who pays the electricity bill?",
      "me",
      List.of(
          new Refused(
              "landlord", Demand.T9, "the landlord pays the bill, or it is part of the rent"),
          new Refused("employer", Demand.T9, "an employer pays the bill"),
          new Refused("other", Demand.T9, "somebody else pays the bill"))),
  /** Where the computers stand. */
  PLACE(
      "where do the computers stand?",
      "home",
      List.of(
          new Refused(
              "business",
              Demand.T9,
              "the computers stand on business premises, whose costs are the business's"))),
  /** Whether anybody gives the money back. */
  REIMBURSED(
      "does anybody reimburse you, or did anybody promise to?",
      "no",
      List.of(
          new Refused("yes", Demand.T9, "the expense is reimbursed"),
          new Refused("waived", Demand.T14, "a right to reimbursement was waived"),
          new Refused(
              "if-waived", Demand.T15, "a reimbursement was promised on condition of a waiver"))),
  /** Whether the same money is counted elsewhere. */
  DEDUCTED(
      "do you count the same electricity elsewhere, such as for a home office?",
      "no",
      List.of(new Refused("yes", Demand.T9, "the same electricity is counted elsewhere"))),
  /** Whether the electricity is bought at all. */
  SOLAR(
      "does a plant of your own, such as solar cells, feed the same home?",
      "no",
      List.of(
          new Refused(
              "yes",
              Demand.T9,
              "a plant of your own feeds the home: what it gave was not bought, and no meter of"
                  + " the computer tells which part that was"))),
  /** Whether the owner used the computers while they ran units; any answer will do. */
  OWN_USE("did you use the computers yourself while they ran units?", "no", "yes"),
  /** What the computers would have done; any answer will do. */
  OTHERWISE("would the computers have been on without this?", "on", "off");

  /** An answer with which no worksheet is made. */
  record Refused(String answer, Demand demand, String finding) {}

  private final String asked;
  private final List<String> good;
  private final List<Refused> refused;

  Question(String asked, String good, List<Refused> refused) {
    this.asked = asked;
    this.good = List.of(good);
    this.refused = refused;
  }

  Question(String asked, String one, String another) {
    this.asked = asked;
    this.good = List.of(one, another);
    this.refused = List.of();
  }

  /** Its name in an answers file and on the command line, such as {@code own-use}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The question and the answers it knows, such as {@code bill: who pays ...? me, landlord}. */
  public String asked() {
    return key() + ": " + asked + " " + String.join(", ", answers());
  }

  /** Every answer that is understood. */
  List<String> answers() {
    List<String> all = new java.util.ArrayList<>(good);
    refused.forEach(each -> all.add(each.answer()));
    return all;
  }

  /** Why nothing is made after this answer; empty when something is. */
  Optional<Objection> objection(String answer) {
    return refused.stream()
        .filter(each -> each.answer().equals(answer))
        .map(each -> new Objection(each.demand(), each.finding()))
        .findFirst();
  }

  static Optional<Question> find(String key) {
    for (Question question : values()) {
      if (question.key().equals(key)) {
        return Optional.of(question);
      }
    }
    return Optional.empty();
  }
}
