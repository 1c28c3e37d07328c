package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.almoner.coordinator.config.SettingsPage;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTests {
  @TempDir Path temp;

  private Path file(String yaml) throws Exception {
    return Files.writeString(temp.resolve("almoner.yaml"), yaml);
  }

  @Test
  void showNamesEachValueWithItsOrigin() throws Exception {
    Path file = file("dispatch:\n  lease: 2h\n  starter: off\n");
    Said said = Said.by("config", "show", "--data", temp, "--retry", "9s", "--listen", "[::1]:0");
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .containsPattern("(?m)^dispatch\\.lease +2h +" + file + ":2:10$")
        .containsPattern("(?m)^dispatch\\.starter +off +" + file + ":3:12$")
        .containsPattern("(?m)^dispatch\\.retry +9s +--retry$")
        .containsPattern("(?m)^listen +\\[::1]:0 +--listen$")
        .containsPattern("(?m)^tls\\.key +- +default$");
  }

  @Test
  void showIsReadByScriptsToo() throws Exception {
    Said said = Said.by("config", "show", "--data", temp, "--no-starter", "-o", "json");
    assertThat(said.code()).isZero();
    assertThat(JsonParser.parse(said.out().strip().getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonValue.Obj.class);
    assertThat(said.out())
        .contains(
            "{\"from\":\"flag\",\"origin\":\"--no-starter\",\"setting\":\"dispatch.starter\",\"value\":\"off\"}");
  }

  @Test
  void noSecretIsPrinted() throws Exception {
    Path file = file("tls:\n  password: hunter2\n  keystore: none.p12\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Said check = Said.by("config", "check", file);
    Said show = Said.by("config", "show", "--data", temp);
    assertThat(check.out() + check.err() + show.out() + show.err()).doesNotContain("hunter2");
    assertThat(check.err()).contains("tls.keystore does not do").contains("cannot be read");
  }

  @Test
  void checkTellsEveryFaultAndServeStartsNothingWithThem() throws Exception {
    Path file = file("listen: 0.0.0.0:1\nwitnesses: none.txt\ntls: {pasword-file: x}\n");
    for (Said said :
        new Said[] {
          Said.by("config", "check", file),
          Said.by("serve", "--data", temp.resolve("data"), "--config", file)
        }) {
      assertThat(said.code()).isEqualTo(2);
      assertThat(said.err()).contains("did you mean tls.password-file?");
    }
    file("listen: 0.0.0.0:1\nwitnesses: none.txt\ntls: {certificate: a.pem, keystore: b}\n");
    Said said = Said.by("serve", "--data", temp.resolve("data"), "--config", file);
    assertThat(said.err().lines().toList())
        .hasSize(2)
        .anyMatch(line -> line.contains(":2:12  witnesses names a file that is not there"))
        .anyMatch(line -> line.contains("both name a certificate; keep one of them"));
    assertThat(temp.resolve("data")).doesNotExist();
  }

  @Test
  void aFileThatIsRightIsOk() throws Exception {
    Path file = file("listen: 127.0.0.1:0\nlog: {format: json}\n");
    assertThat(Said.by("config", "check", file).out()).isEqualTo("ok  " + file + "\n");
  }

  @Test
  void aNamedFileThatIsNotThereIsSaid() {
    assertThat(Said.by("config", "show", "--data", temp, "--config", temp.resolve("x")).err())
        .contains("--config: there is no file " + temp.resolve("x"));
  }

  @Test
  void thePageHasTheTableAndSoHasTheCommand() throws Exception {
    Path page = Path.of(System.getProperty("almoner.root"), "docs", "reference", "settings.md");
    assertThat(Files.readString(page)).contains(SettingsPage.table());
    assertThat(Said.by("config", "list").out()).isEqualTo(SettingsPage.table());
  }
}
