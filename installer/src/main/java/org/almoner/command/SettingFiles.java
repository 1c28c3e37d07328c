package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.almoner.coordinator.config.BadSettings;
import org.almoner.coordinator.config.SettingFault;
import org.almoner.coordinator.config.Settings;
import org.almoner.coordinator.config.SettingsReader;
import org.almoner.coordinator.config.SettingsTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a coordinator's settings stand: its file, the environment and the command line. */
final class SettingFiles {
  /** Name of the file in the data folder that is read when no other is named. */
  static final String STANDARD = "almoner.yaml";

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "File of settings (default: " + STANDARD + " in the data folder, when it is there).")
  private @Nullable Path file;

  /** The settings of the coordinator in {@code data}; ends the command when they are bad. */
  Settings read(Path data) throws IOException {
    SettingsReader reader = new SettingsReader();
    Path standard = data.resolve(STANDARD);
    if (file != null || Files.exists(standard)) {
      read(reader, file == null ? standard : file);
    }
    reader.environment(System.getenv());
    if (command != null) {
      SettingOptions.read(command.commandLine().getParseResult(), reader);
    }
    try {
      return reader.settings();
    } catch (BadSettings e) {
      throw refused(e.faults());
    }
  }

  /** Reads one file of settings. */
  static void read(SettingsReader reader, Path file) throws IOException {
    try {
      reader.file(file, Files.readAllBytes(file), shared(file));
    } catch (NoSuchFileException e) {
      throw Failure.wrongUse("--config: there is no file " + file);
    }
  }

  /** Whether a file is one of settings with a secret in it, or one that cannot be understood. */
  static boolean holdsSecret(Path file) throws IOException {
    if (!file.endsWith(STANDARD)) {
      return false;
    }
    SettingsReader reader = new SettingsReader();
    read(reader, file);
    try {
      Settings settings = reader.settings();
      return SettingsTable.ALL.stream()
          .anyMatch(setting -> setting.secret() && settings.find(setting).isPresent());
    } catch (BadSettings e) {
      return true;
    }
  }

  /** All faults, each a line of its own. */
  static Failure refused(List<SettingFault> faults) {
    return Failure.wrongUse(faults.stream().map(SettingFault::toString).toList());
  }

  private static boolean shared(Path file) throws IOException {
    return Files.getPosixFilePermissions(file).stream()
        .anyMatch(
            permission ->
                permission.name().endsWith("_READ") && !permission.name().startsWith("OWNER_"));
  }
}
