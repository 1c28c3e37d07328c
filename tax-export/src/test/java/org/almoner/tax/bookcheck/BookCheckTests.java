package org.almoner.tax.bookcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.issue.Desk;
import org.almoner.tax.issue.SmallLog;
import org.almoner.tax.issue.StatementLog;
import org.almoner.tax.verify.TrustFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A register with a document that stands, one replaced and one cancelled; and faults in it. */
class BookCheckTests {
  private static final DonorId ADA = SmallLog.donor(1);
  private static final DonorId BEA = SmallLog.donor(2);

  @TempDir static Path shared;
  private static Desk desk;

  @TempDir Path register;

  @BeforeAll
  static void issued() throws Exception {
    desk = new Desk(shared);
    desk.gave(ADA, "Ada Example", 2);
    desk.gave(BEA, "Bea Example", 1);
    desk.issuer().issue(2026);
    desk.issuer().replace("2026-000001");
    desk.issuer().cancel("2026-000002", "sent to somebody else");
  }

  @BeforeEach
  void copied() throws Exception {
    try (Stream<Path> all = Files.walk(desk.registerFolder())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path copy = register.resolve(desk.registerFolder().relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  @Test
  void aSoundRegisterHasNoFindingsAndEachNumberThatStandsForNothingIsExplained() throws Exception {
    BookCheck.Result result = check();
    assertThat(result.findings()).isEmpty();
    assertThat(result.documents()).isEqualTo(3);
    assertThat(result.receipts()).isEqualTo(3);
    assertThat(result.explained())
        .containsExactly(
            "2026-000001 was replaced by 2026-000003",
            "2026-000002 was cancelled: sent to somebody else");
  }

  @Test
  void aNumberForTwoDocumentsIsFound() throws Exception {
    edit(
        lines -> {
          lines.add(lines.get(0).replace(ADA.toHex(), BEA.toHex()));
          return lines;
        });
    found(Finding.Kind.NUMBER_TWICE, "2026-000001");
  }

  @Test
  void aNumberThatNobodyTellsOfIsFound() throws Exception {
    edit(lines -> lines.stream().filter(line -> !line.contains("\"2026-000002\"")).toList());
    found(Finding.Kind.GAP, "2026-#");
    found(Finding.Kind.UNREGISTERED, "log");
  }

  @Test
  void aWayThatThereIsNotIsFound() throws Exception {
    edit(
        lines -> {
          lines.add(lines.stream().filter(l -> l.contains("\"SEALED\"")).findFirst().orElseThrow());
          return lines;
        });
    found(Finding.Kind.STEP, "2026-000001");
  }

  @Test
  void aDamagedLineIsFoundAndReadingGoesOn() throws Exception {
    edit(
        lines -> {
          lines.add("{\"number\":7,\"state\":\"ISSUED\"}");
          return lines;
        });
    assertThat(check().findings())
        .singleElement()
        .matches(finding -> finding.kind() == Finding.Kind.LINE);
  }

  @Test
  void aCancellationThatIsTakenBackInTheFileIsFoundInTheLog() throws Exception {
    edit(lines -> lines.stream().filter(line -> !line.contains("\"CANCELLED\"")).toList());
    found(Finding.Kind.UNREGISTERED, "log");
  }

  @Test
  void aCancellationThatTheLogDoesNotHoldIsFound() throws Exception {
    edit(
        lines ->
            lines.stream().map(l -> l.replaceAll("\"change\":[0-9]+", "\"change\":1")).toList());
    found(Finding.Kind.LOG, "2026-000002");
    found(Finding.Kind.UNREGISTERED, "log");
  }

  @Test
  void twoDocumentsOfOneDonorForTheSameDaysAreFoundAndSoAreTheLinesThatCountTwice()
      throws Exception {
    twoDocumentsOfTheSameLines();
    found(Finding.Kind.OVERLAP, "2026-000003");
    found(Finding.Kind.LINE_TWICE, "2026-000003");
  }

  @Test
  void anIssueAfterTheYearWasClosedIsFound() throws Exception {
    edit(
        lines -> {
          lines.add(0, "{\"closed\":2026,\"on\":\"2027-02-01\"}");
          return lines;
        });
    found(Finding.Kind.CLOSED, "2026-000001");
  }

  @Test
  void aLineThatNoRegisterHasIsFoundAndSoIsAFieldThatItsFormDoesNotName() throws Exception {
    edit(
        lines -> {
          lines.add("{\"reopened\":2026}");
          lines.add("{\"closed\":2025,\"on\":\"2027-02-01\",\"why\":\"late\"}");
          return lines;
        });
    assertThat(check().findings())
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.LINE, Finding.Kind.LINE);
  }

  @Test
  void aChangeThatWantsFourEyesIsFoundUnlessASecondOperatorConfirmedIt() throws Exception {
    edit(
        lines ->
            lines.stream().map(l -> l.replace("\"fourEyes\":false", "\"fourEyes\":true")).toList());
    found(Finding.Kind.FOUR_EYES, "2026-000001");
    found(Finding.Kind.FOUR_EYES, "2026-000002");
    asked("2026-000001", "replace", "bob");
    asked("2026-000002", "cancel", "bob");
    assertThat(check().findings()).isEmpty();
  }

  @Test
  void whoeverConfirmedTheirOwnWishOrWasAddedForItIsFound() throws Exception {
    asked("2026-000001", "replace", "ada");
    found(Finding.Kind.FOUR_EYES, "2026-000001");
    edit(
        lines -> {
          lines.add(
              0, "{\"at\":\"2027-02-01T12:00:00Z\",\"by\":\"operator\",\"operator\":\"bob\"}");
          return lines;
        });
    asked("2026-000002", "cancel", "bob");
    found(Finding.Kind.FOUR_EYES, "2026-000002");
    assertThat(check().explained())
        .contains("operator bob was added by operator on 2027-02-01T12:00:00Z");
  }

  @Test
  void anEarlyRegisterWhoseLinesDoNotNameStatementsIsSound() throws Exception {
    edit(lines -> lines.stream().map(l -> l.replaceAll(",\"statement\":[0-9]+", "")).toList());
    assertThat(check().findings()).isEmpty();
  }

  @Test
  void aReceiptBeforeTheStatementOfASealedDocumentIsNotItsOwn() throws Exception {
    edit(
        lines ->
            lines.stream()
                .filter(l -> !l.contains("\"2026-000002\"") || !l.contains("\"receipt\""))
                .map(
                    l ->
                        l.contains("\"2026-000002\"")
                            ? l.replaceAll("\"statement\":[0-9]+", "\"statement\":99999")
                            : l)
                .toList());
    assertThat(check().findings())
        .anyMatch(
            finding ->
                finding.kind() == Finding.Kind.UNREGISTERED
                    && finding.sentence().contains("receipts"));
  }

  @Test
  void aFileThatIsMissingAndOneThatIsAnotherAreFound() throws Exception {
    Files.delete(file("2026-000001.pdf"));
    Files.write(file("2026-000003.pdf"), new byte[] {1}, StandardOpenOption.APPEND);
    found(Finding.Kind.FILE, "2026-000001");
    found(Finding.Kind.FILE, "2026-000003");
  }

  @Test
  void evidenceOfAnotherDocumentIsFound() throws Exception {
    Files.copy(
        file("2026-000002.evidence.zip"),
        file("2026-000003.evidence.zip"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    found(Finding.Kind.DOCUMENT, "2026-000003");
  }

  @Test
  void aStatementUnderAnotherProfileThanTheRegisterSaysIsFound() throws Exception {
    edit(
        lines ->
            lines.stream()
                .map(l -> l.replace("\"profile\":\"generic", "\"profile\":\"fr"))
                .toList());
    found(Finding.Kind.DOCUMENT, "2026-000003");
  }

  @Test
  void aSealThatIsNotTheCharitysIsFound() throws Exception {
    TrustFile others =
        new TrustFile(
            "Example Commons", SmallLog.verifierKey(), List.of(Hash.sha256(new byte[] {1})));
    assertThat(check(others).findings())
        .anyMatch(
            finding ->
                finding.kind() == Finding.Kind.DOCUMENT
                    && finding.sentence().startsWith("issuer: the seal's certificate"));
  }

  @Test
  void anEntryOfTheLogThatSaysSomethingElseIsFound() throws Exception {
    edit(
        lines ->
            lines.stream()
                .map(l -> l.replace("\"receipt\":{\"leaf\":", "\"receipt\":{\"leaf\":1"))
                .toList());
    found(Finding.Kind.UNREGISTERED, "log");
  }

  @Test
  void aSaltThatDoesNotOpenTheEntryIsFound() throws Exception {
    edit(
        lines ->
            lines.stream()
                .map(
                    l -> l.replaceAll("(\"receipt\":\\{[^}]*\"salt\":\")[0-9a-f]{8}", "$100000000"))
                .toList());
    found(Finding.Kind.LOG, "2026-000003");
  }

  @Test
  void aReceiptInTheLogThatNobodyRegisteredIsFound() throws Exception {
    Desk other = otherDesk();
    other.log.logReceipts(List.of(new StatementLog.Content(ADA, Bytes.utf8("another"))));
    assertThat(check(other).findings())
        .singleElement()
        .matches(finding -> finding.kind() == Finding.Kind.UNREGISTERED);
  }

  /** One document of Ada's in a log of its own. */
  private Desk otherDesk() throws Exception {
    Desk other = new Desk(register.resolve("other"));
    other.gave(ADA, "Ada Example", 1);
    other.issuer().issue(2026);
    return other;
  }

  private static BookCheck.Result check(Desk other) throws Exception {
    return check(other, other.log.checkpoint().checkpoint());
  }

  private static BookCheck.Result check(Desk other, Checkpoint newest) throws Exception {
    TrustFile trust =
        new TrustFile(
            "Example Commons", SmallLog.verifierKey(), List.of(other.key().fingerprint()));
    return new BookCheck(other.registerFolder(), trust)
        .run(other.log.reader(), () -> newest, done -> {});
  }

  // What somebody would try who wants the audit to pass.

  @Test
  void aDocumentThatIsGivenOutAndLeftOutOfTheRegisterIsFoundByItsStatement() throws Exception {
    Desk other = otherDesk();
    other.log.logStatements(List.of(new StatementLog.Content(ADA, Bytes.utf8("a second 000001"))));
    assertThat(check(other).findings())
        .singleElement()
        .matches(finding -> finding.kind() == Finding.Kind.UNREGISTERED)
        .extracting(Finding::sentence)
        .asString()
        .contains("1 statements in the log are in no document of the register");

    long left = other.log.checkpoint().checkpoint().size() - 1;
    other.issuer().issue(2026);
    BookCheck.Result withdrawn = check(other);
    assertThat(withdrawn.findings()).isEmpty();
    assertThat(withdrawn.explained())
        .containsExactly(
            "1 statements that no document carries are withdrawn, the first is entry " + left);
  }

  @Test
  void aDocumentThatIsSaidToWaitForItsReceiptStillHasItsLinesForItself() throws Exception {
    twoDocumentsOfTheSameLines();
    edit(
        lines ->
            lines.stream()
                .filter(l -> !l.contains("\"2026-000003\"") || !l.contains("\"ISSUED\""))
                .toList());
    found(Finding.Kind.LINE_TWICE, "2026-000003");
  }

  @Test
  void aNumberInTheWrongPlaceHidesNoGap() throws Exception {
    edit(lines -> lines.stream().map(l -> l.replace("2026-000003", "2026-000009")).toList());
    found(Finding.Kind.GAP, "2026-000009");
  }

  @Test
  void aDocumentOfAnotherDonorIsNoReplacement() throws Exception {
    edit(
        lines ->
            lines.stream()
                .map(
                    l ->
                        l.contains("\"number\":\"2026-000003\"")
                            ? l.replace(ADA.toHex(), BEA.toHex())
                            : l)
                .toList());
    found(Finding.Kind.STEP, "2026-000003");
  }

  @Test
  void aWithdrawalOfAnotherStatementIsFoundByTheDocumentsOwnProof() throws Exception {
    edit(
        lines ->
            lines.stream()
                .map(l -> l.replaceAll("\"statement\":[0-9]+", "\"statement\":1"))
                .toList());
    found(Finding.Kind.DOCUMENT, "2026-000002");
    found(Finding.Kind.LOG, "2026-000002");
  }

  @Test
  void whatTheRegisterSaysIsLaterThanTheLogIsNotBelieved() throws Exception {
    edit(
        lines ->
            lines.stream()
                .map(l -> l.replaceAll("\"change\":[0-9]+", "\"change\":99999"))
                .toList());
    assertThat(check().findings())
        .anyMatch(
            finding ->
                finding.about().equals("2026-000002")
                    && finding.sentence().contains("make a newer copy, and audit again"));
  }

  @Test
  void anOldCopyOfTheLogHidesNoWithdrawal() throws Exception {
    Desk other = otherDesk();
    Checkpoint old = other.log.checkpoint().checkpoint();
    other.issuer().cancel("2026-000001", "sent to somebody else");
    assertThat(check(other, old).findings())
        .singleElement()
        .extracting(Finding::sentence)
        .asString()
        .contains("is behind the " + old.size() + " entries of this copy of the log");
    assertThat(check(other).findings()).isEmpty();
  }

  @Test
  void evidenceThatIsSaidToBeGoneWithItsDonorIsTold() throws Exception {
    edit(
        lines -> {
          lines.add(
              lines.stream()
                  .filter(l -> l.contains("\"2026-000003\"") && l.contains("\"ISSUED\""))
                  .findFirst()
                  .orElseThrow()
                  .replace("\"ISSUED\"", "\"KEPT\""));
          return lines;
        });
    Files.delete(file("2026-000003.evidence.zip"));
    assertThat(check().explained())
        .contains("2026-000003 is kept without its evidence, for its donor was erased");
  }

  /** Takes the replacement of 000001 out of the register's words, and leaves both. */
  private void twoDocumentsOfTheSameLines() throws Exception {
    edit(lines -> lines.stream().filter(line -> !line.contains("\"REPLACED\"")).toList());
    edit(lines -> lines.stream().map(l -> l.replace(",\"replaces\":\"2026-000001\"", "")).toList());
  }

  /** Operator ada asked, somebody confirmed, before the document was changed. */
  private void asked(String number, String act, String confirmedBy) throws Exception {
    edit(
        lines -> {
          int issued = 0;
          while (!lines.get(issued).contains("\"number\":\"" + number + "\"")
              || !lines.get(issued).contains("\"ISSUED\"")) {
            issued++;
          }
          lines.add(
              issued + 1,
              "{\"act\":\""
                  + act
                  + "\",\"at\":\"2027-02-02T10:00:00Z\",\"by\":\"ada\",\"on\":\"2027-02-02\""
                  + ",\"reason\":\"why\",\"wish\":\""
                  + number
                  + "\"}");
          lines.add(
              issued + 2,
              "{\"by\":\""
                  + confirmedBy
                  + "\",\"confirmed\":\""
                  + number
                  + "\",\"on\":\"2027-02-02\"}");
          return lines;
        });
  }

  @Test
  void aDocumentThatDeniesWhatWasEnteredLaterIsFoundUnlessItStandsNoMore() throws Exception {
    String line = "{\"given\":\"2026-05-01\",\"misstated\":\"%s\",\"on\":\"2027-03-01\"}";
    edit(
        lines ->
            Stream.concat(
                    lines.stream(),
                    Stream.of("2026-000001", "2026-000002", "2026-000003").map(line::formatted))
                .toList());
    found(Finding.Kind.BENEFIT, "2026-000003");
  }

  @Test
  void aNumberThatSaysOtherwiseAndWasNeverTakenIsFound() throws Exception {
    edit(
        lines ->
            Stream.concat(
                    lines.stream(),
                    Stream.of(
                        "{\"given\":\"2026-05-01\",\"misstated\":\"2026-000009\","
                            + "\"on\":\"2027-03-01\"}"))
                .toList());
    found(Finding.Kind.LINE, "2026-000009");
  }

  private void found(Finding.Kind kind, String about) throws Exception {
    assertThat(check().findings())
        .anyMatch(finding -> finding.kind() == kind && finding.about().equals(about));
  }

  private BookCheck.Result check() throws Exception {
    return check(
        new TrustFile(
            "Example Commons", SmallLog.verifierKey(), List.of(desk.key().fingerprint())));
  }

  private BookCheck.Result check(TrustFile trust) throws Exception {
    return new BookCheck(register, trust)
        .run(desk.log.reader(), () -> desk.log.checkpoint().checkpoint(), done -> {});
  }

  private void edit(UnaryOperator<List<String>> by) throws Exception {
    Path file = register.resolve("register.jsonl");
    Files.write(file, by.apply(new ArrayList<>(Files.readAllLines(file))));
  }

  private Path file(String name) throws IOException {
    try (Stream<Path> all = Files.walk(register)) {
      return all.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
    }
  }
}
