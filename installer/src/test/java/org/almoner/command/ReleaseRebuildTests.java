package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases built again from a repository that the test makes of an example. */
class ReleaseRebuildTests {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("almoner.root"), "docs", "examples", "mersenne");

  @TempDir Path temp;
  private Path source;
  private Path workload;

  @BeforeEach
  void begin() throws Exception {
    for (String tool : List.of("git --version", "bwrap --version")) {
      assumeTrue(runs(tool), "tool missing: " + tool.substring(0, tool.indexOf(' ')));
    }
    assumeTrue(
        runs("bwrap --unshare-all --ro-bind / / --proc /proc true"), "tool missing: bwrap, usable");
    source = temp.resolve("source");
    Path folder = source.resolve("docs/examples/mersenne");
    Files.createDirectories(folder);
    for (String file : List.of("mersenne.c", "mersenne.wasm", "build.sh", "workload.yaml")) {
      Files.copy(EXAMPLE.resolve(file), folder.resolve(file));
    }
    assertThat(folder.resolve("build.sh").toFile().setExecutable(true)).isTrue();
    workload = folder.resolve("workload.yaml");
  }

  private static boolean runs(String command) throws InterruptedException {
    try {
      return new ProcessBuilder(command.split(" "))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String said(Path folder, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.strip();
  }

  private void change(String text, String by) throws Exception {
    String before = Files.readString(workload);
    assertThat(before).contains(text);
    Files.writeString(workload, before.replace(text, by));
  }

  /** Commits the source, signs a release of that commit, and builds it again. */
  private Said rebuilt(String... more) throws Exception {
    said(source, "git", "init", "--quiet");
    said(source, "git", "add", ".");
    said(
        source,
        "git",
        "-c",
        "user.name=Ada",
        "-c",
        "user.email=ada@example.org",
        "commit",
        "--quiet",
        "--message=a source");
    change("54a021b61875eac14829bfd6f87787df56ab478d", said(source, "git", "rev-parse", "HEAD"));
    Said signed = Said.by("release", "sign", workload, "--key-file=" + temp.resolve("seed"));
    assertThat(signed.err()).isEmpty();
    Object[] line = new Object[4 + more.length];
    Path file = workload.resolveSibling("mersenne-1.0.0.release.json");
    System.arraycopy(
        new Object[] {"release", "rebuild", file, "--source=" + source}, 0, line, 0, 4);
    System.arraycopy(more, 0, line, 4, more.length);
    return Said.by(line);
  }

  @Test
  void theExampleIsReproducible() throws Exception {
    for (String tool :
        List.of(
            "clang-14=1:14.0.6-12",
            "lld-14=1:14.0.6-12",
            "wasi-libc=0.0~git20220510.9886d3d-2",
            "libclang-rt-14-dev-wasm32=1:14.0.6-12")) {
      assumeTrue(
          installed(tool.substring(0, tool.indexOf('='))).equals(tool), "tool missing: " + tool);
    }
    Said said = rebuilt();
    assertThat(said.err()).isEmpty();
    assertThat(said.out().lines())
        .containsExactly(
            "building   ./build.sh  (in a sandbox, without a network)",
            "reproducible  17383 octets, "
                + "a3fec1b1218a1f428ae351529cd2837283c5ad175bad4fcfa0bbf977c0907f20");
    assertThat(said.code()).isZero();
  }

  private static String installed(String name) throws Exception {
    try {
      return said(Path.of("/"), "dpkg-query", "-W", "-f", "${Package}=${Version}", name);
    } catch (IOException | AssertionError e) {
      return "";
    }
  }

  /** What stands in the source under the module's name is not what is compared. */
  @Test
  void anotherModuleIsSaidToDifferAndWhere() throws Exception {
    String dash = installed("dash");
    assumeTrue(!dash.isEmpty(), "tool missing: dpkg-query");
    builtBy(
        "cat ../mersenne/mersenne.c > mersenne.wasm; head -c 5000 mersenne.c > mersenne.wasm",
        dash);
    Said said = rebuilt("-o", "json");
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("\"outcome\":\"different\"")
        .contains("not reproducible  recorded 17383 octets, a3fec1b")
        .contains("; built 5000 octets, ")
        .contains("; they differ first at octet 0, section header")
        .contains("\"toolchain\":\"" + dash + "\"");
  }

  @Test
  void anotherModuleOfAnotherToolchainTellsNothing() throws Exception {
    builtBy("printf x > mersenne.wasm", "no-such-package=1.0");
    Said said = rebuilt();
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("toolchain  no-such-package=1.0 was recorded, here is none, or nobody can tell")
        .contains("not reproducible here, with another toolchain than recorded");
  }

  @Test
  void aSourceThatHoldsTheModuleAndBuildsNothingIsNotReproducible() throws Exception {
    builtBy("true", "dash=0");
    Said said = rebuilt();
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("not rebuilt: the recorded commands left no file mersenne.wasm");
  }

  /** No network, nothing of the user's, nothing to write but the source. */
  @Test
  void theCommandsOfAStrangerAreKeptAway() throws Exception {
    Path secret = Files.writeString(temp.resolve("secret"), "mine");
    builtBy(
        "if cat "
            + secret
            + " || ls /root /home 2>/dev/null | grep . || touch /usr/mine || [ -e /sys/class/net/eth0 ]"
            + " || env | grep -v -E '^(PATH|HOME|LC_ALL|TZ|SOURCE_DATE_EPOCH|PWD|OLDPWD|SHLVL|_)=';"
            + " then exit 7; fi; [ $(pwd) = /build/docs/examples/mersenne ] && ! git fetch && exit 8",
        "dash=0");
    Said said = rebuilt();
    assertThat(said.out())
        .contains("not rebuilt: the recorded command ")
        .contains(" ended with 8: ");
  }

  /** A link in the source would lead the removal of what is there before to somewhere else. */
  @Test
  void nothingIsRemovedWhereTheSourceLeadsOutOfItself() throws Exception {
    Path mine = Files.createDirectories(temp.resolve("mine"));
    Path kept = Files.writeString(mine.resolve("log.seed"), "kept");
    Files.createSymbolicLink(source.resolve("docs/examples/mersenne/out"), mine);
    builtBy("true", "dash=0");
    change("result: mersenne.wasm", "result: out/log.seed");
    Said said = rebuilt();
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("not rebuilt: the source leads out of itself at ");
    assertThat(kept).hasContent("kept");
  }

  @Test
  void whatIsBuiltCannotWriteIntoTheSourceItCameFrom() throws Exception {
    builtBy(
        "find /build/.git/objects -type f -exec chmod u+w {} + -exec sh -c 'for f; do echo x >> $f; done' _ {} +; false",
        "dash=0");
    rebuilt();
    said(source, "git", "fsck", "--full", "--strict");
  }

  @Test
  void whatABuildPrintsChangesNoTerminal() throws Exception {
    builtBy("printf '\\\\033[2Jreproducible'; false", "dash=0");
    Said said = rebuilt();
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).doesNotContain("\u001b").contains("?[2Jreproducible");
  }

  @Test
  void aCommitThatIsNotThereIsNamed() throws Exception {
    builtBy("true", "dash=0");
    Said first = rebuilt();
    assertThat(first.code()).isEqualTo(1);
    Path empty = temp.resolve("empty");
    Files.createDirectories(empty);
    said(empty, "git", "init", "--quiet");
    Said said =
        Said.by(
            "release",
            "rebuild",
            workload.resolveSibling("mersenne-1.0.0.release.json"),
            "--source=" + empty);
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("not rebuilt: " + empty + " has no commit ");
  }

  private void builtBy(String command, String tool) throws Exception {
    change("commands: [./build.sh]", "commands: [\"" + command.replace("\"", "\\\"") + "\"]");
    String text = Files.readString(workload);
    Files.writeString(
        workload,
        text.replaceAll(
            "(?s)    packages:\n.*?    commands",
            "    packages: [\"" + tool + "\"]\n    commands"));
  }
}
