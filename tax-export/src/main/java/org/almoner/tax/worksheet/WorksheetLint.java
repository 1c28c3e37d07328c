package org.almoner.tax.worksheet;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last look at a worksheet before it is made, in every language that is shipped.
 *
 * <p>T2, T3, T6, T8, T14 to T17 and T18 are seen in its words, T7 in its banner. T9, T14 and T15
 * also bind before that: {@link Answers} cannot be had without them; T18 and T19 bind in {@link
 * Tariff} and {@link Worksheet}.
 */
public final class WorksheetLint {
  private static final Set<SheetPart> ALL = EnumSet.allOf(SheetPart.class);

  /** Everything but sentences, which come from the file of words alone. */
  private static final Set<SheetPart> NOT_SENTENCES =
      EnumSet.complementOf(EnumSet.of(SheetPart.SENTENCE));

  private record Phrase(Demand demand, Set<SheetPart> parts, Pattern pattern) {}

  private static final List<Phrase> PHRASES =
      List.of(
          phrase(
              Demand.T2,
              ALL,
              "\\b(?:non-?|un)?(?:deductib|deduction|déductib|deductib|déduction|absetzbar|absetzen"
                  + "|abzugsfähig|steuerlich|steuermindernd|défiscalis|réduction d.impôt|crédit"
                  + " d.impôt|tax[- ](?:relief|benefit|credit|exempt|deduct|write)|write[- ]off"
                  + "|spendenabzug|sonderausgabe|gift aid)"),
          phrase(
              Demand.T3,
              ALL,
              "\\b(?:fair )?market value\\b|\\bcloud (?:price|cost|value|equivalent)\\b"
                  + "|\\bmarktwert\\b|\\bverkehrswert\\b|\\bvaleur (?:vénale|de marché)\\b"
                  + "|\\bgemeiner? wert\\b"),
          phrase(
              Demand.T6,
              NOT_SENTENCES,
              "\\b(?:receipt|certificate|acknowledge?ment|zuwendungsbestätigung"
                  + "|spendenbescheinigung|spendenquittung|bescheinigung|reçu fiscal|attestation"
                  + "|quittance|statement no|seal(?:ed)?|siegel|cachet)\\b"),
          phrase(
              Demand.T8,
              NOT_SENTENCES,
              "\\b(?:base load|standby|depreciation|hardware|internet|router|fixed charge|standing"
                  + " charge|pue|cooling|grundpreis|grundgebühr|zählermiete|abschreibung|abnutzung"
                  + "|kühlung|abonnement|amortissement|refroidissement)"),
          phrase(
              Demand.T14,
              NOT_SENTENCES,
              "\\bwaiv(?:e|ed|er|ing)\\b|\\baufwandsspende|\\bverzicht"
                  + "|\\b(?:renonce|renonciation|abandon de (?:frais|créance))"),
          phrase(
              Demand.T15,
              NOT_SENTENCES,
              "\\b(?:reimbursement right|right to reimbursement|erstattungsanspruch"
                  + "|aufwendungsersatz|droit (?:au|à) remboursement)"),
          phrase(
              Demand.T16,
              ALL,
              "\\b(?:tax savings?|save (?:on )?tax|steuerersparnis|steuern sparen"
                  + "|économies? d.impôt|refunds?\\b|steuererstattung)"),
          phrase(
              Demand.T17,
              NOT_SENTENCES,
              "\\b(?:ssn|itin|tin|pan|nif|sin|pesel|idnr|steuer-?id|steuernummer)\\b[\\s.:#]*[a-z]{0,5}"
                  + "\\d|\\b\\d{3}-\\d{2}-\\d{4}\\b|\\btax (?:id|number)\\b|\\bnuméro fiscal\\b"),
          phrase(
              Demand.T18,
              NOT_SENTENCES,
              "\\b(?:exchange rate|converted|umgerechnet|wechselkurs|taux de change|converti)\\b"));

  private final List<String> foreign;
  private final List<String> names;

  /**
   * @param foreign what a worksheet may not bear because it is the charity's: the document's
   *     number, the log's name; empty ones are passed over
   * @param names what the charity calls itself: one of several words stands nowhere; nothing that
   *     the donor wrote is a single one, which may be a part of a person's name
   */
  public WorksheetLint(List<String> foreign, List<String> names) {
    this.foreign = lower(foreign);
    this.names = lower(names);
  }

  private static List<String> lower(List<String> texts) {
    return texts.stream().map(WorksheetLint::lower).filter(text -> !text.isEmpty()).toList();
  }

  /** Without a difference that a reader does not see as one. */
  private static String lower(String text) {
    return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }

  private boolean bears(SheetLine line, String name) {
    String lower = lower(line.text());
    return name.contains(" ")
        ? line.part() != SheetPart.SENTENCE && lower.contains(name)
        : line.part() == SheetPart.DONOR && lower.equals(name);
  }

  private static Phrase phrase(Demand demand, Set<SheetPart> parts, String expression) {
    return new Phrase(
        demand,
        parts,
        Pattern.compile(
            expression,
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS));
  }

  /** Everything that speaks against the worksheet; empty when it may be made. */
  public List<Objection> check(WorksheetText text) {
    return check(text.lines(), text.estimate());
  }

  /**
   * As {@link #check(WorksheetText)}, of lines.
   *
   * @param estimate whether the banner must be among them
   */
  List<Objection> check(List<SheetLine> lines, boolean estimate) {
    List<Objection> found = new ArrayList<>();
    for (SheetLine line : lines) {
      for (Phrase phrase : PHRASES) {
        Matcher matcher = phrase.pattern().matcher(line.text());
        if (phrase.parts().contains(line.part()) && matcher.find()) {
          found.add(objection(phrase.demand(), matcher.group(), line));
        }
      }
      for (String name : names) {
        if (bears(line, name)) {
          found.add(objection(Demand.T6, name, line));
        }
      }
      String lower = lower(line.text());
      for (String name : foreign) {
        if (line.part() != SheetPart.SENTENCE && lower.contains(name)) {
          found.add(objection(Demand.T6, name, line));
        }
      }
    }
    boolean banner = lines.stream().anyMatch(line -> line.part() == SheetPart.BANNER);
    if (estimate != banner) {
      found.add(
          new Objection(
              Demand.T7, estimate ? "the banner is missing" : "the banner has no reason"));
    }
    return found.stream().distinct().toList();
  }

  private static Objection objection(Demand demand, String words, SheetLine line) {
    return new Objection(demand, "\"" + words.strip() + "\" in " + line.part().where());
  }
}
