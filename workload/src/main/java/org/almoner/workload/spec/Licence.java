package org.almoner.workload.spec;

import java.util.Set;
import org.almoner.protocol.release.Release;

/**
 * A licence expression whose every part is approved by the Open Source Initiative.
 *
 * <p>{@code MIT}, {@code MIT OR Apache-2.0}, {@code GPL-2.0-only WITH Classpath-exception-2.0},
 * {@code (MIT OR Zlib) AND BSD-3-Clause}. Whichever alternative a reader takes, it is open source.
 *
 * @param expression as written, at most {@link Release#LICENCE_MAX} characters
 * @see <a href="https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/">SPDX 2.3, annex
 *     D</a>
 */
public record Licence(String expression) {
  /** Every accepted identifier, sorted. */
  public static final Set<String> APPROVED = SpdxList.APPROVED;

  /**
   * @throws IllegalArgumentException in a sentence, when a part is not on the list; it names where
   *     the part begins
   */
  public Licence {
    new LicenceText(expression).check();
  }

  @Override
  public String toString() {
    return expression;
  }
}
