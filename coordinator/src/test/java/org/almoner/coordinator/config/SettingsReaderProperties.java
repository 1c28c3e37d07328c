package org.almoner.coordinator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SettingsReaderProperties {
  private static final String PIECES = "{}[]:,-&*!|>'\"#~\n\t a1.%=;";
  private static final String WHOLE =
      """
      listen: 127.0.0.1:0
      tls: {keystore: a.p12, password-file: b}
      charity:
        name: Example
        address: [1 Main, Town]
      dispatch: {lease: 1h, weights: {a: 1}}
      disk: {reserve: 1MiB, low-water: 1GiB}
      """;

  /** Reading ends with settings or with faults that are one line each, whatever is read. */
  @Property(tries = 300)
  void anyAlteredFileIsReadOrRefused(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(WHOLE);
    for (int change = 0; change <= random.nextInt(8); change++) {
      int at = random.nextInt(text.length());
      String piece = String.valueOf(PIECES.charAt(random.nextInt(PIECES.length())));
      text.replace(at, at + random.nextInt(2), piece);
    }
    byte[] octets = text.toString().getBytes(StandardCharsets.UTF_8);
    try {
      Settings settings = new SettingsReader().file(Path.of("f"), octets, false).settings();
      assertThat(settings.shown()).hasSameSizeAs(SettingsTable.ALL);
    } catch (BadSettings e) {
      assertThat(e.faults()).allMatch(fault -> !fault.toString().contains("\n"));
    }
  }

  /** No text of any setting does more than be refused. */
  @Property(tries = 300)
  void anyTextOfAnySettingIsTakenOrRefused(@ForAll String text) {
    for (Setting<?> setting : SettingsTable.ALL) {
      try {
        assertThat(new SettingsReader().flag(setting, List.of(text)).settings().shown())
            .isNotEmpty();
      } catch (BadSettings e) {
        assertThat(e.faults()).hasSize(1);
      }
    }
  }
}
