package org.almoner.tax.worksheet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What only the donor can say; nothing is reckoned until all of it is answered. */
public enum Question {
  /** Whose the computers are. */
  COMPUTERS("whose are the computers?", "own"),
  /** Who pays the electricity. */
  BILL("who pays the electricity bill?", "me"),
  /** Where the computers stand. */
  PLACE("where do the computers stand?", "home"),
  /** Whether anybody gives the money back. */
  REIMBURSED("does anybody reimburse you, or did anybody promise to?", "no"),
  /** Whether the same money is counted elsewhere. */
  DEDUCTED("do you count the same electricity elsewhere, such as for a home office?", "no"),
  /** Whether all of the electricity is bought. */
  SOLAR("does a plant of your own, such as solar cells, feed the same home?", "no"),
  /** Whether the owner used the computers while they ran units; any answer will do. */
  OWN_USE("did you use the computers yourself while they ran units?", "no yes"),
  /** What the computers would have done; any answer will do. */
  OTHERWISE("would the computers have been on without this?", "on off");

  /** Answers with which no worksheet is made, and why. */
  private static final List<Refused> REFUSED =
      List.of(
          new Refused(
              COMPUTERS,
              "employer",
              Demand.T9,
              "the computers are an employer's: their electricity is not yours to record"),
          new Refused(COMPUTERS, "other", Demand.T9, "the computers are somebody else's"),
          new Refused(
              BILL, "landlord", Demand.T9, "the landlord pays the bill, or it is part of the rent"),
          new Refused(BILL, "employer", Demand.T9, "an employer pays the bill"),
          new Refused(BILL, "other", Demand.T9, "somebody else pays the bill"),
          new Refused(
              PLACE,
              "business",
              Demand.T9,
              "the computers stand on business premises, whose costs are the business's"),
          new Refused(REIMBURSED, "yes", Demand.T9, "the expense is reimbursed"),
          new Refused(REIMBURSED, "waived", Demand.T14, "a right to reimbursement was waived"),
          new Refused(
              REIMBURSED,
              "if-waived",
              Demand.T15,
              "a reimbursement was promised on condition of a waiver"),
          new Refused(DEDUCTED, "yes", Demand.T9, "the same electricity is counted elsewhere"),
          new Refused(
              SOLAR,
              "yes",
              Demand.T9,
              "a plant of your own feeds the home: what it gave was not bought, and no meter of a"
                  + " computer tells which part that was"));

  private record Refused(Question question, String answer, Demand demand, String finding) {}

  private final String asked;
  private final String good;

  Question(String asked, String good) {
    this.asked = asked;
    this.good = good;
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
    List<String> all = new ArrayList<>(Arrays.asList(good.split(" ")));
    REFUSED.stream().filter(each -> each.question() == this).map(Refused::answer).forEach(all::add);
    return all;
  }

  /** Why nothing is made after this answer; empty when something is. */
  Optional<Objection> objection(String answer) {
    return REFUSED.stream()
        .filter(each -> each.question() == this && each.answer().equals(answer))
        .map(each -> new Objection(each.demand(), each.finding()))
        .findFirst();
  }

  static Optional<Question> find(String key) {
    return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
  }
}
