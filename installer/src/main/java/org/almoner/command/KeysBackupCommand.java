package org.almoner.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.almoner.coordinator.opening.OpeningKeysBackup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies the file of opening keys, and lets old copies go. */
@Command(
    name = "keys-backup",
    mixinStandardHelpOptions = true,
    description = {
      "Copies the file of opening keys to DIR/openings-YYYY-MM-DD.keys and removes copies there",
      "that are more than 30 days old: so what was erased is gone from them too. Every other",
      "backup of the data folder must leave keys/openings.keys out. The coordinator may run.",
    })
final class KeysBackupCommand implements Callable<Integer> {
  @Option(names = "--data", required = true, paramLabel = "DIR", description = "The data folder.")
  private Path data = Path.of(".");

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Where the copies are, on another disk.")
  private Path to = Path.of(".");

  @Override
  public Integer call() throws IOException {
    OpeningKeysBackup made =
        OpeningKeysBackup.make(DataFolder.openingKeys(data), to, LocalDate.now(Clock.systemUTC()));
    System.out.println(made.keys() + " keys copied to " + made.copy());
    made.removed().forEach(old -> System.out.println("removed " + old));
    return 0;
  }
}
