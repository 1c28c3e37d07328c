package org.almoner.command;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which coordinator a verb speaks to, and with whose token. */
final class CoordinatorOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Data folder of a coordinator that runs on this computer; you are its operator.")
  private @Nullable Path data;

  @Option(
      names = "--coordinator",
      paramLabel = "URL",
      description = "Address of a coordinator, such as http://127.0.0.1:7421.")
  private @Nullable URI url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File that holds your token, for --coordinator.")
  private @Nullable Path tokenFile;

  /** The client these options ask for. */
  OperatorClient client() {
    if (data != null && url == null && tokenFile == null) {
      return OperatorClient.ofData(data);
    }
    if (data == null && url != null) {
      return OperatorClient.of(checked(url), tokenFile == null ? "" : token(tokenFile));
    }
    throw Failure.wrongUse(
        "say which coordinator: --data DIR of one on this computer, or --coordinator URL"
            + " with --token-file FILE");
  }

  private static URI checked(URI url) {
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!web || url.getHost() == null) {
      throw Failure.wrongUse(
          "--coordinator takes an address like http://127.0.0.1:7421, got " + url);
    }
    return url;
  }

  private static String token(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw Failure.wrongUse(
          "the token cannot be read: there is no file " + file + ", or it is not yours to read");
    }
  }
}
