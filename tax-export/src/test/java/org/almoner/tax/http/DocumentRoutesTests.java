package org.almoner.tax.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.canvas.parser.PdfTextExtractor;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.issue.Desk;
import org.almoner.tax.issue.SmallLog;
import org.almoner.tax.jurisdiction.DonorKind;
import org.almoner.tax.verify.CheckReport;
import org.almoner.tax.verify.DocumentCheck;
import org.almoner.tax.verify.TrustFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators and donors at the documents' paths, over HTTP. */
class DocumentRoutesTests {
  private static final DonorId ADA = SmallLog.donor(1);
  private static final DonorId FIRM = SmallLog.donor(2);
  private static final String FIRST = TokenDoor.FIRST;
  private static final String OWN = "2026-000001";
  private static final String FIRMS = "FR-2026-000001";
  private static final String REASON = "sent to somebody else";

  @TempDir static Path temp;
  private static Desk sharedDesk;
  private static Loopback shared;
  private Desk desk;
  private Loopback served;

  @BeforeAll
  static void open() throws Exception {
    sharedDesk = desk("shared");
    shared = served(sharedDesk, "shared");
  }

  @AfterAll
  static void closeShared() {
    shared.close();
  }

  @BeforeEach
  void share() {
    desk = sharedDesk;
    served = shared;
  }

  @AfterEach
  void close() {
    if (served != shared) {
      served.close();
    }
  }

  /** For what changes documents. */
  private void ofItsOwn(String name) throws Exception {
    desk = desk(name);
    served = served(desk, name);
  }

  private static Desk desk(String name) throws Exception {
    Desk desk = new Desk(temp.resolve(name));
    desk.gave(ADA, "Ada Example", 2);
    desk.gave(FIRM, "Exemple SARL", 1);
    desk.donors.put(
        new Donor(
            FIRM,
            "Exemple SARL",
            List.of("1 rue Exemple", "00000 Nulle Part"),
            "FR",
            DonorKind.BUSINESS,
            "fr"));
    return desk;
  }

  private static Loopback served(Desk desk, String name) throws Exception {
    Loopback served = new Loopback(desk, temp.resolve(name).resolve("runs"));
    JsonValue.Builder complete = JsonValue.Obj.of().put("until", "2026-12-31");
    assertThat(served.post(FIRST, "/register/benefits", complete).status()).isEqualTo(200);
    assertThat(served.post(FIRST, "/register/runs", year()).status()).isEqualTo(200);
    assertThat(served.get(FIRST, "/register/runs").text())
        .contains("\"issued\":2", "\"state\":\"done\"");
    return served;
  }

  private static JsonValue.Builder year() {
    return JsonValue.Obj.of().put("year", 2026);
  }

  private static JsonValue.Builder reason(String why) {
    return JsonValue.Obj.of().put("reason", why);
  }

  private static JsonValue.Builder agree(String act, boolean agree) {
    return JsonValue.Obj.of().put("act", act).put("reason", REASON).put("agree", agree);
  }

  private static String of(String number, String rest) {
    return "/register/documents/" + number + "/" + rest;
  }

