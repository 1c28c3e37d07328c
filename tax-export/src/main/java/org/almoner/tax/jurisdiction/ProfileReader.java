package org.almoner.tax.jurisdiction;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.almoner.protocol.bytes.Hash;

/** Reads a profile field by field; what the schema does not name is refused. */
final class ProfileReader {
  /** The schema that is read. */
  static final int SCHEMA = 2;

  /** Longest regular expression, in characters. */
  private static final int REGEX_MAX = 500;

  /** Documents of a year follow when it has closed, 31 days after its end. */
  private static final int ISSUE_DAYS_MIN = 32;

  /** A year later the next one's are due. */
  private static final int ISSUE_DAYS_MAX = 365;

  private static final String SCHEMA_1 =
      "is 1; this Almoner reads 2. To bring the file up to it: set profile_schema: 2; write"
          + " languages: [en] for language: en; put title and number_label under their language;"
          + " rename lines to mandatory_lines and labels to captions.en.words, of which only those"
          + " that differ are needed; move is_tax_document under documents.statement; and add"
          + " jurisdiction, donor_types, documents, numbering, retention and test_vectors."
          + " 'almoner profile show generic' prints a complete one";

  private static final Set<Placeholder> IN_SENTENCES =
      EnumSet.complementOf(
          EnumSet.of(
              Placeholder.PAGE,
              Placeholder.PAGES,
              Placeholder.REVIEWER,
              Placeholder.LICENCE,
              Placeholder.REVIEWED_ON));

  private final Fields root;
  private final Hash digest;

  private ProfileReader(Fields root, Hash digest) {
    this.root = root;
    this.digest = digest;
  }

  static Profile read(byte[] yaml) throws MalformedProfile {
    Fields root = Fields.read(yaml, Profile.BYTES_MAX);
    String schema = root.text("profile_schema");
    if (!schema.equals(Integer.toString(SCHEMA))) {
      if (!schema.isEmpty()) {
        root.fault(
            "profile_schema",
            schema.equals("1") ? SCHEMA_1 : "is " + schema + "; expected " + SCHEMA);
      }
      root.finish();
    }
    return new ProfileReader(root, Hash.sha256(yaml)).profile();
  }

  private Profile profile() throws MalformedProfile {
    String id = matching("id", Profile.ID, "2 to 63 of a-z, 0-9 and -");
    String version = matching("version", "[0-9A-Za-z][0-9A-Za-z.-]{0,19}", "such as 2026.1");
    String jurisdiction = jurisdiction(id);
    LocalDate from = root.date("effective_from");
    LocalDate to = root.dateOr("effective_to", LocalDate.MAX);
    if (to.isBefore(from)) {
      root.fault("effective_to", "is " + to + ", before effective_from " + from);
    }
    List<String> languages = languages();
    Set<DonorKind> kinds = donorTypes();
    FiscalYear fiscalYear = fiscalYear();
    String scope = review();
    List<RequiredFact> facts = facts(languages);
    boolean worksheet = documents();
    Numbering numbering = numbering();
    Fields voiding = root.mapping("void_rules");
    boolean fourEyes = voiding.flag("four_eyes");
    voiding.end();
    Retention retention = retention();
    Fields timing = root.mappingOr("timing");
    int within = timing.numberOr("issue_within_days", 0, ISSUE_DAYS_MAX, 0);
    if (within != 0 && within < ISSUE_DAYS_MIN) {
      timing.fault(
          "issue_within_days",
          "is "
              + within
              + "; expected 0 for no day, or "
              + ISSUE_DAYS_MIN
              + " to "
              + ISSUE_DAYS_MAX
              + ": a year closes 31 days after its end, and no document of it comes before");
    }
    timing.end();
    boolean address = donorData();
    List<Citation> citations = citations();
    List<Wording> wordings =
        new WordingReader(root, languages, citations).read(id, version, from, to);
    List<TestVector> vectors = vectors(languages);
    root.end();
    root.finish();
    return new Profile(
        id,
        version,
        digest,
        jurisdiction,
        kinds,
        from,
        to,
        fiscalYear,
        scope,
        facts,
        worksheet,
        numbering,
        fourEyes,
        retention,
        within,
        address,
        citations,
        vectors,
        wordings);
  }

