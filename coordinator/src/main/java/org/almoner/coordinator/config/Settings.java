package org.almoner.coordinator.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values that hold: each as the last of default, file, environment and flags says it. */
public final class Settings {
  /** A value that was given, and where. */
  record Given(Object value, Origin origin) {}

  private final Map<Setting<?>, Given> given;

  Settings(Map<Setting<?>, Given> given) {
    this.given = new LinkedHashMap<>(given);
  }

  /**
   * The value of a setting that has a default.
   *
   * @throws IllegalStateException when it has none and nobody gave one
   */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(() -> new IllegalStateException(setting.name() + " has no default"));
  }

  /** The value; empty when nobody gave one and there is no default. */
  @SuppressWarnings("unchecked") // each setting's own form made its value
  public <T> Optional<T> find(Setting<T> setting) {
    Given said = given.get(setting);
    return said != null ? Optional.of((T) said.value()) : setting.standard().stream().findFirst();
  }

  /** Where the value came from. */
  public Origin origin(Setting<?> setting) {
    Given said = given.get(setting);
    return said == null ? Origin.DEFAULT : said.origin();
  }

  /** A fault that shows only when values are held against each other or used. */
  public SettingFault fault(Setting<?> setting, String sentence) {
    return new SettingFault(origin(setting), setting.name(), sentence);
  }

  /**
   * A value and where it came from, for people.
   *
   * @param value as it would be written, masked when it is secret; empty when there is none
   */
  public record Shown(Setting<?> setting, String value, Origin origin) {}

  /** All settings as they hold. */
  public List<Shown> shown() {
    List<Shown> all = new ArrayList<>();
    for (Setting<?> setting : SettingsTable.ALL) {
      all.add(new Shown(setting, text(setting), origin(setting)));
    }
    return all;
  }

  private <T> String text(Setting<T> setting) {
    Optional<T> value = find(setting);
    if (setting.secret()) {
      return value.isPresent() ? Setting.MASK : "";
    }
    return value.map(setting.form()::written).orElse("");
  }
}
