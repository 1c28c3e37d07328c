package org.almoner.workload.spec;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.almoner.workload.yaml.Spelling;

/**
 * Where a release was built from.
 *
 * @param repository https or git address of a public repository
 * @param commit full git commit, 40 or 64 lowercase hexadecimal digits
 */
public record Source(URI repository, String commit) {
  /** Longest repository address. */
  public static final int ADDRESS_CHARS_MAX = 500;

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  /**
   * @throws IllegalArgumentException in a sentence, naming which of the two is wrong
   */
  public Source {
    repository = parseRepository(repository.toString());
    commit = parseCommit(commit);
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException in a sentence, when it is not a plain https or git one
   */
  public static URI parseRepository(String text) {
    String expected =
        " is not a repository's address: write one such as https://example.org/project";
    if (text.length() > ADDRESS_CHARS_MAX) {
      throw new IllegalArgumentException(
          "the address has " + text.length() + " characters; at most " + ADDRESS_CHARS_MAX);
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(Spelling.quoted(text) + expected, e);
    }
    if (!("https".equals(uri.getScheme()) || "git".equals(uri.getScheme()))
        || uri.getHost() == null
        || uri.getUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(Spelling.quoted(text) + expected);
    }
    return uri;
  }

  /**
   * Reads a commit.
   *
   * @throws IllegalArgumentException in a sentence, when it is not a full one
   */
  public static String parseCommit(String text) {
    if (!COMMIT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          Spelling.quoted(text)
              + " is not a full commit: write the 40 or 64 lowercase digits that `git rev-parse HEAD`"
              + " prints");
    }
    return text;
  }
}