  private String matching(String name, String form, String expected) {
    String text = root.text(name);
    if (!text.isEmpty() && !text.matches(form)) {
      root.fault(name, "is " + text + "; expected " + expected);
    }
    return text;
  }

  private String jurisdiction(String id) {
    String text = root.text("jurisdiction");
    boolean generic = id.equals("generic");
    if (!text.isEmpty() && (generic ? !text.equals(Profile.ANYWHERE) : !text.matches("[A-Z]{2}"))) {
      root.fault(
          "jurisdiction",
          "is "
              + text
              + "; expected "
              + (generic
                  ? "any, since generic names no law"
                  : "a country as two capital letters (ISO 3166), such as AT"));
    }
    return text;
  }

  private List<String> languages() {
    List<String> languages = root.texts("languages");
    if (languages.isEmpty() || new HashSet<>(languages).size() != languages.size()) {
      root.fault("languages", "expected at least one language, each once, such as [en, de]");
    }
    for (String language : languages) {
      if (!language.matches("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")) {
        root.fault("languages", "has " + language + "; expected tags such as en, de or pt-BR");
      }
    }
    return languages.stream().distinct().toList();
  }

  private Set<DonorKind> donorTypes() {
    Set<DonorKind> kinds = EnumSet.noneOf(DonorKind.class);
    for (String text : root.texts("donor_types")) {
      Optional<DonorKind> kind = DonorKind.of(text);
      if (kind.isEmpty()) {
        root.fault(
            "donor_types",
            "has " + text + "; known are individual, business, partnership and public-body");
      }
      kind.ifPresent(kinds::add);
    }
    return kinds;
  }

  private FiscalYear fiscalYear() {
    Fields fiscal = root.mappingOr("fiscal_year");
    String start = fiscal.textOr("start", "01-01");
    fiscal.end();
    try {
      return new FiscalYear(MonthDay.parse("--" + start));
    } catch (DateTimeException | IllegalArgumentException e) {
      fiscal.fault("start", "is " + start + "; expected the year's first day as month-day: 04-06");
      return FiscalYear.CALENDAR;
    }
  }

  private String review() {
    Fields review = root.mappingOr("review");
    String scope = review.textOr("scope", "");
    review.end();
    return scope;
  }

