package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCodeTests {
  private static final Path CODE =
      Path.of(System.getProperty("almoner.root")).resolve("docs/spec/golden/statement-code.txt");

  @TempDir Path temp;

  @Test
  void aCodeIsOneObjectForPrograms() {
    Said said = Said.by("verify", "--code", CODE, "-o", "json");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .startsWith("{\"code\":{\"accepted\":4806,\"cpuMs\":70210446000,\"donor\":")
        .contains("\"number\":\"2026-000417\"", "\"step\":\"issuer\"", "\"verdict\":\"unknown\"");
    assertThat(Said.by("verify", "--code", CODE).out())
        .endsWith("This code is consistent in itself; who issued it is not known.\n");
  }

  @Test
  void aCodeThatDoesNotHoldStatesNothing() throws Exception {
    Path cut = Files.writeString(temp.resolve("cut.txt"), "almoner-statement/2\n2026-000417\n");
    Said said = Said.by("verify", "--code", cut, "-o", "json");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("\"verdict\":\"fails\"").doesNotContain("\"code\":{");
  }

  @Test
  void aPictureIsSentToAProgramThatReadsIt() throws Exception {
    Path picture = temp.resolve("photo.jpg");
    Files.write(picture, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0, 1});
    Said said = Said.by("verify", "--code", picture);
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .contains("zbarimg -q --raw --nodbus " + picture + " | almoner verify --code -");
    Path scan = Files.write(temp.resolve("a.pdf"), "%PDF-1.7".getBytes(StandardCharsets.US_ASCII));
    assertThat(Said.by("verify", "--code", scan).err()).contains("almoner verify " + scan);
  }
}
