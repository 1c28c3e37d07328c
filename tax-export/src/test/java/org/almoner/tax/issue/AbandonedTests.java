package org.almoner.tax.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.tax.register.ReceiptRegister;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A register that was lost or put back never makes the log say that documents do not count. */
class AbandonedTests {
  @TempDir Path temp;
  private Desk desk;

  @BeforeEach
  void twoDonorsAndADocument() throws Exception {
    desk = new Desk(temp.resolve("desk"));
    desk.gave(SmallLog.donor(1), "Ada Example", 2);
    desk.issuer().issue(2026);
  }

  @Test
  void aLostRegisterIsNamedAndNothingIsWithdrawn() throws Exception {
    Files.move(desk.registerFolder(), temp.resolve("lost"));
    refused("the log says that 1 documents were issued of which it knows nothing");
    assertThat(desk.register().all()).isEmpty();
    Files.move(desk.registerFolder(), temp.resolve("empty"));
    Files.move(temp.resolve("lost"), desk.registerFolder());
    assertThat(desk.issuer().issue(2026))
        .extracting(IssueReply::state)
        .containsExactly(IssueReply.State.ALREADY_ISSUED);
  }

  @Test
  void soIsOneOfAnEarlierDay() throws Exception {
    Path earlier = temp.resolve("earlier");
    copy(desk.registerFolder(), earlier);
    desk.gave(SmallLog.donor(2), "Bea Example", 1);
    desk.issuer().issue(2026);
    Files.move(desk.registerFolder(), temp.resolve("newer"));
    Files.move(earlier, desk.registerFolder());
    refused("1 documents were issued of which it knows nothing");
  }

  private void refused(String sentence) throws Exception {
    ReceiptRegister unused = desk.register();
    assertThatThrownBy(() -> desk.issuer().issue(2026))
        .isInstanceOf(DrawingFailed.class)
        .hasMessageContaining("the register of documents is not whole")
        .hasMessageContaining(sentence);
    assertThat(withdrawals()).isZero();
  }

  private long withdrawals() throws Exception {
    long size = desk.log.checkpoint().checkpoint().size();
    long found = 0;
    for (long leaf = 0; leaf < size; ) {
      for (Bytes octets : desk.log.reader().entriesFrom(leaf, size)) {
        found += Entry.parse(octets).kind() == Kind.WITHDRAWAL ? 1 : 0;
        leaf++;
      }
    }
    return found;
  }

  private static void copy(Path from, Path to) throws Exception {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
