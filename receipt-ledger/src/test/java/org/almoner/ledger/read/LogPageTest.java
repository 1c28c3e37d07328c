package org.almoner.ledger.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.almoner.ledger.append.Committed;
import org.almoner.ledger.append.MemoryLog;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.entry.Day;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.KeyRotation;
import org.almoner.ledger.entry.Policy;
import org.almoner.ledger.entry.Succession;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;

/** The example of {@code docs/spec/log.md} is what the code makes. */
class LogPageTest {
  private static final String ORIGIN = "log.example.org/2026";

  @Test
  void theExampleOnThePageIsReal() throws Exception {
    Ed25519NoteSigner signer =
        new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[SigningKey.SEED_SIZE]));
    List<Entry> entries =
        List.of(
            new Policy(1_209_600, false, "almoner 0.1.0").entry(),
            new Day(LocalDate.of(2026, 11, 20)).entry());
    MemoryLog log = new MemoryLog(MemoryLog.Keeping.EXACT);
    Sequencer.create(ORIGIN, List.of(signer), log, log);
    Committed committed =
        Sequencer.open(ORIGIN, List.of(signer), log, log)
            .commit(entries.stream().map(Entry::octets).toList(), Bytes.of(new byte[0]));
    TlogProof proof = TlogProof.of(1, new LogReader(log).inclusion(1, 2), committed.checkpoint());

    String page = Files.readString(Path.of(System.getProperty("almoner.root"), "docs/spec/log.md"));
    for (Entry entry : entries) {
      assertThat(page).contains("\n" + entry.octets().toHex() + "\n");
    }
    assertThat(page).contains("\n" + signer.verifier().format() + "\n");
    assertThat(page).contains("```text\n" + proof.format() + "```\n");
    assertThat(page).contains("\n" + rotation(signer).entry().octets().toHex() + "\n");
    Succession closed = Succession.of(List.of(signer.verifier()), proof.checkpoint(), "lost");
    assertThat(page).contains("\n" + closed.entry().octets().toHex() + "\n");
    assertThat(Succession.parse(closed.entry())).isEqualTo(closed);
    proof.verify(entries.get(1).leafHash(), ORIGIN, List.of(signer.verifier()));
  }

  private static KeyRotation rotation(Ed25519NoteSigner from) {
    byte[] seed = new byte[SigningKey.SEED_SIZE];
    Arrays.fill(seed, (byte) 2);
    return new KeyRotation(
        from.verifier(), new Ed25519NoteSigner(ORIGIN, SigningKey.of(seed)).verifier());
  }
}