  private List<RequiredFact> facts(List<String> languages) {
    List<RequiredFact> facts = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Fields fields : root.mappingsOr("authority_of_charity")) {
      String id = fields.text("id");
      if (!ids.add(id)) {
        fields.fault("id", "is used twice: " + id);
      }
      Pattern format = regex(fields, "format");
      String example = fields.text("example");
      if (!example.isEmpty() && !format.matcher(example).matches()) {
        fields.fault("example", "is " + example + ", which its own format does not match");
      }
      Map<String, String> label = Templates.textByLanguage(fields.mapping("label"), languages);
      facts.add(
          new RequiredFact(
              id,
              label,
              format,
              example,
              fields.numberOr("max_age_years", 1, RequiredFact.AGE_MAX, 0),
              fields.textOr("one_of", ""),
              fields.flag("printed")));
      fields.end();
    }
    return facts;
  }

  /** Whether the worksheet is of use to such donors; everything else has one answer. */
  private boolean documents() {
    Fields documents = root.mapping("documents");
    Fields statement = documents.mapping("statement");
    if (!statement.flag("allowed")) {
      statement.fault("allowed", "is not true; a profile without its statement has no use");
    }
    if (statement.flag("is_tax_document")) {
      statement.fault("is_tax_document", "is true; Almoner makes no tax documents");
    }
    statement.end();
    Fields worksheet = documents.mapping("expense_worksheet");
    boolean useful = worksheet.flag("allowed");
    worksheet.end();
    for (String other : List.of("official_receipt", "waived_expense_receipt")) {
      Fields refused = documents.mapping(other);
      if (refused.flag("allowed")) {
        refused.fault("allowed", "is true; Almoner makes no such document, so only false is taken");
      }
      refused.end();
    }
    documents.end();
    return useful;
  }

  private Numbering numbering() {
    Fields numbering = root.mapping("numbering");
    String pattern = numbering.text("pattern");
    boolean gapless = numbering.flag("gapless");
    numbering.end();
    try {
      return pattern.isEmpty() ? Numbering.PLAIN : new Numbering(pattern, gapless);
    } catch (IllegalArgumentException e) {
      numbering.fault("pattern", String.valueOf(e.getMessage()));
      return Numbering.PLAIN;
    }
  }

  private Retention retention() {
    Fields retention = root.mapping("retention");
    int years = retention.number("duplicate_years", 1, Retention.YEARS_MAX);
    String from = retention.text("counted_from");
    if (!from.isEmpty() && !from.equals("issue") && !from.equals("end_of_year")) {
      retention.fault("counted_from", "is " + from + "; expected issue or end_of_year");
    }
    retention.end();
    return new Retention(
        years, from.equals("issue") ? Retention.From.ISSUE : Retention.From.END_OF_YEAR);
  }

  private boolean donorData() {
    Fields data = root.mapping("donor_data");
    List<String> required = data.texts("required");
    if (!required.contains("name") || !Set.of("name", "address").containsAll(required)) {
      data.fault("required", "is " + required + "; expected [name] or [name, address]");
    }
    data.end();
    return required.contains("address");
  }

  private List<Citation> citations() {
    List<Citation> citations = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Fields fields : root.mappingsOr("citations")) {
      String id = fields.text("id");
      if (!ids.add(id)) {
        fields.fault("id", "is used twice: " + id);
      }
      citations.add(
          new Citation(
              id,
              fields.text("claim"),
              fields.text("instrument"),
              fields.text("url_or_file"),
              fields.date("seen_on"),
              confidence(fields)));
      fields.end();
    }
    return citations;
  }

  private static Citation.Confidence confidence(Fields fields) {
    String text = fields.text("confidence");
    for (Citation.Confidence confidence : Citation.Confidence.values()) {
      if (confidence.text().equals(text)) {
        return confidence;
      }
    }
    if (!text.isEmpty()) {
      fields.fault(
          "confidence",
          "is "
              + text
              + "; expected S (primary text read), S-ex (read in an excerpt), K (known, not looked"
              + " up) or \"?\" (open)");
    }
    return Citation.Confidence.OPEN;
  }

  private List<TestVector> vectors(List<String> languages) {
    List<TestVector> vectors = new ArrayList<>();
    Map<String, Boolean> tested = new LinkedHashMap<>();
    languages.forEach(language -> tested.put(language, false));
    for (Fields fields : root.mappings("test_vectors")) {
      String name = fields.text("name");
      Fields input = fields.mapping("input");
      String language = input.text("language");
      if (!language.isEmpty() && tested.replace(language, true) == null) {
        input.fault("language", "is " + language + ", which is none of languages");
      }
      vectors.add(
          new TestVector(
              fields.line(),
              name,
              language,
              input.textsOr("benefits"),
              input.flagOr("replaces", false),
              input.flagOr("open_period", false),
              fields.textsOr("must_contain"),
              fields.textsOr("must_not_contain")));
      input.end();
      fields.end();
    }
    tested.forEach(
        (language, seen) -> {
          if (!seen) {
            root.fault("test_vectors", "has none in " + language + "; add one");
          }
        });
    return vectors;
  }

  /** A regular expression; one that nothing matches after a fault. */
  static Pattern regex(Fields fields, String name) {
    String text = fields.text(name);
    if (text.length() > REGEX_MAX) {
      fields.fault(
          name, "has " + text.length() + " characters; at most " + REGEX_MAX + " are read");
      return Pattern.compile("(?!)");
    }
    try {
      return ForbiddenPhrase.compile(text.isEmpty() ? "(?!)" : text);
    } catch (PatternSyntaxException e) {
      fields.fault(name, "is no regular expression: " + e.getDescription());
      return Pattern.compile("(?!)");
    }
  }

  static Set<Placeholder> inSentences() {
    return EnumSet.copyOf(IN_SENTENCES);
  }
}
