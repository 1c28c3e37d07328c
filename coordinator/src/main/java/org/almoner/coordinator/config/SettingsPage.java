package org.almoner.coordinator.config;

/** The table of settings as the settings' page has it, in Markdown. */
public final class SettingsPage {
  private SettingsPage() {}

  /** One line for each setting, under a heading. */
  public static String table() {
    StringBuilder page =
        new StringBuilder(
            "| setting | takes | default | option | meaning |\n|---|---|---|---|---|\n");
    for (Setting<?> setting : SettingsTable.ALL) {
      page.append("| `").append(setting.name()).append("` | ");
      page.append(setting.form().word().replace("|", "\\|")).append(" | ");
      page.append(setting.standardText().isEmpty() ? "-" : setting.standardText()).append(" | ");
      page.append(setting.flag().isEmpty() ? "none" : "`" + setting.flag() + "`").append(" | ");
      page.append(setting.meaning()).append(". |\n");
    }
    return page.toString();
  }
}
