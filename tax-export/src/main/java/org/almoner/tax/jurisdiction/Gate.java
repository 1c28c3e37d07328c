package org.almoner.tax.jurisdiction;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the profile for a donor: one that is in use, reviewed, in force and made for such a
 * donor, or {@code generic}.
 *
 * <p>Whatever is missing leads to {@code generic}, never to a guess.
 */
public final class Gate {
  private final Profile generic;
  private final List<Profile> inUse;
  private final Reviews reviews;

  /**
   * A gate.
   *
   * @param inUse the profiles that the operator named, in the order in which they are tried
   */
  public Gate(List<Profile> inUse, Reviews reviews) {
    this.generic = Profile.generic();
    this.inUse = inUse.stream().filter(each -> !each.id().equals(generic.id())).toList();
    this.reviews = reviews;
  }

  /** A gate that knows no profile but {@code generic}. */
  public static Gate closed() {
    return new Gate(List.of(), Reviews.NONE);
  }

  /**
   * The profile for a donor.
   *
   * @param country where the donor lives or has their seat, ISO 3166-1 alpha-2, or empty
   * @param today day of issue
   */
  public Choice choose(String country, DonorKind kind, LocalDate today) {
    if (country.isEmpty()) {
      return generic("the donor directory has no country for this donor");
    }
    String why = "no profile in use is for " + kind.text() + " donors in " + country;
    boolean first = true;
    for (Profile profile : inUse) {
      if (!profile.jurisdiction().equals(country) || !profile.donorTypes().contains(kind)) {
        continue;
      }
      List<String> objections = objections(profile, today);
      if (objections.isEmpty()) {
        Review review = reviews.find(profile).orElseThrow();
        return new Choice(
            profile,
            new Standing.Reviewed(review),
            facts(profile, today),
            profile.id() + " is for " + kind.text() + " donors in " + country);
      }
      if (first) {
        why = profile.id() + " is not used: " + String.join("; ", objections);
        first = false;
      }
    }
    return generic(why);
  }

  private Choice generic(String why) {
    return new Choice(generic, new Standing.Generic(), List.of(), why);
  }

  /** All profiles in use, {@code generic} last. */
  public List<Profile> profiles() {
    List<Profile> all = new ArrayList<>(inUse);
    all.add(generic);
    return List.copyOf(all);
  }

  /** Everything that speaks against {@code profile} on {@code today}; empty when it may be used. */
  public List<String> objections(Profile profile, LocalDate today) {
    List<String> found = new ArrayList<>();
    if (profile.equals(generic)) {
      return found;
    }
    if (today.isBefore(profile.effectiveFrom()) || today.isAfter(profile.effectiveTo())) {
      found.add(
          "it is in force from "
              + profile.effectiveFrom()
              + (profile.effectiveTo().equals(LocalDate.MAX)
                  ? ""
                  : " to " + profile.effectiveTo()));
    }
    reviews.objection(profile, today).ifPresent(found::add);
    found.addAll(missing(profile, today));
    return found;
  }

  private List<String> missing(Profile profile, LocalDate today) {
    List<String> found = new ArrayList<>();
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (RequiredFact required : profile.requiredFacts()) {
      String group = required.group().isEmpty() ? required.id() : required.group();
      List<String> faults = groups.computeIfAbsent(group, name -> new ArrayList<>());
      Optional<CharityFact> given = reviews.fact(required.id());
      if (given.isEmpty()) {
        faults.add("the charity's " + required.id() + " is not known");
      } else {
        Optional<String> objection = required.objection(given.get(), today);
        faults.add(objection.orElse(""));
      }
    }
    groups.values().stream()
        .filter(faults -> !faults.contains(""))
        .forEach(faults -> found.add(String.join(" and ", faults)));
    return found;
  }

  private List<CharityFact> facts(Profile profile, LocalDate today) {
    List<CharityFact> good = new ArrayList<>();
    for (RequiredFact required : profile.requiredFacts()) {
      reviews
          .fact(required.id())
          .filter(given -> required.objection(given, today).isEmpty())
          .ifPresent(good::add);
    }
    return good;
  }
}