  private static void refused(Loopback.Reply reply, int status, String slug, String sentence) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.field("type")).endsWith("#" + slug);
    assertThat(reply.field("detail")).contains(sentence).doesNotContain("\n");
  }

  @Test
  void whatFourEyesHaveToSeeIsDoneWhenASecondOperatorWhoWasThereForADayConfirms() throws Exception {
    ofItsOwn("eyes");
    String bob =
        served
            .post(FIRST, "/register/operators", JsonValue.Obj.of().put("name", "bob"))
            .field("token");
    desk.now = desk.now.plus(Duration.ofHours(1));
    Loopback.Reply asked = served.post(FIRST, of(FIRMS, "cancellation"), reason(REASON));
    assertThat(asked.status()).isEqualTo(202);
    assertThat(asked.field("state")).isEqualTo("waits-for-second-operator");
    refused(
        served.post(FIRST, of(FIRMS, "confirmation"), agree("cancel", true)),
        409,
        "same-operator",
        "operator asked for it; another operator has to confirm");
    refused(
        served.post(bob, of(FIRMS, "confirmation"), agree("cancel", true)),
        409,
        "operator-too-new",
        "bob was added on 2027-02-02T00:00:00Z, less than 24 hours before operator asked");
    assertThat(served.get(bob, "/register/documents").text()).contains("\"wish\"");
    assertThat(served.post(bob, of(FIRMS, "confirmation"), agree("cancel", false)).field("state"))
        .isEqualTo("refused");

    desk.now = desk.now.plus(Duration.ofHours(24));
    assertThat(served.post(bob, of(FIRMS, "replacement"), reason(REASON)).status()).isEqualTo(202);
    refused(
        served.post(FIRST, of(FIRMS, "cancellation"), reason("another")),
        409,
        "statement-not-possible",
        "somebody asked before that " + FIRMS + " be replaced");
    refused(
        served.post(bob, of(FIRMS, "confirmation"), agree("replace", true)),
        409,
        "same-operator",
        "bob asked for it");
    refused(
        served.post(FIRST, of(FIRMS, "confirmation"), agree("cancel", true)),
        404,
        "nothing-to-confirm",
        "nobody asked that document " + FIRMS + " be cancelled for this reason");
    assertThat(served.get(FIRST, "/register/documents").text()).doesNotContain("FR-2026-000002");
    Loopback.Reply done = served.post(FIRST, of(FIRMS, "confirmation"), agree("replace", true));
    assertThat(done.field("by")).as(done.text()).isEqualTo("FR-2026-000002");
    assertThat(verdict("FR-2026-000002")).isEqualTo(CheckReport.Verdict.HOLDS);
    assertThat(verdict(FIRMS)).isEqualTo(CheckReport.Verdict.FAILS);
  }

  @Test
  void aDocumentThatNeedsOneOperatorIsReplacedAndCancelledAtOnce() throws Exception {
    ofItsOwn("one");
    refused(
        served.post(FIRST, of(OWN, "replacement"), reason(" ")),
        422,
        "reason-missing",
        "the reason is blank");
    refused(
        served.post(FIRST, of("2026-000099", "replacement"), reason(REASON)),
        404,
        "document-unknown",
        "there is no document 2026-000099");
    Loopback.Reply replaced = served.post(FIRST, of(OWN, "replacement"), reason(REASON));
    assertThat(replaced.field("by")).isEqualTo("2026-000002");
    refused(
        served.post(FIRST, of(OWN, "cancellation"), reason(REASON)),
        409,
        "statement-not-possible",
        "it is replaced by 2026-000002");
    assertThat(served.post(FIRST, of("2026-000002", "cancellation"), reason(REASON)).field("state"))
        .isEqualTo("cancelled");
    assertThat(verdict("2026-000002")).isEqualTo(CheckReport.Verdict.FAILS);
    assertThat(served.post(FIRST, "/register/closings", year()).status()).isEqualTo(200);
    assertThat(served.post(FIRST, "/register/statements", year().put("donor", ADA.toHex())).text())
        .contains("the year 2026 was closed");
  }

  @Test
  void whoHasNoTokenOrTheWrongOneIsLetInNowhere() throws Exception {
    String ada = served.door.letIn(ADA);
    for (String token : List.of("", "nonsense", ada)) {
      for (String path :
          List.of(
              "/register/documents",
              of(OWN, "pdf"),
              "/register/donors",
              "/register/names/" + ADA,
              "/register/runs",
              "/register/runs/2026/summary",
              "/register/benefits")) {
        assertThat(served.get(token, path).status()).as(path).isEqualTo(401);
      }
      for (String path :
          List.of(
              of(OWN, "replacement"),
              of(OWN, "cancellation"),
              of(OWN, "confirmation"),
              "/register/previews",
              "/register/closings",
              "/register/operators",
              "/register/statements")) {
        assertThat(served.post(token, path, reason(REASON)).status()).as(path).isEqualTo(401);
      }
    }
    String bob =
        served
            .post(FIRST, "/register/operators", JsonValue.Obj.of().put("name", "bob"))
            .field("token");
    assertThat(served.get(bob, of(OWN, "pdf")).status()).isEqualTo(200);
    assertThat(served.post(bob, "/register/closings", year()).status()).isEqualTo(401);
    assertThat(served.post(bob, "/register/operators", JsonValue.Obj.of()).status()).isEqualTo(401);
    for (String path : List.of("/me", "/me/years", "/me/years/2026/preview")) {
      assertThat(served.get(FIRST, path).status()).as(path).isEqualTo(401);
    }
  }

  @Test
  void aDonorReadsTheirYearsTheRunningOneAndEveryFileOfTheirDocument() throws Exception {
    String ada = served.door.letIn(ADA);
    assertThat(served.get(ada, "/me/years").text())
        .contains("\"running\":2027", "\"year\":2026", OWN)
        .doesNotContain(FIRMS);
    String path = "/me/documents/" + OWN + "/";
    byte[] pdf = served.get(ada, path + "pdf").octets();
    assertThat(pdf).isEqualTo(served.register.pdf(served.register.find(OWN).orElseThrow()));
    byte[] evidence = served.get(ada, path + "evidence").octets();
    assertThat(
            CheckReport.verdict(
                DocumentCheck.of(pdf).trusting(trust()).withEvidence(evidence).run()))
        .isEqualTo(CheckReport.Verdict.HOLDS);
    assertThat(served.get(ada, path + "csv").text().lines().findFirst().orElseThrow())
        .contains("month");
    assertThat(names(served.get(ada, path + "bundle").octets()))
        .containsExactly(OWN + ".csv", OWN + ".evidence.zip", OWN + ".pdf");

    long entries = desk.log.checkpoint().checkpoint().size();
    Loopback.Reply preview = served.get(ada, "/me/years/2026/preview");
    assertThat(text(preview.octets())).contains("Ada Example").doesNotContain(OWN);
    assertThat(CheckReport.verdict(DocumentCheck.of(preview.octets()).trusting(trust()).run()))
        .isEqualTo(CheckReport.Verdict.FAILS);
    assertThat(desk.log.checkpoint().checkpoint().size()).isEqualTo(entries);
  }

  @Test
  void anotherDonorsDocumentIsNotFound() throws Exception {
    String ada = served.door.letIn(ADA);
    for (String file : List.of("pdf", "evidence", "csv", "bundle", "anything")) {
      refused(
          served.get(ada, "/me/documents/" + FIRMS + "/" + file),
          404,
          "document-unknown",
          "there is no " + file + " of a document " + FIRMS + " for you");
    }
  }

  @Test
  void anErasedDonorsTokenOpensNothingAndTheOperatorKeepsTheFileAlone() throws Exception {
    ofItsOwn("erased");
    String ada = served.door.letIn(ADA);
    Loopback.Reply erased =
        served.post(
            FIRST,
            "/register/donors/" + ADA + "/erasure",
            reason("asked").put("documents", "keep"));
    assertThat(erased.status()).as(erased.text()).isEqualTo(200);
    assertThat(served.get(ada, "/me").status()).isEqualTo(401);
    assertThat(served.get(ada, "/me/documents/" + OWN + "/pdf").status()).isEqualTo(401);
    assertThat(served.get(FIRST, of(OWN, "pdf")).status()).isEqualTo(200);
    refused(served.get(FIRST, of(OWN, "evidence")), 410, "erased", "when its donor was erased");
    assertThat(served.get(FIRST, "/register/names/" + ADA).status()).isEqualTo(404);
    refused(
        served.post(FIRST, "/register/previews", year().put("donor", ADA.toHex())),
        409,
        "statement-not-possible",
        "erased");
  }

  @Test
  void aPreviewIsASpecimenWithoutANumberAndLeavesNoTrace() throws Exception {
    long entries = desk.log.checkpoint().checkpoint().size();
    int documents = served.register.all().size();
    Loopback.Reply preview =
        served.post(FIRST, "/register/previews", year().put("donor", FIRM.toHex()));
    assertThat(preview.status()).isEqualTo(200);
    assertThat(text(preview.octets())).contains("Exemple SARL").doesNotContain(FIRMS);
    assertThat(desk.log.checkpoint().checkpoint().size()).isEqualTo(entries);
    assertThat(served.register.all()).hasSize(documents);
    refused(
        served.post(FIRST, "/register/previews", year().put("donor", "0".repeat(32))),
        409,
        "statement-not-possible",
        "");
    refused(
        served.post(FIRST, "/register/previews", year().put("donor", "nobody")),
        400,
        "malformed",
        "donor");
    refused(
        served.post(
            FIRST,
            "/register/previews",
            JsonValue.Obj.of().put("year", 26).put("donor", ADA.toHex())),
        400,
        "malformed",
        "year");
  }

  @Test
  void theRunTellsOfEachDonorAndOfNoYearThatHasNotRun() throws Exception {
    assertThat(served.get(FIRST, "/register/runs/2026/summary").text())
        .contains(ADA + "," + OWN + ",issued", FIRM + "," + FIRMS + ",issued");
    refused(
        served.get(FIRST, "/register/runs/2025/summary"),
        404,
        "run-unknown",
        "no run of 2025 has ended here");
    assertThat(served.post(FIRST, "/register/runs", year()).status()).isEqualTo(200);
    assertThat(served.get(FIRST, "/register/runs").text()).contains("\"stood\":2");
  }

  @Test
  void aRunForSomebodyWhomNobodyKnowsAndTheCloseOfAYearToComeAreRefused() throws Exception {
    refused(
        served.post(FIRST, "/register/runs", year().putTexts("donors", List.of("0".repeat(32)))),
        404,
        "unknown-donor",
        "0".repeat(32));
    refused(
        served.post(FIRST, "/register/runs", year().putTexts("donors", List.of("nobody"))),
        400,
        "malformed",
        "a donor is 32 lowercase hexadecimal digits");
    refused(
        served.post(FIRST, "/register/closings", JsonValue.Obj.of().put("year", 2031)),
        409,
        "statement-not-possible",
        "the year 2031 has not begun");
  }

  private CheckReport.Verdict verdict(String number) throws Exception {
    return CheckReport.verdict(
        DocumentCheck.of(served.get(FIRST, of(number, "pdf")).octets())
            .trusting(trust())
            .withEvidence(served.get(FIRST, of(number, "evidence")).octets())
            .against(desk.log.tiles(), desk.log.checkpoint().format())
            .run());
  }

  private TrustFile trust() {
    return new TrustFile(
        "Example Commons", SmallLog.verifierKey(), List.of(desk.key().fingerprint()));
  }

  private static String text(byte[] pdf) throws Exception {
    try (PdfDocument document = new PdfDocument(new PdfReader(new ByteArrayInputStream(pdf)))) {
      return PdfTextExtractor.getTextFromPage(document.getFirstPage());
    }
  }

  private static TreeSet<String> names(byte[] zip) throws Exception {
    TreeSet<String> names = new TreeSet<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }
}
