package org.almoner.workload.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The SPDX Licence List as this program carries it; the files beside this class name source and
 * licence.
 *
 * @see <a href="https://spdx.org/licenses/">SPDX Licence List</a>
 */
final class SpdxList {
  /** Identifiers that the Open Source Initiative approved and SPDX has not deprecated. */
  static final Set<String> APPROVED;

  /** Every identifier there is or was. */
  static final Set<String> ALL;

  /** What may follow {@code WITH}. */
  static final Set<String> EXCEPTIONS = sorted(lines("spdx-exceptions.txt"));

  static {
    List<String> lines = lines("spdx-licenses.txt");
    ALL = sorted(lines.stream().map(line -> line.substring(0, line.indexOf(' '))).toList());
    APPROVED =
        sorted(
            lines.stream()
                .filter(line -> line.endsWith(" osi"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList());
  }

  private SpdxList() {}

  private static Set<String> sorted(List<String> ids) {
    return Collections.unmodifiableSet(new TreeSet<>(ids));
  }

  private static List<String> lines(String file) {
    try (InputStream in = Objects.requireNonNull(SpdxList.class.getResourceAsStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException("the list of licences inside this jar cannot be read", e);
    }
  }
}
