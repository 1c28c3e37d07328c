package org.almoner.coordinator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTests {
  private static final Path FILE = Path.of("/etc/almoner/almoner.yaml");

  private static SettingsReader reader(String yaml) {
    return new SettingsReader().file(FILE, yaml.getBytes(StandardCharsets.UTF_8), false);
  }

  private static List<String> faults(SettingsReader reader) {
    BadSettings bad = catchThrowableOfType(BadSettings.class, reader::settings);
    return bad.faults().stream().map(SettingFault::toString).toList();
  }

  @Test
  void whatNobodySaysIsTheDefault() throws Exception {
    Settings settings = new SettingsReader().settings();
    assertThat(settings.get(SettingsTable.LISTEN)).isEqualTo("127.0.0.1:7421");
    assertThat(settings.origin(SettingsTable.LISTEN)).isEqualTo(Origin.DEFAULT);
    assertThat(settings.find(SettingsTable.TLS_KEY)).isEmpty();
  }

  @Test
  void theEnvironmentPrevailsOverTheFileAndAFlagOverBoth() throws Exception {
    String yaml = "dispatch:\n  lease: 2h\n  retry: 2s\n  queue: 2\n";
    Settings settings =
        reader(yaml)
            .environment(Map.of("ALMONER_DISPATCH_RETRY", "3s", "ALMONER_DISPATCH_QUEUE", "3"))
            .flag(SettingsTable.QUEUE, List.of("4"))
            .settings();
    assertThat(settings.get(SettingsTable.LEASE)).isEqualTo(Duration.ofHours(2));
    assertThat(settings.origin(SettingsTable.LEASE)).hasToString(FILE + ":2:10");
    assertThat(settings.get(SettingsTable.RETRY)).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.origin(SettingsTable.RETRY)).hasToString("ALMONER_DISPATCH_RETRY");
    assertThat(settings.get(SettingsTable.QUEUE)).isEqualTo(4);
    assertThat(settings.origin(SettingsTable.QUEUE)).hasToString("--dispatch-queue");
  }

  @Test
  void everyFaultIsToldAtOnceAndWhereItStands() {
    SettingsReader reader =
        reader("listen: 7421\ndispach:\n  lease: 1h\ntls: word\ndispatch:\n  queue: many\n")
            .environment(Map.of("ALMONER_LISEN", "x", "ALMONER_BUILD", "no", "HOME", "/"))
            .flag(SettingsTable.RETRY, List.of("2h"));
    assertThat(faults(reader))
        .containsExactly(
            FILE + ":1:9  listen takes HOST:PORT, such as 127.0.0.1:7421, got 7421",
            FILE + ":2:1  dispach is no setting; did you mean dispatch?",
            FILE
                + ":4:6  tls is a group of tls.certificate, tls.key, tls.keystore,"
                + " tls.password-file, tls.password",
            FILE + ":6:10  dispatch.queue takes a whole number from 1 to 1000000, got many",
            "ALMONER_LISEN is no setting; did you mean ALMONER_LISTEN?",
            "--retry takes a span from 1s to 1h, got 2h");
  }

  @ParameterizedTest
  @CsvSource({
    "keystore, tls.keystore",
    "lisen, listen",
    "log-format, log.format",
    "dispatch.leases, dispatch.lease",
  })
  void anUnknownNameIsAnsweredWithTheNearestKnownOne(String written, String meant) {
    assertThat(faults(reader(written + ": x\n")))
        .containsExactly(FILE + ":1:1  " + written + " is no setting; did you mean " + meant + "?");
  }

  @Test
  void whatNobodyCouldMeanNamesTheList() {
    assertThat(faults(reader("colour: red\n")).get(0))
        .endsWith("colour is no setting; 'almoner config list' names all there are");
  }

  @Test
  void noFaultSaysWhatMayBeASecret() {
    SettingsReader reader =
        reader("tls: hunter2\npassword: hunter2\ntls-password: hunter2\n")
            .environment(Map.of("ALMONER_TLS_PASSWOR", "hunter2"));
    assertThat(faults(reader)).hasSize(4).noneMatch(fault -> fault.contains("hunter2"));
  }

  @Test
  void aSecretIsMaskedAndHasNoFlag() throws Exception {
    Settings settings =
        new SettingsReader().environment(Map.of("ALMONER_TLS_PASSWORD", "hunter2")).settings();
    assertThat(settings.find(SettingsTable.TLS_PASSWORD)).contains("hunter2");
    assertThat(settings.shown())
        .anyMatch(shown -> shown.value().equals(Setting.MASK))
        .noneMatch(shown -> shown.value().contains("hunter2"));
    assertThat(SettingsTable.TLS_PASSWORD.flag()).isEmpty();
  }

  @Test
  void aSecretInAFileThatOthersReadIsRefused() {
    byte[] yaml = "tls:\n  password: hunter2\n".getBytes(StandardCharsets.UTF_8);
    assertThat(faults(new SettingsReader().file(FILE, yaml, true)).get(0))
        .startsWith(FILE + ":2:13  tls.password is a secret, and others may read this file")
        .doesNotContain("hunter2");
  }

  @Test
  void filesNamedInTheFileLieBesideIt() throws Exception {
    Settings settings = reader("witnesses: policy.txt\ntls:\n  key: /keys/a.pem\n").settings();
    assertThat(settings.find(SettingsTable.WITNESSES)).contains(Path.of("/etc/almoner/policy.txt"));
    assertThat(settings.find(SettingsTable.TLS_KEY)).contains(Path.of("/keys/a.pem"));
  }

  @Test
  void listsAndWeightsAreWrittenAlikeInFileVariableAndFlag() throws Exception {
    Settings inFile =
        reader("charity: {address: [1 Main Street, Town]}\ndispatch: {weights: {b: 2, a: 3}}\n")
            .settings();
    Settings inEnvironment =
        new SettingsReader()
            .environment(
                Map.of(
                    "ALMONER_CHARITY_ADDRESS", "1 Main Street;Town",
                    "ALMONER_DISPATCH_WEIGHTS", "a=3;b=2"))
            .settings();
    Settings inFlags =
        new SettingsReader()
            .flag(SettingsTable.CHARITY_ADDRESS, List.of("1 Main Street", "Town"))
            .flag(SettingsTable.WEIGHTS, List.of("b=2", "a=3"))
            .settings();
    for (Settings each : List.of(inFile, inEnvironment, inFlags)) {
      assertThat(each.get(SettingsTable.CHARITY_ADDRESS)).containsExactly("1 Main Street", "Town");
      assertThat(each.get(SettingsTable.WEIGHTS)).isEqualTo(Map.of("a", 3, "b", 2));
    }
  }

  @Test
  void aFileWithoutSettingsSaysNothing() throws Exception {
    assertThat(reader("# none yet\n").settings().shown())
        .allMatch(shown -> shown.origin().equals(Origin.DEFAULT));
  }

  @Test
  void whatYamlAllowsAndNobodyNeedsIsRefused() {
    assertThat(faults(reader("listen: &a x\norigin: *a\nlisten: y\n")))
        .anyMatch(fault -> fault.contains("aliases (*name) are not read"))
        .anyMatch(fault -> fault.contains("listen stands twice, first on line 1"));
    assertThat(faults(reader("[a, b]\n")).get(0)).contains("has settings, such as");
  }

  @Test
  void everyDefaultIsOneThatMayBeWritten() {
    for (Setting<?> setting : SettingsTable.ALL) {
      assertThat(setting.meaning()).as(setting.name()).doesNotEndWith(".").doesNotContain("\n");
      if (!setting.standardText().isEmpty()) {
        assertThat(again(setting)).as(setting.name()).isEqualTo(setting.standard().get(0));
      }
    }
  }

  private static Object again(Setting<?> setting) {
    return setting.form().parser().apply(setting.form().split(setting.standardText()));
  }
}
