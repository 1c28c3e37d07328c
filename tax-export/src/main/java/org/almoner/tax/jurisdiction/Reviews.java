package org.almoner.tax.jurisdiction;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almoner.protocol.bytes.Hash;

/**
 * The operator's file of reviews: which lawyer looked at which profile, and what the charity says
 * of itself. {@code docs/reference/add-a-country.md} shows one.
 *
 * @param facts each of them once
 * @param reviews in the order of the file
 */
public record Reviews(List<CharityFact> facts, List<Review> reviews) {
  /** Largest file, in octets. */
  public static final int BYTES_MAX = 262_144;

  /** No file: nothing was reviewed. */
  public static final Reviews NONE = new Reviews(List.of(), List.of());

  /** Most characters of a name, a number or a value. */
  private static final int TEXT_MAX = 80;

  public Reviews {
    facts = List.copyOf(facts);
    reviews = List.copyOf(reviews);
  }

  /**
   * Reads the file.
   *
   * @throws MalformedProfile with every field that is unknown, missing or wrong
   */
  public static Reviews parse(byte[] yaml) throws MalformedProfile {
    Fields root = Fields.read(yaml, BYTES_MAX);
    if (!root.text("reviews_schema").equals("1")) {
      root.fault("reviews_schema", "expected 1");
    }
    List<CharityFact> facts = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Fields fields : root.mappingsOr("facts")) {
      CharityFact fact =
          new CharityFact(
              fields.text("id"),
              line(fields, "value"),
              fields.date("dated"),
              fields.dateOr("valid_until", LocalDate.MAX));
      if (!ids.add(fact.id())) {
        fields.fault("id", "is used twice: " + fact.id());
      }
      fields.end();
      facts.add(fact);
    }
    List<Review> reviews = new ArrayList<>();
    for (Fields fields : root.mappingsOr("reviews")) {
      review(fields).ifPresent(reviews::add);
    }
    root.end();
    root.finish();
    return new Reviews(facts, reviews);
  }

  private static Optional<Review> review(Fields fields) {
    String profile = fields.text("profile");
    String digest = fields.text("digest");
    String reviewer = line(fields, "reviewer");
    String licence = line(fields, "licence");
    LocalDate on = fields.date("reviewed_on");
    LocalDate until = fields.date("expires_on");
    fields.end();
    if (!digest.matches("[0-9a-f]{64}")) {
      fields.fault(
          "digest",
          "expected 64 lowercase hexadecimal digits, as 'almoner profile list' prints them");
      return Optional.empty();
    }
    try {
      return Optional.of(new Review(profile, Hash.parseHex(digest), reviewer, licence, on, until));
    } catch (IllegalArgumentException e) {
      fields.fault("expires_on", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static String line(Fields fields, String name) {
    String text = fields.text(name);
    if (text.codePointCount(0, text.length()) > TEXT_MAX
        || text.chars().anyMatch(Character::isISOControl)) {
      fields.fault(name, "expected one line of at most " + TEXT_MAX + " characters");
    }
    return text;
  }

  Optional<CharityFact> fact(String id) {
    return facts.stream().filter(fact -> fact.id().equals(id)).findFirst();
  }

  /** The review of exactly this profile that counts longest. */
  Optional<Review> find(Profile profile) {
    return reviews.stream()
        .filter(each -> each.profile().equals(profile.id()))
        .filter(each -> each.digest().equals(profile.digest()))
        .reduce((a, b) -> b.expiresOn().isAfter(a.expiresOn()) ? b : a);
  }

  /** Why no review of {@code profile} counts on {@code today}; empty when one does. */
  Optional<String> objection(Profile profile, LocalDate today) {
    Optional<Review> review = find(profile);
    if (review.isEmpty()) {
      boolean other = reviews.stream().anyMatch(each -> each.profile().equals(profile.id()));
      return Optional.of(
          other ? "it was changed since it was reviewed" : "no lawyer's review of it is on file");
    }
    if (today.isAfter(review.get().expiresOn())) {
      return Optional.of("its review expired on " + review.get().expiresOn());
    }
    return today.isBefore(review.get().reviewedOn())
        ? Optional.of("its review is dated " + review.get().reviewedOn() + ", which is to come")
        : Optional.empty();
  }
}
