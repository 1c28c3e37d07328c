package org.almoner.command.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.almoner.ledger.audit.ErasedLeaves;
import org.almoner.ledger.sample.Dice;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFolderTests {
  private static final Dice DICE = new Dice("12345612345612345612");

  @TempDir Path temp;

  private static final ErasedLeaves LIST = ErasedLeaves.of("log.example", List.of(4L, 5L));
  private static final Begun BEGUN =
      new Begun(7, "a\nnote\n", "http://log", ErasedPledge.of(LIST, Hash.ZERO), false);

  private AuditFolder begun() throws Exception {
    AuditFolder folder = AuditFolder.make(temp.resolve("audit"));
    folder.keep(LIST, Hash.ZERO);
    folder.begin(BEGUN, new byte[] {'{', '}'});
    return folder;
  }

  @Test
  void whatWasKeptIsThereWhenItIsOpenedAgain() throws Exception {
    AuditFolder folder = begun();
    LineResult result =
        new LineResult(
            5,
            Verdict.DIFFERS,
            "",
            List.of(new Difference("count", "1", "2")),
            List.of(Gap.ENROLMENT_LATER),
            "00112233445566aa/7/1",
            30,
            4,
            List.of("json", OutputMatch.ANY_COUNT));
    folder.keep(DICE);
    folder.keep(result);
    AuditFolder again = AuditFolder.open(temp.resolve("audit"));

    assertThat(again.begun()).isEqualTo(BEGUN);
    assertThat(again.dice()).contains(DICE);
    assertThat(again.line(5)).contains(result);
    assertThat(again.line(6)).isEmpty();
  }

  @Test
  void theListOfErasedLinesIsTheOneOfTheBeginning() throws Exception {
    AuditFolder folder = begun();
    assertThat(folder.erased().octets()).isEqualTo(LIST.octets());

    Path list = temp.resolve("audit").resolve("erased.json");
    String longer = Files.readString(list).replace("\"to\":6", "\"to\":7");
    Files.writeString(list, longer);
    assertThatThrownBy(folder::erased)
        .isInstanceOf(AuditStopped.class)
        .hasMessageContaining("it is not the list with which the audit began; begin anew");
    Files.delete(list);
    assertThatThrownBy(folder::erased).isInstanceOf(AuditStopped.class);
  }

  @Test
  void onlyTheAuditorReadsIt() throws Exception {
    AuditFolder folder = begun();
    folder.keep(LineResult.unseen(5, Verdict.ERASED, "erased"));

    Path line = temp.resolve("audit").resolve("lines").resolve("5.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(line)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("audit"))))
        .isEqualTo("rwx------");
  }

  @Test
  void diceAreGivenOnce() throws Exception {
    AuditFolder folder = begun();
    assertThat(folder.dice()).isEmpty();
    folder.keep(DICE);
    folder.keep(DICE);
    assertThatThrownBy(() -> folder.keep(new Dice("6".repeat(20))))
        .isInstanceOf(AuditStopped.class)
        .hasMessageStartingWith("this audit has its dice, 12345612345612345612, and keeps them");
    assertThat(folder.dice()).contains(DICE);
  }

  @Test
  void aFolderServesOneAudit() throws Exception {
    begun();
    assertThatThrownBy(() -> AuditFolder.make(temp.resolve("audit")))
        .hasMessageContaining("holds something already");
    assertThatThrownBy(() -> AuditFolder.open(temp.resolve("other")))
        .hasMessageContaining("no audit was begun in");
    Files.writeString(temp.resolve("file"), "x");
    assertThatThrownBy(() -> AuditFolder.make(temp.resolve("file")))
        .hasMessageContaining("is no folder");
  }

  @Test
  void whatIsDamagedIsNamed() throws Exception {
    AuditFolder folder = begun();
    Files.writeString(temp.resolve("audit").resolve("begun.json"), "{}");
    assertThatThrownBy(folder::begun)
        .isInstanceOf(AuditStopped.class)
        .hasMessageContaining("begun.json is damaged: ");
    Files.writeString(temp.resolve("audit").resolve("dice.txt"), "7");
    assertThatThrownBy(folder::dice).hasMessageContaining("dice.txt is damaged: character 1");
  }
}
