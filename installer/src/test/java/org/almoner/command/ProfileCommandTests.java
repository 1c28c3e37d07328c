package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almoner.tax.jurisdiction.ShippedProfiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileCommandTests {
  private static final Path ROOT = Path.of(System.getProperty("almoner.root"));

  @TempDir Path temp;

  @Test
  void thePageOfJurisdictionsIsWhatTheProfilesSay() throws Exception {
    Said table = Said.by("profile", "table");
    assertThat(table.code()).isZero();
    assertThat(Files.readString(ROOT.resolve("docs/reference/jurisdictions.md")))
        .endsWith(table.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gb-charity", "nl-anbi"})
  void theExamplesOfFurtherCountriesAreWithoutAFault(String id) {
    Said said = Said.by("profile", "check", ROOT.resolve("docs/examples/profiles/" + id + ".yaml"));
    assertThat(said.out()).startsWith("ok  " + id + " 2026.1");
    assertThat(said.code()).isZero();
  }

  @Test
  void aShownProfileCanBeStartedFrom() throws Exception {
    Said said = Said.by("profile", "show", "us-business");
    assertThat(said.out().getBytes(StandardCharsets.UTF_8))
        .isEqualTo(ShippedProfiles.octets("us-business"));
    assertThat(Said.by("profile", "show", "--captions", "fr").out()).contains("janvier");
    assertThat(Said.by("profile", "show", "zz-none").err()).contains("there are generic, us-");
  }

  @Test
  void checkTellsEveryFaultWithItsLine() throws Exception {
    Path file = temp.resolve("own.yaml");
    Files.writeString(
        file,
        Said.by("profile", "show", "us-business")
            .out()
            .replace("paper: letter", "paper: legal")
            .replace("numbering:", "numberring:"));
    Said said = Said.by("profile", "check", file);
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out().lines().toList())
        .hasSize(4)
        .anyMatch(line -> line.contains("own.yaml:11  paper: is legal; expected A4 or letter"))
        .anyMatch(line -> line.contains("did you mean numbering?"))
        .last()
        .isEqualTo("3 things to mend.");
  }

  @Test
  void aPreviewIsMadeAndALanguageThatIsNotThereIsSaid() throws Exception {
    Path out = temp.resolve("look.pdf");
    Said said = Said.by("profile", "preview", "de-gemeinnuetzig", "--out", out, "--language", "de");
    assertThat(said.code()).isZero();
    assertThat(Files.readAllBytes(out)).startsWith("%PDF-1.7".getBytes(StandardCharsets.US_ASCII));
    assertThat(Said.by("profile", "preview", "us-business", "--out", out, "--language", "fr").err())
        .contains("us-business has no fr; it has en");
  }

  @Test
  void aPreviewIsDrawnInTheCharitysOwnLook() throws Exception {
    Path logo =
        Files.writeString(
            temp.resolve("logo.svg"),
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 1'>"
                + "<rect width='2' height='1' fill='#a03'/></svg>");
    Path config =
        Files.writeString(
            temp.resolve("almoner.yaml"),
            "receipts:\n  logo: " + logo + "\n  colours: ['#702020', '#503010']\n");
    byte[] plain = preview();
    byte[] own =
        preview(
            "--receipts-logo",
            logo,
            "--receipts-colours",
            "#702020",
            "--receipts-colours",
            "#503010");
    assertThat(own).isNotEqualTo(plain).isEqualTo(preview("--config", config));
    assertThat(
            preview(
                "--config",
                config,
                "--receipts-colours",
                "#123456",
                "--receipts-colours",
                "#234567"))
        .isNotEqualTo(own);
    Said said =
        Said.by("profile", "preview", "generic", "--out", logo, "--receipts-colours", "#fff");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("--receipts-colours does not do");
  }

  private byte[] preview(Object... look) throws Exception {
    Path out = temp.resolve("specimen.pdf");
    List<Object> line = new ArrayList<>(List.of("profile", "preview", "generic", "--out", out));
    line.addAll(List.of(look));
    assertThat(Said.by(line.toArray()).code()).isZero();
    return Files.readAllBytes(out);
  }

  @Test
  void theListHasTheDigestThatAReviewNames() {
    String digest = ShippedProfiles.find("fr-entreprise").orElseThrow().digest().toHex();
    assertThat(Said.by("profile", "list").out()).contains("needs a review  sha256 " + digest);
    assertThat(Said.by("profile", "list", "-o", "json").out())
        .contains("\"id\":\"fr-entreprise\"")
        .contains("\"sha256\":\"" + digest + "\"");
  }

  @Test
  void settingsThatNameProfilesAreLookedAtWhole() throws Exception {
    Path file = temp.resolve("almoner.yaml");
    Files.writeString(
        file,
        "receipts:\n  profiles: [us-business, xx-none]\n  profile-folder: p\n  reviews: r.yaml\n");
    Files.writeString(temp.resolve("r.yaml"), "reviews_schema: 2\n");
    Said said = Said.by("config", "check", file);
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("xx-none.yaml").contains("reviews_schema: expected 1");
    Files.writeString(
        file,
        "receipts:\n  profiles: [gb-charity]\n  profile-folder: "
            + ROOT.resolve("docs/examples/profiles")
            + "\n");
    assertThat(Said.by("config", "check", file).out()).startsWith("ok");
  }
}
