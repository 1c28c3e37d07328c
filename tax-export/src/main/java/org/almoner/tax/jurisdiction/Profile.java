package org.almoner.tax.jurisdiction;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.almoner.protocol.bytes.Hash;

/**
 * What documents may be issued in one legal setting, and in which words.
 *
 * <p>Profiles are data. What a field means for the software is said in {@code
 * docs/reference/add-a-country.md}; a field that it would do nothing with is not in the schema.
 *
 * @param id lowercase name, such as {@code generic}
 * @param version the profile's own version, such as {@code 2026.1}
 * @param digest SHA-256 of the file it was read from
 * @param jurisdiction ISO 3166-1 alpha-2, or {@link #ANYWHERE}
 * @param donorTypes whom it is for
 * @param effectiveFrom first day on which a document may be issued under it
 * @param effectiveTo last such day; {@link LocalDate#MAX} when there is none
 * @param fiscalYear the year that its documents cover
 * @param scope what a lawyer is asked to review
 * @param requiredFacts facts about the charity without which it is not used
 * @param worksheet whether its donors may have use for a worksheet of their electricity
 * @param numbering how its documents are numbered
 * @param fourEyes whether cancelling and replacing need a second operator
 * @param retention how long issued documents are kept
 * @param issueWithinDays days after the period's end by which donors need the document; 0 for none
 * @param addressRequired whether a donor without an address gets no document
 * @param citations what it rests on
 * @param vectors made-up documents to test it with
 * @param wordings one for each language, the profile's first language first
 */
public record Profile(
    String id,
    String version,
    Hash digest,
    String jurisdiction,
    Set<DonorKind> donorTypes,
    LocalDate effectiveFrom,
    LocalDate effectiveTo,
    FiscalYear fiscalYear,
    String scope,
    List<RequiredFact> requiredFacts,
    boolean worksheet,
    Numbering numbering,
    boolean fourEyes,
    Retention retention,
    int issueWithinDays,
    boolean addressRequired,
    List<Citation> citations,
    List<TestVector> vectors,
    List<Wording> wordings) {
  /** Largest profile read, in octets. */
  public static final int BYTES_MAX = 65_536;

  /** What an id looks like: 2 to 63 of a-z, 0-9 and -, a letter first. */
  public static final String ID = "[a-z][a-z0-9-]{1,62}";

  /** The jurisdiction of a profile that names no law. */
  public static final String ANYWHERE = "any";

  /** Refuses a profile without words. */
  public Profile {
    donorTypes = Set.copyOf(donorTypes);
    requiredFacts = List.copyOf(requiredFacts);
    citations = List.copyOf(citations);
    vectors = List.copyOf(vectors);
    wordings = List.copyOf(wordings);
    if (wordings.isEmpty()) {
      throw new IllegalArgumentException("profile " + id + " has no language");
    }
  }

  /**
   * Reads a profile from YAML.
   *
   * @param yaml UTF-8, at most {@link #BYTES_MAX} octets
   * @throws MalformedProfile with every field that is unknown, missing or wrong
   */
  public static Profile parse(byte[] yaml) throws MalformedProfile {
    return ProfileReader.read(yaml);
  }

  /** The profile used wherever no reviewed one fits. */
  public static Profile generic() {
    return ShippedProfiles.generic();
  }

  /** Whether this is the shipped profile that needs no review, and no copy of it. */
  public boolean isGeneric() {
    return digest.equals(ShippedProfiles.generic().digest());
  }

  /** Tags of its languages, the first one first. */
  public List<String> languages() {
    return wordings.stream().map(Wording::language).toList();
  }

  /**
   * The words in {@code language}, in the same language as spoken elsewhere, or else in the
   * profile's first language; good for a specimen only, unless this is {@code generic}.
   */
  public Wording wording(String language) {
    return find(language).standing(own(), List.of());
  }

  /**
   * The words as a specimen shows them: with the examples of the facts that the profile asks for.
   */
  public Wording specimen(String language) {
    return wording(
        language,
        own(),
        requiredFacts.stream()
            .map(fact -> new CharityFact(fact.id(), fact.example(), effectiveFrom, LocalDate.MAX))
            .toList());
  }

  /** The words as a choice of the {@link Gate} entitles to them. */
  Wording wording(String language, Standing standing, List<CharityFact> given) {
    Wording found = find(language);
    List<String> lines = new ArrayList<>();
    for (RequiredFact required : requiredFacts) {
      for (CharityFact fact : given) {
        if (required.printed() && fact.id().equals(required.id())) {
          lines.add(required.label().get(found.language()) + " " + fact.value());
        }
      }
    }
    return found.standing(standing, lines);
  }

  private Standing own() {
    return isGeneric() ? new Standing.Generic() : new Standing.Unreviewed();
  }

  private Wording find(String language) {
    String primary = language.split("-", 2)[0];
    return wordings.stream()
        .filter(each -> each.language().equals(language))
        .findFirst()
        .or(
            () ->
                wordings.stream()
                    .filter(each -> each.language().split("-", 2)[0].equals(primary))
                    .findFirst())
        .orElse(wordings.get(0));
  }

  /** Id, version and digest, as a statement names the profile. */
  public String name() {
    return id + " " + version + " " + digest.toHex();
  }
}
