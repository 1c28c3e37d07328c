package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.almoner.tax.register.DurableFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a token that is shown only once goes instead of the screen. */
final class SavedToken {
  @Option(
      names = "--save-token",
      paramLabel = "FILE",
      description = "Write the token to FILE, readable by you alone, instead of showing it.")
  private @Nullable Path file;

  /** Whether the token was written to a file, and so needs not be shown. */
  boolean keep(String token) {
    if (file == null) {
      return false;
    }
    try {
      Path absolute = file.toAbsolutePath();
      DurableFile.write(absolute, (token + "\n").getBytes(StandardCharsets.US_ASCII));
      return true;
    } catch (IOException e) {
      throw Failure.failed(
          "the token could not be written to " + file + " (" + e + "); here it is: " + token);
    }
  }
}
