package org.almoner.coordinator.config;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that no coordinator can be started with: every fault there is. */
public final class BadSettings extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<SettingFault> faults;

  /**
   * Refuses.
   *
   * @throws IllegalArgumentException when there is no fault
   */
  public BadSettings(List<SettingFault> faults) {
    super(faults.stream().map(SettingFault::toString).collect(Collectors.joining("\n")));
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("settings without faults are not refused");
    }
    this.faults = List.copyOf(faults);
  }

  /** At least one, those of the file first, in reading order. */
  public List<SettingFault> faults() {
    return faults;
  }
}
