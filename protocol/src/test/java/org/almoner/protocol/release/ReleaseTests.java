package org.almoner.protocol.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BlobRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseTests {
  private static final Build BUILD =
      new Build("src/app", List.of("clang-14=1:14.0.6-12"), List.of("./build.sh"), "m.wasm");
  private static final Allotment NEEDS = new Allotment(1, 1 << 20, 1 << 20, 60_000);

  private static Release release(Build build, Allotment needs) {
    return new Release(
        "mersenne",
        "1.0",
        "MIT OR Apache-2.0",
        "https://example.org/mersenne",
        "ab".repeat(32),
        "clang 14",
        Release.WASM,
        new BlobRef("m.wasm", Hash.ZERO, 8),
        List.of("{first}"),
        build,
        needs);
  }

  @Test
  void aReleaseSurvivesARoundTripWithAndWithoutBuildAndNeeds() throws Exception {
    for (Build build : List.of(BUILD, Build.UNSTATED)) {
      for (Allotment needs : List.of(NEEDS, Release.UNBOUNDED)) {
        Release release = release(build, needs);
        byte[] payload = CanonicalJson.encode(release.toJson());
        assertThat(Release.parse(JsonFields.of(CanonicalJson.parse(payload)))).isEqualTo(release);
      }
    }
    assertThat(release(Build.UNSTATED, Release.UNBOUNDED).toJson().fields())
        .doesNotContainKeys("build", "needs");
  }

  @Test
  void aReleaseCoversWhatItNeedsAndNoMore() {
    Release release = release(BUILD, NEEDS);
    assertThat(release.covers(NEEDS)).isTrue();
    assertThat(release.covers(new Allotment(1, 1 << 16, 0, 1_000))).isTrue();
    assertThat(release.covers(new Allotment(2, 1 << 20, 1 << 20, 60_000))).isFalse();
    assertThat(release.covers(new Allotment(1, 1 << 21, 1 << 20, 60_000))).isFalse();
    assertThat(release.covers(new Allotment(1, 1 << 20, 1 << 21, 60_000))).isFalse();
    assertThat(release.covers(new Allotment(1, 1 << 20, 1 << 20, 60_001))).isFalse();
    assertThat(release(BUILD, Release.UNBOUNDED).covers(NEEDS)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "../up, clang=1, make, m.wasm, expected a folder of the source",
    "., clang, make, m.wasm, expected name=version",
    "., 'clang=1 --evil', make, m.wasm, expected name=version",
    "., clang=1, ' ', m.wasm, a command is one line",
    "., clang=1, make, /etc/passwd, expected the module's plain relative path"
  })
  void aBuildOutOfBoundsIsRefused(
      String folder, String tool, String command, String result, String sentence) {
    JsonValue.Obj build =
        JsonValue.Obj.of()
            .put("folder", folder)
            .putTexts("packages", List.of(tool))
            .putTexts("commands", List.of(command))
            .put("result", result)
            .build();
    assertThatThrownBy(() -> Build.parse(JsonFields.of(build))).hasMessageContaining(sentence);
  }

  @Test
  void aRecallSurvivesARoundTripAndItsReasonIsOneLine() throws Exception {
    Recall recall = new Recall("log.example/2026", Hash.ZERO, "It reads beyond its input.");
    assertThat(Recall.parse(JsonFields.of(recall.toJson()))).isEqualTo(recall);
    for (String reason : List.of("", " ", "a\nb", "x".repeat(201))) {
      JsonValue.Obj json =
          JsonValue.Obj.of()
              .put("origin", "log.example/2026")
              .put("release", Hash.ZERO.toHex())
              .put("reason", reason)
              .build();
      assertThatThrownBy(() -> Recall.parse(JsonFields.of(json)))
          .hasMessage(
              "field \"reason\": a reason is one line of 1 to 200 characters, for everybody to"
                  + " read");
    }
  }
}
