package org.almoner.command;

import java.util.List;
import org.almoner.coordinator.config.Setting;
import org.almoner.coordinator.config.SettingsReader;
import org.almoner.coordinator.config.SettingsTable;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** An option for each setting that the command line may set, made of the table of settings. */
final class SettingOptions implements IModelTransformer {
  @Override
  public CommandSpec transform(CommandSpec command) {
    SettingsTable.ALL.stream()
        .filter(setting -> !setting.flag().isEmpty())
        .forEach(setting -> command.addOption(option(setting)));
    return command;
  }

  /** Tells {@code reader} what was given on the command line. */
  static SettingsReader read(ParseResult line, SettingsReader reader) {
    for (Setting<?> setting : SettingsTable.ALL) {
      if (!setting.flag().isEmpty() && line.hasMatchedOption(setting.flag())) {
        reader.flag(setting, given(line, setting));
      }
    }
    return reader;
  }

  private static List<String> given(ParseResult line, Setting<?> setting) {
    if (!setting.flagMeans().isEmpty()) {
      return List.of(setting.flagMeans());
    }
    return setting.form().several()
        ? List.of(line.matchedOptionValue(setting.flag(), new String[0]))
        : List.of(line.matchedOptionValue(setting.flag(), ""));
  }

  private static OptionSpec option(Setting<?> setting) {
    OptionSpec.Builder option = OptionSpec.builder(setting.flag()).description(described(setting));
    if (!setting.flagMeans().isEmpty()) {
      return option.type(boolean.class).arity("0").build();
    }
    Class<?> type = setting.form().several() ? String[].class : String.class;
    return option.type(type).arity("1").paramLabel(setting.form().word()).build();
  }

  private static String described(Setting<?> setting) {
    String standard = setting.standardText();
    if (!setting.flagMeans().isEmpty()) {
      return setting.name() + ": " + setting.flagMeans() + ". " + setting.meaning() + ".";
    }
    return setting.meaning() + (standard.isEmpty() ? "." : " (default: " + standard + ").");
  }
}
