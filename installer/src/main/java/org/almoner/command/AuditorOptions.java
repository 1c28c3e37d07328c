package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.almoner.agent.contact.CoordinatorClient;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.command.audit.AuditorClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom an auditor asks, and with which token. */
final class AuditorOptions {
  private static final String LOG_PATH = "/log";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File that holds the auditor's token.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--coordinator",
      paramLabel = "URL",
      description = "The coordinator (default: where the log is).")
  private @Nullable String coordinator;

  /** Ends the command when it is not said whom to ask, or with which token. */
  void require(String log) {
    address(log);
    token();
  }

  AuditorClient client(String log) {
    return new AuditorClient(
        CoordinatorClient.transport().build(),
        address(log),
        token(),
        pause -> Thread.sleep(pause.toMillis()));
  }

  CoordinatorAddress address(String log) {
    String url = coordinator;
    if (url == null) {
      String plain = log.endsWith("/") ? log.substring(0, log.length() - 1) : log;
      if (!plain.startsWith("http") || !plain.endsWith(LOG_PATH)) {
        throw Failure.wrongUse(
            "the log is read at " + log + "; say with --coordinator URL who opens lines");
      }
      url = plain.substring(0, plain.length() - LOG_PATH.length());
    }
    try {
      return CoordinatorAddress.parse(url);
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse("--coordinator: " + e.getMessage());
    }
  }

  String token() {
    if (tokenFile == null) {
      throw Failure.wrongUse(
          "the coordinator answers appointed auditors; name the file of your token: --token-file");
    }
    try {
      return Files.readString(tokenFile, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw Failure.wrongUse(
          "the token cannot be read: there is no file "
              + tokenFile
              + ", or it is not yours to read");
    }
  }
}
