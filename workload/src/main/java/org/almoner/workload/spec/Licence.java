package org.almoner.workload.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.almoner.workload.yaml.Spelling;

/**
 * A licence approved by the Open Source Initiative.
 *
 * <p>The approved ones are those the SPDX Licence List marks so, without the identifiers it has
 * deprecated; {@code osi-approved.txt} beside this class holds them.
 *
 * @param spdxId its SPDX short identifier, such as {@code MIT}
 * @see <a href="https://spdx.org/licenses/">SPDX Licence List</a>
 */
public record Licence(String spdxId) {
  /** Every accepted identifier, sorted. */
  public static final Set<String> APPROVED = load();

  /**
   * @throws IllegalArgumentException in a sentence, when {@code spdxId} is not on the list
   */
  public Licence {
    if (!APPROVED.contains(spdxId)) {
      throw new IllegalArgumentException(refusal(spdxId));
    }
  }

  @Override
  public String toString() {
    return spdxId;
  }

  private static String refusal(String text) {
    if (APPROVED.contains(text + "-only")) {
      return text + " is ambiguous: write " + text + "-only or " + text + "-or-later";
    }
    if (text.endsWith("+")
        && APPROVED.contains(text.substring(0, text.length() - 1) + "-or-later")) {
      return text + " is an old form: write " + text.substring(0, text.length() - 1) + "-or-later";
    }
    if (text.contains(" ")) {
      return Spelling.quoted(text)
          + " is not one SPDX identifier: write the one you choose, such as MIT";
    }
    return Spelling.quoted(text)
        + " is not an OSI-approved SPDX identifier"
        + Spelling.nearest(text, APPROVED)
            .map(meant -> "; did you mean " + meant + "?")
            .orElse(": volunteers run open-source software only; see https://spdx.org/licenses/");
  }

  private static Set<String> load() {
    try (InputStream in =
        Objects.requireNonNull(Licence.class.getResourceAsStream("osi-approved.txt"))) {
      Set<String> ids = new TreeSet<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .forEach(ids::add);
      return Collections.unmodifiableSet(ids);
    } catch (IOException e) {
      throw new UncheckedIOException("the list of licences inside this jar cannot be read", e);
    }
  }
}
