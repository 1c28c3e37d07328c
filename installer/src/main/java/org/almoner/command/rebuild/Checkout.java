package org.almoner.command.rebuild;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The recorded state of a source, fetched with git: no hooks, no filters, no submodules, no
 * settings of the user's.
 */
final class Checkout {
  /** Where programs are, and how the network is reached. */
  private static final Set<String> INHERITED =
      Set.of("PATH", "http_proxy", "https_proxy", "no_proxy", "HTTPS_PROXY", "NO_PROXY");

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "GIT_CONFIG_NOSYSTEM", "1",
          "GIT_CONFIG_GLOBAL", "/dev/null",
          "GIT_TERMINAL_PROMPT", "0",
          "LC_ALL", "C");

  private static final List<String> GIT =
      List.of(
          "git",
          "-c",
          "core.hooksPath=/dev/null",
          "-c",
          "protocol.allow=never",
          "-c",
          "protocol.https.allow=always",
          "-c",
          "protocol.git.allow=always",
          "-c",
          "protocol.file.allow=always");

  private final Tool tool;
  private final Path work;

  Checkout(Tool tool, Path work) {
    this.tool = tool;
    this.work = work;
  }

  /**
   * Fetches it below {@code into}, which is not there yet.
   *
   * @param source a repository's folder or address
   * @return when the commit was made, in seconds since 1970
   */
  long fetch(String source, String commit, Path into) throws RebuildStopped, IOException {
    // Without hard links, or what is built here could write into the source it came from.
    if (git("clone", "--quiet", "--no-checkout", "--no-hardlinks", "--", source, into.toString())
        != 0) {
      throw new RebuildStopped(
          "the source cannot be fetched from "
              + source
              + "; --source names another place of it: "
              + tool.tail());
    }
    if (git("-C", into.toString(), "checkout", "--quiet", "--detach", commit) != 0) {
      throw new RebuildStopped(source + " has no commit " + commit + ": " + tool.tail());
    }
    if (git("-C", into.toString(), "rev-parse", "HEAD") != 0 || !tool.output().equals(commit)) {
      throw new RebuildStopped(source + " gave " + tool.output() + " for commit " + commit);
    }
    if (git("-C", into.toString(), "show", "-s", "--format=%ct", "HEAD") != 0) {
      throw new RebuildStopped("the time of commit " + commit + " cannot be read");
    }
    return Long.parseLong(tool.output());
  }

  private int git(String... arguments) throws RebuildStopped, IOException {
    List<String> command = new ArrayList<>(GIT);
    command.addAll(List.of(arguments));
    return tool.run(work, INHERITED, ENVIRONMENT, command);
  }
}
