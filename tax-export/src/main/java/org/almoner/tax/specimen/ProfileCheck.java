package org.almoner.tax.specimen;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almoner.tax.jurisdiction.Lint;
import org.almoner.tax.jurisdiction.MalformedProfile;
import org.almoner.tax.jurisdiction.Printed;
import org.almoner.tax.jurisdiction.Profile;
import org.almoner.tax.jurisdiction.Refusal;
import org.almoner.tax.jurisdiction.TestVector;
import org.almoner.tax.jurisdiction.Wording;
import org.almoner.tax.pdf.DocumentRefused;
import org.almoner.tax.pdf.StatementPdf;
import org.almoner.tax.receipt.StatementText;

/**
 * Looks at a profile the way a document would meet it: its fields, then its test vectors made into
 * documents and read, then every language in every condition before the lint.
 */
public final class ProfileCheck {
  private static final String SOMETHING = "a book";

  private final StatementPdf pdf;

  /** A check that draws with {@code pdf}. */
  public ProfileCheck(StatementPdf pdf) {
    this.pdf = pdf;
  }

  /**
   * One thing that is wrong.
   *
   * @param line of the file, from 1 on
   * @param sentence what it is and what to do
   */
  public record Finding(int line, String sentence) {}

  /** Everything that is wrong with a profile's file, in its order; empty when it can be used. */
  public List<Finding> check(byte[] yaml) {
    Profile profile;
    try {
      profile = Profile.parse(yaml);
    } catch (MalformedProfile e) {
      return e.faults().stream()
          .map(fault -> new Finding(fault.line(), fault.field() + ": " + fault.problem()))
          .toList();
    }
    String text = new String(yaml, StandardCharsets.UTF_8);
    List<Finding> found = new ArrayList<>();
    for (TestVector vector : profile.vectors()) {
      found.addAll(vector(profile, vector));
    }
    for (Wording wording : profile.wordings()) {
      for (TestVector vector : conditions(wording)) {
        found.addAll(lint(profile, wording.language(), vector, text));
      }
    }
    return found.stream().distinct().sorted(Comparator.comparingInt(Finding::line)).toList();
  }

  private List<Finding> vector(Profile profile, TestVector vector) {
    List<Finding> found = new ArrayList<>();
    Wording wording = profile.specimen(vector.language());
    StatementText text = new StatementText(Specimen.page(profile, vector), wording);
    List<String> lines =
        text.printed(List.of()).lines().stream()
            .map(Printed.Line::text)
            .map(ProfileCheck::plain)
            .toList();
    for (String wanted : vector.mustContain()) {
      if (lines.stream().noneMatch(line -> line.contains(plain(wanted)))) {
        found.add(finding(vector, "no line of the document has \"" + wanted + "\""));
      }
    }
    for (String unwanted : vector.mustNotContain()) {
      lines.stream()
          .filter(line -> line.contains(plain(unwanted)))
          .findFirst()
          .ifPresent(
              line ->
                  found.add(
                      finding(
                          vector, "the document has \"" + unwanted + "\" in \"" + line + "\"")));
    }
    List<String> looked =
        new Lint(wording).check(text.printed(List.of())).stream().map(Refusal::sentence).toList();
    try {
      pdf.render(Specimen.page(profile, vector), wording, List.of());
    } catch (DocumentRefused e) {
      e.reasons().stream()
          .filter(reason -> !looked.contains(reason))
          .forEach(reason -> found.add(finding(vector, reason)));
    }
    return found;
  }

  private static Finding finding(TestVector vector, String sentence) {
    return new Finding(vector.line(), "test \"" + vector.name() + "\": " + sentence);
  }

  private static List<Finding> lint(
      Profile profile, String language, TestVector vector, String yaml) {
    Wording wording = profile.specimen(language);
    StatementText text = new StatementText(Specimen.page(profile, vector), wording);
    List<Finding> found = new ArrayList<>();
    for (Refusal refusal : new Lint(wording).check(text.printed(List.of()))) {
      found.add(new Finding(place(yaml, refusal.finding()), language + ": " + refusal.sentence()));
    }
    return found;
  }

  private static List<TestVector> conditions(Wording wording) {
    String something = wording.estimates() ? SOMETHING + wording.beforeEstimate() + "5" : SOMETHING;
    List<TestVector> all = new ArrayList<>();
    for (boolean replaces : new boolean[] {false, true}) {
      for (List<String> benefits : List.of(List.<String>of(), List.of(something))) {
        all.add(
            new TestVector(
                1,
                "conditions",
                wording.language(),
                benefits,
                replaces,
                replaces,
                List.of(),
                List.of()));
      }
    }
    return all;
  }

  /** Where the words that a refusal quotes stand in the file, as far as can be told. */
  private static int place(String yaml, String finding) {
    Matcher line = Pattern.compile("in the profile's line ([\\w-]+)").matcher(finding);
    int from = line.find() ? Math.max(0, yaml.indexOf("- id: " + line.group(1))) : 0;
    Matcher quoted = Pattern.compile("\"([^\"]+)\"").matcher(finding);
    String words = quoted.find() ? quoted.group(1) : "";
    int at = yaml.toLowerCase(Locale.ROOT).indexOf(words.toLowerCase(Locale.ROOT), from);
    String before = yaml.substring(0, Math.max(at, from));
    return 1 + (int) before.chars().filter(c -> c == '\n').count();
  }

  /** Words as a person types them: plain spaces and apostrophes. */
  private static String plain(String text) {
    return text.replaceAll("[\\u00a0\\u202f]", " ").replace('\u2019', '\'');
  }
}
