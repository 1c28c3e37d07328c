package org.almoner.coordinator.config;

import java.util.regex.Pattern;
import org.almoner.workload.yaml.Spelling;

/**
 * One thing that keeps a coordinator from being started with its settings.
 *
 * @param origin where it stands
 * @param setting name of the setting, as it was written; empty for the file as a whole
 * @param sentence what is wrong and what to do, to be read behind the setting's name
 */
public record SettingFault(Origin origin, String setting, String sentence) {
  private static final Pattern PLAIN = Pattern.compile("[\\w.-]{1,80}");

  @Override
  public String toString() {
    String about =
        PLAIN.matcher(setting).matches() || setting.isEmpty() ? setting : Spelling.quoted(setting);
    String subject = origin.subject(about).strip();
    return subject + (setting.isEmpty() ? "  " : " ") + sentence;
  }
}
