package org.almoner.tax.jurisdiction;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules that are seen in the words alone. */
final class PhraseRules {
  private static final String CURRENCY_CODE =
      "USD|EUR|GBP|CAD|AUD|NZD|CHF|JPY|CNY|INR|PLN|CZK|HUF|RON|BGN|SEK|NOK|DKK|ISK|BRL|MXN|ZAR|KRW"
          + "|VND|RUB|UAH|TRY|ILS|SGD|HKD|BTC|ETH";
  private static final String CURRENCY_WORD =
      "dollars|euros?|cents|pounds? sterling|pence|francs|franken|rupees?|yen|yuan|kron(?:a|or|er)"
          + "|z[łl]oty(?:ch)?|pesos?|bitcoins?";

  private record PhraseRule(Rule rule, Set<Part> parts, Pattern pattern) {}

  private static final Set<Part> ANYWHERE = EnumSet.complementOf(EnumSet.of(Part.SENTENCE));

  private static final List<PhraseRule> RULES =
      List.of(
          rule(Rule.T1, "\\p{Sc}\\s?\\d|\\d\\s?\\p{Sc}"),
          rule(Rule.T1, "\\b(?:" + CURRENCY_CODE + ")\\s?\\d|\\d\\s?(?:" + CURRENCY_CODE + ")\\b"),
          rule(Rule.T1, "\\d\\s?(?:" + CURRENCY_WORD + ")\\b"),
          rule(
              Rule.T2,
              "\\b(?:non-)?(?:deductible|deductions?|deducib\\w+|détraib\\w+|detraib\\w+|déductib\\w+"
                  + "|absetzbar\\w*|aftrekbaar|giftenaftrek|spendenabzug)\\b"),
          rule(
              Rule.T2,
              "\\bgift aid\\b|\\bsection 80\\s?g\\b|\\b80\\s?g (?:receipt|certificate|exemption)"
                  + "|\\btax (?:relief|benefits?|credits?|exemption)\\b"),
          rule(
              Rule.T3,
              "\\b(?:fair )?market value\\b|\\bcloud (?:price|cost|value|equivalent)\\b"
                  + "|\\bcomparable price\\b|\\b(?:valued at|worth of)\\b|\\bequivalent value\\b"),
          rule(Rule.T4, "\\bno goods (?:or|and) services\\b|\\bnothing in return\\b"),
          rule(
              Rule.T5,
              "\\bofficial receipt\\b|\\bform (?:8282|8283)\\b|\\bcerfa\\b|\\b10\\s?b[de]\\b"
                  + "|\\bzuwendungsbestätigung\\b|\\bspendenbescheinigung\\b|\\breçu fiscal\\b"),
          ruleIn(
              Rule.T5,
              EnumSet.of(Part.TITLE, Part.NUMBER),
              "\\b(?:receipt|tax|certificate|reçu|quittung|beleg|bescheinigung|bestätigung)"),
          ruleIn(
              Rule.T8,
              EnumSet.of(Part.LABEL),
              "\\bidle\\b|\\bbase load\\b|\\bdepreciation\\b|\\bhardware\\b|\\binternet\\b"
                  + "|\\bfixed charges?\\b|\\bpue\\b|\\bcooling\\b"),
          rule(Rule.T12, "\\bon behalf of\\b|\\bfiscal(?:ly)? sponsor"),
          rule(
              Rule.T16,
              "\\d\\s?%|\\d\\s?per ?cent\\b|\\btax savings?\\b|\\bsave (?:on )?tax|\\brefunds?\\b"),
          ruleIn(
              Rule.T17,
              EnumSet.of(Part.DONOR, Part.FILLING),
              "\\b(?:ssn|itin|tin|pan|nif|sin|pesel|idnr|steuer-?id)[\\s.:#]+[a-z]{0,5}\\d"
                  + "|\\btax (?:id|number|no)\\b|\\bsocial security\\b|\\b\\d{3}-\\d{2}-\\d{4}\\b"),
          rule(Rule.T18, "\\bexchange rate\\b|\\bconverted (?:from|to|at)\\b"),
          rule(
              Rule.T20,
              "\\b(?:filed|reported|submitted|transmitted|sent) (?:with|to) (?:the )?"
                  + "(?:irs|cra|hmrc|ato|tax|finanzamt|revenue|authorit)"));

  private PhraseRules() {}

  private static PhraseRule rule(Rule rule, String expression) {
    return ruleIn(rule, ANYWHERE, expression);
  }

  private static PhraseRule ruleIn(Rule rule, Set<Part> parts, String expression) {
    return new PhraseRule(rule, parts, ForbiddenPhrase.compile(expression));
  }

  /** What in {@code line} breaks a rule that every profile has. */
  static List<Refusal> check(Printed.Line line) {
    List<Refusal> found = new ArrayList<>();
    for (PhraseRule rule : RULES) {
      Matcher matcher = rule.pattern().matcher(line.text());
      if (rule.parts().contains(line.part()) && matcher.find()) {
        found.add(refusal(rule.rule(), matcher.group(), line.part()));
      }
    }
    return found;
  }

  /** A refusal that quotes the words and says where they stand. */
  static Refusal refusal(Rule rule, String words, Part part) {
    return new Refusal(rule, "\"" + words.strip() + "\" in " + part.where());
  }
}
