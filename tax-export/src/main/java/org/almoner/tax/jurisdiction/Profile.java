package org.almoner.tax.jurisdiction;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.almoner.protocol.bytes.Hash;

/**
 * What documents may be issued in one legal setting, and in which words.
 *
 * <p>Profiles are data. The one shipped is {@code generic}: quantities with their tiers, no money,
 * no statement about tax.
 *
 * @param id lowercase name, such as {@code generic}
 * @param version the profile's own version, such as {@code 2026.1}
 * @param digest SHA-256 of the file it was read from
 * @param wordings one for each language, the profile's first language first
 */
public record Profile(String id, String version, Hash digest, List<Wording> wordings) {
  /** Largest profile read, in octets. */
  public static final int BYTES_MAX = 65_536;

  /** Refuses a profile without words. */
  public Profile {
    wordings = List.copyOf(wordings);
    if (wordings.isEmpty()) {
      throw new IllegalArgumentException("profile " + id + " has no language");
    }
  }

  /**
   * Reads a profile from YAML.
   *
   * @param yaml UTF-8, at most {@link #BYTES_MAX} octets
   * @throws MalformedProfile naming the field that is unknown, missing or wrong
   */
  public static Profile parse(byte[] yaml) throws MalformedProfile {
    return ProfileYaml.read(yaml);
  }

  /** The profile used wherever no reviewed one fits. */
  public static Profile generic() {
    try (InputStream in = Profile.class.getResourceAsStream("profiles/generic.yaml")) {
      if (in == null) {
        throw new IllegalStateException("the build lacks profiles/generic.yaml");
      }
      return parse(in.readAllBytes());
    } catch (IOException | MalformedProfile e) {
      throw new IllegalStateException("the generic profile of this build is broken", e);
    }
  }

  /** The words in {@code language}, or in the profile's first language where it has none for it. */
  public Wording wording(String language) {
    return wordings.stream()
        .filter(each -> each.language().equals(language))
        .findFirst()
        .orElse(wordings.get(0));
  }

  /** Id, version and digest, as a statement names the profile. */
  public String name() {
    return id + " " + version + " " + digest.toHex();
  }
}
