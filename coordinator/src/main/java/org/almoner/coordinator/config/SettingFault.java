package org.almoner.coordinator.config;

/**
 * One thing that keeps a coordinator from being started with its settings.
 *
 * @param origin where it stands
 * @param setting name of the setting, as it was written; empty for the file as a whole
 * @param sentence what is wrong and what to do, to be read behind the setting's name
 */
public record SettingFault(Origin origin, String setting, String sentence) {
  @Override
  public String toString() {
    return (origin.subject(setting) + " " + sentence).strip();
  }
}
