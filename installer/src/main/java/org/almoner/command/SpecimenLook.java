package org.almoner.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.almoner.coordinator.config.BadSettings;
import org.almoner.coordinator.config.SettingsReader;
import org.almoner.coordinator.config.SettingsTable;
import org.almoner.tax.pdf.StatementPdf;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The look of a specimen: a coordinator's own, or a logo and colours that are being tried. */
final class SpecimenLook {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A coordinator's file of settings: draws with its logo, colours and fonts. Nothing else"
              + " in it is used, but a fault in it is told.")
  private @Nullable Path config;

  @Option(
      names = "--receipts-logo",
      paramLabel = "FILE",
      description = "A logo, as 'serve' takes it; goes before that of --config.")
  private @Nullable String logo;

  @Option(
      names = "--receipts-colours",
      paramLabel = "COLOUR",
      description =
          "Given twice: the two colours, such as #14344f and #1d6650; go before those of --config.")
  private @Nullable List<String> colours;

  /** What draws in that look; ends the command when it cannot be had. */
  StatementPdf pdf() {
    SettingsReader reader = new SettingsReader();
    try {
      if (config != null) {
        SettingFiles.read(reader, config);
      }
      if (logo != null) {
        reader.flag(SettingsTable.RECEIPTS_LOGO, List.of(logo));
      }
      if (colours != null) {
        reader.flag(SettingsTable.RECEIPTS_COLOURS, colours);
      }
      ServedSettings settings = ServedSettings.of(reader.settings());
      return new StatementPdf(settings.brand(), settings.fonts());
    } catch (BadSettings e) {
      throw SettingFiles.refused(e.faults());
    } catch (IOException e) {
      throw Failure.failed(config + " cannot be read: " + e.getMessage());
    }
  }
}
