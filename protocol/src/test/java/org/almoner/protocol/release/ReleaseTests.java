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
import org.almoner.protocol.lease.Built;
import org.almoner.protocol.lease.Platform;
import org.almoner.protocol.lease.PlatformFiles;
import org.almoner.protocol.lease.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseTests {
  private static final Build BUILD =
      new Build("src/app", List.of("clang-14=1:14.0.6-12"), List.of("./build.sh"), "m.wasm");
  private static final BlobRef MODULE = new BlobRef("m.wasm", Hash.ZERO, 8);
  private static final Platform LINUX = new Platform("linux-x86_64");
  private static final Allotment NEEDS = new Allotment(1, 1 << 20, 1 << 20, 60_000);

  private static Release release(Build build, Allotment needs) {
    return new Release(
        "mersenne",
        "1.0",
        "MIT OR Apache-2.0",
        "https://example.org/mersenne",
        "ab".repeat(32),
        "clang 14",
        new Program.Wasm(MODULE, List.of()),
        List.of("{first}"),
        build,
        needs);
  }

  private static Release release(Program program) {
    return new Release(
        "mersenne",
        "1.0",
        "MIT",
        "https://example.org/mersenne",
        "ab".repeat(32),
        "clang 14",
        program,
        List.of(),
        Build.UNSTATED,
        Release.UNBOUNDED);
  }

  @Test
  void aNativeReleaseHasFilesForEachPlatformAndSaysSo() throws Exception {
    Program program =
        new Program.Native(
            List.of(
                new PlatformFiles(LINUX, List.of(MODULE, new BlobRef("data/x", Hash.ZERO, 0))),
                new PlatformFiles(new Platform("linux-aarch64"), List.of(MODULE))));
    Release release = release(program);
    assertThat(Release.parse(JsonFields.of(release.toJson()))).isEqualTo(release);
    assertThat(release.toJson().fields()).containsKeys("platforms").doesNotContainKeys("module");
    assertThat(program.isCounted()).isFalse();
    JsonValue.Obj lying =
        JsonValue.Obj.of()
            .put("name", "m")
            .put("version", "1")
            .put("licence", "MIT")
            .put("repository", "https://example.org/m")
            .put("commit", "ab".repeat(20))
            .put("toolchain", "cc")
            .put("runtime", "wasm")
            .put(
                "platforms", ((JsonValue.Array) release.toJson().fields().get("platforms")).items())
            .putTexts("args", List.of())
            .build();
    assertThatThrownBy(() -> Release.parse(JsonFields.of(lying)))
        .hasMessage(
            "field \"runtime\": expected native, the one that goes with the files named, got wasm");
  }

  @Test
  void whatWasCompiledAheadOfTimeIsNamedOncePerPlatform() throws Exception {
    Built built = new Built(LINUX, "host 1, wasm2c 1.0.32, gcc 12.2.0", MODULE);
    Release release = release(new Program.Wasm(MODULE, List.of(built)));
    assertThat(Release.parse(JsonFields.of(release.toJson()))).isEqualTo(release);
    assertThat(new Program.Wasm(MODULE, List.of(built)).builtFor(LINUX)).contains(built);
    assertThatThrownBy(() -> new Program.Wasm(MODULE, List.of(built, built)))
        .hasMessage("a release is for at most 8 platforms, none twice");
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x86_64",
    "Mac OS X, aarch64, macos-aarch64",
    "Windows 11, amd64, windows-x86_64",
    "Linux, riscv64, ''",
    "SunOS, amd64, ''"
  })
  void aPlatformIsFoundByItsJavaNames(String system, String arch, String name) {
    assertThat(Platform.of(system, arch).map(Platform::text).orElse("")).isEqualTo(name);
  }

  @Test
  void aPlatformOfAnotherFormIsRefused() {
    for (String text : List.of("", "linux", "Linux-x86_64", "linux-x86_64-musl", "a".repeat(40))) {
      assertThatThrownBy(() -> new Platform(text)).hasMessageStartingWith("expected an operating");
    }
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
