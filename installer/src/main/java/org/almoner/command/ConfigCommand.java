package org.almoner.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.almoner.coordinator.config.BadSettings;
import org.almoner.coordinator.config.Setting;
import org.almoner.coordinator.config.Settings;
import org.almoner.coordinator.config.SettingsPage;
import org.almoner.coordinator.config.SettingsReader;
import org.almoner.coordinator.config.SettingsTable;
import org.almoner.protocol.json.JsonValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A coordinator's settings: what there is, what holds, what is wrong. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "For the operator: shows and checks a coordinator's settings.",
    subcommands = {
      ConfigCommand.Show.class,
      ConfigCommand.Check.class,
      ConfigCommand.Listing.class,
    })
final class ConfigCommand {
  private ConfigCommand() {}

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      modelTransformer = SettingOptions.class,
      description = {
        "Shows each setting as a start with the same options would have it, and where it comes",
        "from: the default, a line of the file, a variable or an option. Secrets are not shown.",
      })
  static final class Show implements Runnable {
    private static final String LINE = "%-24s %-28s %s";

    @Option(
        names = "--data",
        required = true,
        paramLabel = "DIR",
        description = "The coordinator's data folder.")
    private Path data = Path.of(".");

    @Mixin private SettingFiles files = new SettingFiles();
    @Mixin private Printed printed = new Printed();

    @Override
    public void run() {
      boolean json = printed.json();
      Settings settings;
      try {
        settings = files.read(data.toAbsolutePath().normalize());
        var unused = ServedSettings.of(settings);
      } catch (BadSettings e) {
        throw SettingFiles.refused(e.faults());
      } catch (IOException e) {
        throw Failure.failed("the settings cannot be read: " + e.getMessage());
      }
      List<Settings.Shown> all = settings.shown();
      if (json) {
        List<JsonValue.Obj> list = all.stream().map(Show::json).toList();
        System.out.println(Printed.line(JsonValue.Obj.of().put("settings", list).build()));
      } else {
        all.forEach(
            shown ->
                System.out.println(
                    LINE.formatted(
                        shown.setting(),
                        shown.value().isEmpty() ? "-" : shown.value(),
                        shown.origin())));
      }
    }

    private static JsonValue.Obj json(Settings.Shown shown) {
      return JsonValue.Obj.of()
          .put("setting", shown.setting().name())
          .put("value", shown.value())
          .put("from", shown.origin().kind())
          .put("origin", shown.origin().toString())
          .build();
    }
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Tells every fault of a file of settings, each with its line and column, and exits with 2",
        "when there is one. Nothing is started, and no other part is looked at.",
      })
  static final class Check implements Runnable {
    @Parameters(paramLabel = "FILE", description = "The file of settings.")
    private Path file = Path.of(".");

    @Override
    public void run() {
      SettingsReader reader = new SettingsReader();
      try {
        SettingFiles.read(reader, file);
        var unused = ServedSettings.of(reader.settings());
      } catch (BadSettings e) {
        throw SettingFiles.refused(e.faults());
      } catch (IOException e) {
        throw Failure.failed(file + " cannot be read: " + e.getMessage());
      }
      System.out.println("ok  " + file);
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description =
          "Lists every setting: its name in the file, option, variable, default and meaning.")
  static final class Listing implements Runnable {
    @Mixin private Printed printed = new Printed();

    @Override
    public void run() {
      if (printed.json()) {
        List<JsonValue.Obj> list = SettingsTable.ALL.stream().map(Listing::json).toList();
        System.out.println(Printed.line(JsonValue.Obj.of().put("settings", list).build()));
      } else {
        System.out.print(SettingsPage.table());
      }
    }

    private static JsonValue.Obj json(Setting<?> setting) {
      return JsonValue.Obj.of()
          .put("setting", setting.name())
          .put("takes", setting.form().word())
          .put("flag", setting.flag())
          .put("variable", setting.variable())
          .put("default", setting.standardText())
          .put("meaning", setting.meaning())
          .build();
    }
  }
}
