package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.tax.verify.TrustFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An audit that repeats the golden report: its checkpoint is signed by the log and by nobody. */
class AuditBeginTests {
  private static final Path REPORT =
      Path.of(System.getProperty("almoner.root"), "docs/spec/golden/audit-report.json");
  private static final String WITNESS =
      "witness.example.org/33+33fb4d0f+BIhLiFf06qFhPGFQTbNNS+rzRlF6DjHePN3U2bQgHZ0L";

  @TempDir Path temp;

  private Path trust(int key, String more) throws Exception {
    byte[] seed = new byte[SigningKey.SEED_SIZE];
    seed[0] = (byte) key;
    VerifierKey log = new VerifierKey("log.example/audited", SigningKey.of(seed).publicKey());
    String text =
        new String(
            new TrustFile("Example Commons", log, List.of(Hash.ZERO)).format().toArray(),
            StandardCharsets.UTF_8);
    return Files.writeString(
        temp.resolve("trust.json"), text.replace(",\"version\":1}", ",\"version\":1" + more + "}"));
  }

  /** The exit code and what was said. */
  private String begin(Path trust) {
    return begin("--trust=" + trust, "--repeat=" + REPORT);
  }

  private String begin(String... options) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      int code =
          Main.run(
              Stream.concat(
                      Stream.of(
                          "audit",
                          "begin",
                          "--log=http://127.0.0.1:9/log",
                          "--to=" + temp.resolve("audit")),
                      Stream.of(options))
                  .toArray(String[]::new));
      return code + " " + said.toString(StandardCharsets.UTF_8);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  @Test
  void checkpointAndDiceAreTheOthers() throws Exception {
    assertThat(begin(trust(1, "")))
        .startsWith("0 log.example/audited, 13 entries, root ")
        .contains("the trust file names no witnesses")
        .contains("Checkpoint and dice are the other audit's");
    assertThat(temp.resolve("audit/dice.txt")).hasContent("12345612345612345612");
    assertThat(temp.resolve("audit/erased.json"))
        .as("what the other had on the list, and called erased")
        .hasContent("{\"erased\":[{\"from\":5,\"to\":6}],\"origin\":\"log.example/audited\"}");
    assertThat(begin(temp.resolve("trust.json"))).startsWith("2 ").contains("each audit has a new");
  }

  @Test
  void anAuditBeginsWithTheOperatorsListAndNeedsATokenForIt() throws Exception {
    assertThat(begin("--trust=" + trust(1, "")))
        .startsWith("2 ")
        .contains("the coordinator answers appointed auditors; name the file of your token");
    assertThat(temp.resolve("audit")).doesNotExist();
  }

  @Test
  void aCheckpointWithoutTheQuorumOfTheTrustFileIsRefused() throws Exception {
    String policy = ",\"witnesses\":[\"witness a " + WITNESS + "\",\"quorum a\"]";
    assertThat(begin(trust(1, policy)))
        .startsWith("1 almoner: the checkpoint lacks the quorum of the trust file's 1 witnesses");
    assertThat(temp.resolve("audit")).doesNotExist();
  }

  @Test
  void aCheckpointOfAnotherLogsKeyIsRefused() throws Exception {
    assertThat(begin(trust(2, "")))
        .startsWith("1 almoner: the log's checkpoint is not to be believed: ");
  }
}
