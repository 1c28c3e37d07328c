package org.almoner.workload.spec;

import org.almoner.protocol.release.Release;

/**
 * What a release must say before volunteers are asked to run it: a licence that the Open Source
 * Initiative approved, and where its source is.
 */
public final class OpenSource {
  private OpenSource() {}

  /**
   * Refuses a release that is not open source, whoever wrote it and with what program.
   *
   * @throws IllegalArgumentException in a sentence that names the field
   */
  public static void require(Release release) {
    named("licence", () -> new Licence(release.licence()));
    named("repository", () -> Source.parseRepository(release.repository()));
    named("commit", () -> Source.parseCommit(release.commit()));
  }

  private interface Reading {
    Object read();
  }

  private static void named(String field, Reading reading) {
    try {
      var unused = reading.read();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("field \"" + field + "\": " + e.getMessage(), e);
    }
  }
}
