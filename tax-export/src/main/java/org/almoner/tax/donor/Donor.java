package org.almoner.tax.donor;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.jurisdiction.DonorKind;

/**
 * The person or body behind a pseudonym, as documents address them.
 *
 * @param name as it is to be printed, 1 to {@link #LINE_MAX} characters
 * @param address 0 to {@link #ADDRESS_LINES_MAX} lines
 * @param country where they live or have their seat, ISO 3166-1 alpha-2, or empty
 * @param language of their documents, a BCP 47 tag, or empty for the profile's own
 */
public record Donor(
    DonorId id,
    String name,
    List<String> address,
    String country,
    DonorKind kind,
    String language) {
  /** Longest name or address line, in characters. */
  public static final int LINE_MAX = 120;

  /** Most lines of an address. */
  public static final int ADDRESS_LINES_MAX = 6;

  /** Composes accents (NFC), so that printed letters are whole, and refuses what cannot print. */
  public Donor {
    name = line("name", name);
    address = address.stream().map(each -> line("address line", each)).toList();
    if (address.size() > ADDRESS_LINES_MAX) {
      throw new IllegalArgumentException(
          "an address has at most " + ADDRESS_LINES_MAX + " lines; this has " + address.size());
    }
    if (!country.matches("([A-Z]{2})?")) {
      throw new IllegalArgumentException(
          "a country is two capital letters as in ISO 3166, such as DE, or empty: " + country);
    }
    if (!language.matches("([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?")) {
      throw new IllegalArgumentException(
          "a language is a tag such as en or de, or empty: " + language);
    }
  }

  /** A person of whom no more than a name and an address is known. */
  public static Donor named(DonorId id, String name, List<String> address) {
    return new Donor(id, name, address, "", DonorKind.INDIVIDUAL, "");
  }

  /**
   * What speaks against the address as that of the country, one sentence; empty when nothing does.
   * For who enters it: stored addresses are taken as they are.
   */
  public Optional<String> addressObjection() {
    return AddressForm.objection(country, address);
  }

  /** Reads the object that {@link #toJson} writes; an older one has no country, kind, language. */
  public static Donor parse(JsonFields fields) throws MalformedJson {
    DonorId id = fields.parsed("donor", DonorId::parseHex);
    String name = fields.text("name", LINE_MAX);
    List<String> address = fields.texts("address", 0, ADDRESS_LINES_MAX, LINE_MAX);
    String country = fields.has("country") ? fields.freeText("country", 2) : "";
    DonorKind kind = fields.has("kind") ? fields.parsed("kind", Donor::kind) : DonorKind.INDIVIDUAL;
    String language = fields.has("language") ? fields.freeText("language", 35) : "";
    fields.end();
    try {
      return new Donor(id, name, address, country, kind, language);
    } catch (IllegalArgumentException e) {
      throw fields.at("name", String.valueOf(e.getMessage()));
    }
  }

  /** One object. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("donor", id.toHex())
        .put("name", name)
        .putTexts("address", address)
        .put("country", country)
        .put("kind", kind.text())
        .put("language", language)
        .build();
  }

  /**
   * Reads {@link DonorKind#text}.
   *
   * @throws IllegalArgumentException naming the kinds there are
   */
  public static DonorKind kind(String text) {
    return DonorKind.of(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a donor is an individual, a business, a partnership or a public-body, got "
                        + text));
  }

  /** A day such as {@code 2026-11-20}. */
  static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("expected a day like 2026-11-20, got " + text, e);
    }
  }

  private static String line(String what, String raw) {
    return line(what, raw, LINE_MAX);
  }

  /** A line without spaces at its ends, composed, of 1 to {@code max} characters. */
  static String line(String what, String raw, int max) {
    String composed = Normalizer.normalize(raw.strip(), Normalizer.Form.NFC);
    if (composed.isEmpty() || composed.length() > max) {
      throw new IllegalArgumentException(
          "a donor's " + what + " has 1 to " + max + " characters; this has " + composed.length());
    }
    if (composed.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a donor's " + what + " contains a control character");
    }
    return composed;
  }
}
