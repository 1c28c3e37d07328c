package org.almoner.agent.run.nativ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.protocol.result.OutputBundle.OutputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTreeTest {
  private static final BundleLimits LIMITS = new BundleLimits(5, 1_000);

  @TempDir Path temp;
  private Path out;

  @BeforeEach
  void begin() throws Exception {
    out = Files.createDirectory(temp.resolve("out"));
  }

  private Hash bundle() throws Exception {
    return OutputTree.bundle(out, LIMITS, temp.resolve("bundle"));
  }

  private void assertRefused(String sentence) {
    assertThatThrownBy(this::bundle).isInstanceOf(RefusedOutput.class).hasMessage(sentence);
  }

  /** A folder's slash comes after a dot and before a letter: the order is that of whole paths. */
  @Test
  void filesStandInTheOrderOfTheirPaths() throws Exception {
    Files.createDirectory(out.resolve("a"));
    for (String name : List.of("b", "a/z", "a.x", "a0")) {
      Files.writeString(out.resolve(name), name);
    }

    byte[] expected =
        new OutputBundle(
                List.of(
                    new OutputFile(new BundlePath("a.x"), Bytes.utf8("a.x")),
                    new OutputFile(new BundlePath("a/z"), Bytes.utf8("a/z")),
                    new OutputFile(new BundlePath("a0"), Bytes.utf8("a0")),
                    new OutputFile(new BundlePath("b"), Bytes.utf8("b"))))
            .encode();
    assertThat(bundle()).isEqualTo(Hash.sha256(expected));
    assertThat(Files.readAllBytes(temp.resolve("bundle"))).isEqualTo(expected);
  }

  @Test
  void aTreeOfNothingIsABundleOfNothing() throws Exception {
    Files.createDirectories(out.resolve("empty/folder"));
    assertThat(bundle()).isEqualTo(Hash.sha256(new OutputBundle(List.of()).encode()));
  }

  @Test
  void aLinkIsRefusedWhereverItLeads() throws Exception {
    Files.createSymbolicLink(out.resolve("a"), temp);
    assertRefused("/out/a is a link; only plain files are results");
    Files.delete(out.resolve("a"));
    Files.createDirectory(out.resolve("d"));
    Files.createSymbolicLink(out.resolve("d/a"), Path.of("nowhere"));
    assertRefused("/out/d/a is a link; only plain files are results");
  }

  @Test
  void aSecondNameIsRefused() throws Exception {
    Path secret = Files.writeString(temp.resolve("secret"), "secret");
    Files.createLink(out.resolve("a"), secret);
    assertRefused("/out/a has a second name; only plain files are results");
  }

  @Test
  void aPipeIsRefusedAndNotOpened() throws Exception {
    Process made = new ProcessBuilder("mkfifo", out.resolve("a").toString()).start();
    assumeTrue(made.waitFor() == 0, "tool missing: mkfifo");
    assertRefused("/out/a is a pipe, a socket or a device; only plain files are results");
  }

  @Test
  void aNameThatIsSpelledOtherwiseElsewhereIsRefused() throws Exception {
    Files.createFile(out.resolve("a b"));
    assertRefused(
        "a name in /out is more than letters, digits and . _ - in at most 200 characters: a b");
  }

  @Test
  void namesThatAreTooLongTogetherAreRefused() throws Exception {
    Files.createDirectories(out.resolve("d".repeat(150)).resolve("d".repeat(150)));
    assertThatThrownBy(this::bundle).isInstanceOf(RefusedOutput.class);
  }

  @Test
  void moreThanIsAllottedIsRefused() throws Exception {
    Files.write(out.resolve("a"), new byte[600]);
    Files.write(out.resolve("b"), new byte[401]);
    assertRefused("the files in /out are larger than 1000 octets");
  }

  @Test
  void tooManyFilesAreRefused() throws Exception {
    for (int i = 0; i < 6; i++) {
      Files.createFile(out.resolve("f" + i));
    }
    assertRefused("more than 5 files were left in /out");
  }
}
