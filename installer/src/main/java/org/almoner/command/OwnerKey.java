package org.almoner.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.almoner.coordinator.keys.SeedFile;
import org.almoner.protocol.identity.SigningKey;
import picocli.CommandLine.Option;

/** The owner's signing key, made at first use. */
final class OwnerKey {
  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "Your signing key, made there when missing (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of(System.getProperty("user.home"), ".config", "almoner", "owner.seed");

  SigningKey open() {
    try {
      return SeedFile.openOrCreate(file, new SecureRandom());
    } catch (IOException e) {
      throw Failure.failed(String.valueOf(e.getMessage()));
    }
  }
}
