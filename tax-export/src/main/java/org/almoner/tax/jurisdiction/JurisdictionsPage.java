package org.almoner.tax.jurisdiction;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** The profiles as a page of the documentation, in Markdown. */
public final class JurisdictionsPage {
  private JurisdictionsPage() {}

  /** A table of {@code profiles}, then each with its sentences and what they rest on. */
  public static String of(List<Profile> profiles) {
    StringBuilder out = new StringBuilder();
    out.append("| profile | version | where | whom | languages | title | digest |\n");
    out.append("|---|---|---|---|---|---|---|\n");
    for (Profile profile : profiles) {
      Wording first = profile.wordings().get(0);
      row(
          out,
          "[`" + profile.id() + "`](#" + profile.id() + ")",
          profile.version(),
          profile.jurisdiction(),
          kinds(profile),
          String.join(", ", profile.languages()),
          first.title().source(),
          "`" + profile.digest().toHex().substring(0, 16) + "…`");
    }
    profiles.forEach(profile -> section(out, profile));
    return out.toString();
  }

  private static void section(StringBuilder out, Profile profile) {
    out.append("\n## ").append(profile.id()).append("\n\n");
    out.append("| field | value |\n|---|---|\n");
    row(out, "in force", range(profile));
    row(out, "review", review(profile));
    row(out, "year begins", profile.fiscalYear().start().toString().substring(2));
    row(out, "facts of the charity", facts(profile));
    row(
        out,
        "numbers",
        "`"
            + profile.numbering().pattern()
            + "`, "
            + (profile.numbering().gapless()
                ? "without gaps"
                : "gaps are allowed, and each is explained"));
    row(
        out,
        "replacing and cancelling",
        profile.fourEyes() ? "a second operator confirms" : "one operator, with a reason");
    row(
        out,
        "kept for",
        profile.retention().years()
            + " years from "
            + (profile.retention().from() == Retention.From.ISSUE
                ? "the day of issue"
                : "the end of the year of issue"));
    row(
        out,
        "donors need it",
        profile.issueWithinDays() == 0
            ? "at no fixed time"
            : "within " + profile.issueWithinDays() + " days after the period");
    row(out, "of the donor", profile.addressRequired() ? "name and address" : "name");
    row(out, "worksheet of electricity", profile.worksheet() ? "of use" : "of no use");
    row(out, "paper", profile.wordings().get(0).paper().text());
    row(out, "SHA-256 of the file", "`" + profile.digest().toHex() + "`");
    out.append("\n");
    for (Wording wording : profile.wordings()) {
      out.append("**")
          .append(wording.title().source())
          .append("** (")
          .append(wording.language())
          .append("; ")
          .append(wording.numberLabel())
          .append(")\n\n");
      int number = 1;
      for (Wording.Line line : wording.lines()) {
        out.append(number).append(". ");
        if (line.condition() != Condition.ALWAYS) {
          out.append("*").append(line.condition().text()).append(":* ");
        }
        out.append(line.text().source());
        if (!line.cite().isEmpty()) {
          out.append(" (").append(line.cite()).append(")");
        }
        out.append("\n");
        number++;
      }
      out.append("\n");
    }
    if (!profile.citations().isEmpty()) {
      out.append("| rests on | claim | instrument | read at | on | confidence |\n");
      out.append("|---|---|---|---|---|---|\n");
      for (Citation citation : profile.citations()) {
        row(
            out,
            citation.id(),
            citation.claim(),
            citation.instrument(),
            citation.source(),
            citation.seenOn().toString(),
            citation.confidence().text());
      }
    }
  }

  private static String kinds(Profile profile) {
    return profile.donorTypes().stream()
        .sorted()
        .map(DonorKind::text)
        .collect(Collectors.joining(", "));
  }

  private static String range(Profile profile) {
    return "from "
        + profile.effectiveFrom()
        + (profile.effectiveTo().equals(LocalDate.MAX) ? "" : " to " + profile.effectiveTo());
  }

  private static String review(Profile profile) {
    return profile.isGeneric()
        ? "none is needed: it says nothing that a law gives weight to"
        : "required" + (profile.scope().isEmpty() ? "" : "; counsel looks at: " + profile.scope());
  }

  private static String facts(Profile profile) {
    return profile.requiredFacts().isEmpty()
        ? "none"
        : profile.requiredFacts().stream()
            .map(JurisdictionsPage::fact)
            .collect(Collectors.joining("; "));
  }

  private static String fact(RequiredFact fact) {
    return "`"
        + fact.id()
        + "`, such as "
        + fact.example()
        + (fact.maxAgeYears() == 0 ? "" : ", at most " + fact.maxAgeYears() + " years old")
        + (fact.group().isEmpty() ? "" : " (one of " + fact.group() + " is enough)");
  }

  private static void row(StringBuilder out, String... cells) {
    out.append("|");
    for (String cell : cells) {
      out.append(" ").append(cell.replace("|", "\\|")).append(" |");
    }
    out.append("\n");
  }
}
