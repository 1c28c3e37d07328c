package org.almoner.tax.jurisdiction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The profiles that come with Almoner, read once. */
public final class ShippedProfiles {
  /** Their ids, {@code generic} first. */
  public static final List<String> IDS =
      List.of("generic", "us-501c3-individual", "us-business", "de-gemeinnuetzig", "fr-entreprise");

  private static final Map<String, Profile> ALL = all();

  private ShippedProfiles() {}

  private static Map<String, Profile> all() {
    Map<String, Profile> profiles = new LinkedHashMap<>();
    for (String id : IDS) {
      try {
        Profile profile = Profile.parse(octets(id));
        if (!profile.id().equals(id)) {
          throw new IllegalStateException("profiles/" + id + ".yaml calls itself " + profile.id());
        }
        profiles.put(id, profile);
      } catch (MalformedProfile e) {
        throw new IllegalStateException(
            "the profile " + id + " of this build is broken: " + e.getMessage(), e);
      }
    }
    return profiles;
  }

  static Profile generic() {
    return find("generic").orElseThrow();
  }

  /** The profile named {@code id}; empty when none is shipped under it. */
  public static Optional<Profile> find(String id) {
    return Optional.ofNullable(ALL.get(id));
  }

  /** All of them, {@code generic} first. */
  public static List<Profile> list() {
    return List.copyOf(ALL.values());
  }

  /** The file of the profile named {@code id}, which {@link #IDS} must hold. */
  public static byte[] octets(String id) {
    return ShippedFiles.read("profiles/" + id + ".yaml")
        .orElseThrow(() -> new IllegalStateException("the build lacks the profile " + id));
  }

  /** The file of the captions in {@code language}; empty when none come with Almoner. */
  public static Optional<byte[]> captions(String language) {
    return language.matches("[a-z]{2,3}")
        ? ShippedFiles.read("captions/" + language + ".yaml")
        : Optional.empty();
  }
}
