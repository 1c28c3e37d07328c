package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner's releases, signed into files and checked without a coordinator. */
class ReleaseCommandTests {
  @TempDir Path temp;
  private Path workload;
  private Path signed;
  private Path key;

  @BeforeEach
  void begin() {
    workload = temp.resolve("mine/almoner.yaml");
    signed = temp.resolve("mine/collatz-1.0.0.release.json");
    key = temp.resolve("owner.seed");
    assertThat(Said.by("workload", "init", temp.resolve("mine")).code()).isZero();
  }

  private Said sign(Object... more) {
    Object[] line = new Object[4 + more.length];
    System.arraycopy(
        new Object[] {"release", "sign", workload, "--key-file=" + key}, 0, line, 0, 4);
    System.arraycopy(more, 0, line, 4, more.length);
    return Said.by(line);
  }

  private void change(String text, String by) throws Exception {
    String before = Files.readString(workload);
    assertThat(before).contains(text);
    Files.writeString(workload, before.replace(text, by));
  }

  @Test
  void aSignedReleaseIsKeptShownAndTheSameWhenSignedAgain() throws Exception {
    Said said = sign();
    assertThat(said.err()).isEmpty();
    assertThat(said.out()).contains("name       collatz 1.0.0").contains("file       " + signed);
    String first = Files.readString(signed);
    assertThat(sign().code()).isZero();
    assertThat(signed).hasContent(first);

    Said shown = Said.by("release", "show", signed);
    assertThat(shown.code()).isZero();
    assertThat(said.out()).startsWith(shown.out().stripTrailing());
    assertThat(shown.out())
        .contains("licence    MIT")
        .contains("build      ./build.sh in ., with clang-14=1:14.0.6-12 ")
        .contains("needs      at most 16 MiB of memory, 1 MiB of disk, 300 s");
    assertThat(Said.by("release", "show", signed, "-o", "json").out())
        .startsWith("{\"key\":\"")
        .contains("\"record\":{\"args\":[\"{first}\",\"{last}\"],\"build\":{");
  }

  @Test
  void whateverIsChangedInAReleaseIsSeen() throws Exception {
    sign();
    String text = Files.readString(signed);
    int begin = text.indexOf("\"payload\":\"") + 11;
    int end = text.indexOf('"', begin);
    String payload =
        new String(Base64.getDecoder().decode(text.substring(begin, end)), StandardCharsets.UTF_8);
    String other = payload.replace("\"1.0.0\"", "\"1.0.1\"");
    Files.writeString(
        signed,
        text.substring(0, begin)
            + Base64.getEncoder().encodeToString(other.getBytes(StandardCharsets.UTF_8))
            + text.substring(end));
    Said said = Said.by("release", "show", signed);
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("is no signed release: the signature does not verify");
    Files.writeString(signed, "{}");
    assertThat(Said.by("release", "show", signed).err())
        .contains("is no signed release: field \"payload\" is missing");
    assertThat(Said.by("release", "show", temp.resolve("none")).code()).isEqualTo(1);
  }

  @Test
  void aVersionThatWasSignedIsNotSignedWithAnotherContent() throws Exception {
    sign();
    change("license: MIT ", "license: ISC ");
    Said said = sign();
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("is another release of this version, signed before");
    Said submitted =
        Said.by(
            "workload",
            "submit",
            workload,
            "--key-file=" + key,
            "--coordinator=http://127.0.0.1:1");
    assertThat(submitted.code()).isEqualTo(2);
    assertThat(submitted.err())
        .contains("was signed with another content: licence differs; raise release.version");
    assertThat(sign("--replace").code()).isZero();
    Said other = Said.by("release", "sign", workload, "--key-file=" + temp.resolve("other.seed"));
    assertThat(other.code()).isEqualTo(1);
  }

  @Test
  void aBatchThatNeedsLessIsServedByTheSameRelease() throws Exception {
    sign();
    change("atMost: 5m", "atMost: 4m");
    Said submitted =
        Said.by(
            "workload",
            "submit",
            workload,
            "--key-file=" + key,
            "--coordinator=http://127.0.0.1:1");
    assertThat(submitted.err())
        .as("nobody is there, and nothing else is wrong")
        .contains("no answer from http://127.0.0.1:1");
    change("atMost: 4m", "atMost: 6m");
    assertThat(
            Said.by(
                    "workload",
                    "submit",
                    workload,
                    "--key-file=" + key,
                    "--coordinator=http://127.0.0.1:1")
                .err())
        .contains("needs differs");
  }

  @Test
  void whatIsNoDigestIsNotAskedFor() {
    assertThat(
            Said.by(
                    "release",
                    "recall",
                    "mersenne",
                    "--reason=x",
                    "--coordinator=http://127.0.0.1:1",
                    "--key-file=" + key)
                .err())
        .contains("a release is named by 64 hexadecimal digits, got mersenne");
    assertThat(
            Said.by(
                    "owners",
                    "token",
                    "create",
                    "ci",
                    "--scope=all",
                    "--coordinator=http://127.0.0.1:1",
                    "--key-file=" + key)
                .err())
        .contains("--scope: expected submit, read or manage, got all");
  }
}
