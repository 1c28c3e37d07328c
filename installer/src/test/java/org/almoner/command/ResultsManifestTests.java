package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.OutputBundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that were fetched, and what may happen to them on an owner's disk. */
class ResultsManifestTests {
  private static final String BATCH = "00112233445566aa";

  @TempDir Path temp;
  private Path folder;
  private Path file;

  @BeforeEach
  void twoUnitsWereFetched() throws Exception {
    folder = temp.resolve("results");
    ResultsManifest manifest = ResultsManifest.openOrBegin(folder, BATCH);
    manifest.add(fetched(manifest, 0, "2\n3\n"));
    manifest.add(fetched(manifest, 11, "13\n"));
    file = folder.resolve("11/sub/primes.txt");
  }

  private ResultsManifest.Entry fetched(ResultsManifest manifest, long unit, String primes)
      throws Exception {
    OutputBundle bundle =
        new OutputBundle(
            List.of(
                new OutputBundle.OutputFile(new BundlePath("none.txt"), Bytes.utf8("")),
                new OutputBundle.OutputFile(new BundlePath("sub/primes.txt"), Bytes.utf8(primes))));
    Path octets = Files.write(temp.resolve("bundle"), bundle.encode());
    Unpacked unpacked = Unpacked.into(manifest.folderOf(unit), octets);
    assertThat(unpacked.output()).isEqualTo(bundle.digest());
    return new ResultsManifest.Entry(unit, unpacked.output(), 77, unpacked.files());
  }

  private Said check() {
    return Said.by("workload", "results", "--check", folder);
  }

  @Test
  void whatWasFetchedIsFoundRightOffline() {
    Said said = check();
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .isEqualTo("ok  batch 00112233445566aa: 2 results, 4 files, as they were fetched\n");
    assertThat(Said.by("workload", "results", "--check", folder, "-o", "json").out())
        .isEqualTo("{\"batch\":\"00112233445566aa\",\"faults\":[],\"files\":4,\"results\":2}\n");
  }

  @Test
  void aChangedFileIsNamed() throws Exception {
    Files.writeString(file, "17\n");
    Said said = check();
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .isEqualTo(file + " was changed: its SHA-256 is not the one that was fetched\n");
    assertThat(said.err()).contains("is not as it was fetched: 1 files are not right");
    Files.writeString(file, "13\n17\n");
    assertThat(check().out()).isEqualTo(file + " was changed: it has 6 octets, fetched were 3\n");
    Files.delete(file);
    assertThat(check().out()).isEqualTo(file + " is missing\n");
    Files.createDirectory(file);
    assertThat(check().out()).isEqualTo(file + " was changed: it is no file any more\n");
  }

  @Test
  void aManifestThatWasMadeToFitIsNamedByTheAgreedDigest() throws Exception {
    Path manifest = folder.resolve(ResultsManifest.FILE);
    Files.writeString(file, "17\n");
    String fits =
        Files.readString(manifest)
            .replace(
                org.almoner.protocol.bytes.Hash.sha256("13\n".getBytes(StandardCharsets.UTF_8))
                    .toHex(),
                org.almoner.protocol.bytes.Hash.sha256("17\n".getBytes(StandardCharsets.UTF_8))
                    .toHex());
    Files.writeString(manifest, fits);
    assertThat(check().out())
        .startsWith("unit 11: its files are not the output ")
        .endsWith(" that was agreed on; the manifest was changed\n");
  }

  @Test
  void aLineThatWasBeingWrittenIsWrittenAgain() throws Exception {
    Path manifest = folder.resolve(ResultsManifest.FILE);
    String whole = Files.readString(manifest);
    Files.writeString(manifest, whole.substring(0, whole.length() - 20));
    ResultsManifest again = ResultsManifest.openOrBegin(folder, BATCH);
    assertThat(again.find(0)).isPresent();
    assertThat(again.find(11)).isEmpty();
    again.add(fetched(again, 11, "13\n"));
    assertThat(Files.readString(manifest)).isEqualTo(whole);
  }

  @Test
  void anotherBatchDoesNotGoIntoTheSameFolder() {
    assertThatThrownBy(() -> ResultsManifest.openOrBegin(folder, "ffffffffffffffff"))
        .hasMessage(folder + " holds results of batch 00112233445566aa; choose another folder");
  }

  @Test
  void whateverStandsInAManifestEndsInASentence() throws Exception {
    Path manifest = folder.resolve(ResultsManifest.FILE);
    byte[] whole = Files.readAllBytes(manifest);
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] changed = whole.clone();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(128);
      }
      Files.write(manifest, changed);
      try {
        ResultsManifest read = ResultsManifest.read(folder);
        for (ResultsManifest.Entry entry : read.entries()) {
          assertThat(read.faults(entry)).doesNotContain("");
        }
      } catch (Failure e) {
        assertThat(e).hasMessageContaining(ResultsManifest.FILE);
      }
    }
  }

  @Test
  void aPathThatLeavesTheFolderIsRefused() throws Exception {
    Path manifest = folder.resolve(ResultsManifest.FILE);
    Files.writeString(
        manifest, Files.readString(manifest).replace("sub/primes.txt", "../../primes"));
    Said said = check();
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.err()).contains("manifest.jsonl:2 does not say what was fetched");
  }
}
