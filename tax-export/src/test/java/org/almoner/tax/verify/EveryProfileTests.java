package org.almoner.tax.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.PdfStream;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.issue.Desk;
import org.almoner.tax.issue.Issuer;
import org.almoner.tax.issue.SmallLog;
import org.almoner.tax.issue.Terms;
import org.almoner.tax.jurisdiction.Benefits;
import org.almoner.tax.jurisdiction.DonorKind;
import org.almoner.tax.jurisdiction.Reviewed;
import org.almoner.tax.jurisdiction.ShippedProfiles;
import org.almoner.tax.pdf.Attachment;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.almoner.tax.seal.Seal;
import org.almoner.tax.seal.SealKey;
import org.almoner.tax.seal.Unguarded;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A document under each profile that comes with Almoner, in each of its languages, and what
 * somebody may do to it: {@code verify} names each, and does not end with 0.
 */
class EveryProfileTests {
  private static final Instant SEALED = Instant.parse("2027-02-02T00:00:00Z");
  private static final DonorId ADA = SmallLog.donor(1);
  private static final DonorId OTHER = SmallLog.donor(99);

  @TempDir Path temp;
  private Desk desk;
  private ReceiptRegister register;
  private Issuer issuer;
  private Registered document;
  private byte[] sealed;

  private enum Kind {
    GENERIC_EN("generic", "", DonorKind.INDIVIDUAL, "en"),
    GENERIC_DE("generic", "", DonorKind.INDIVIDUAL, "de"),
    GENERIC_FR("generic", "", DonorKind.INDIVIDUAL, "fr"),
    US_INDIVIDUAL("us-501c3-individual", "US", DonorKind.INDIVIDUAL, "en"),
    US_BUSINESS("us-business", "US", DonorKind.BUSINESS, "en"),
    DE("de-gemeinnuetzig", "DE", DonorKind.INDIVIDUAL, "de"),
    DE_EN("de-gemeinnuetzig", "DE", DonorKind.BUSINESS, "en"),
    FR("fr-entreprise", "FR", DonorKind.BUSINESS, "fr"),
    FR_EN("fr-entreprise", "FR", DonorKind.BUSINESS, "en");

    private final String profile;
    private final String country;
    private final DonorKind donor;
    private final String language;

    Kind(String profile, String country, DonorKind donor, String language) {
      this.profile = profile;
      this.country = country;
      this.donor = donor;
      this.language = language;
    }
  }

  @BeforeEach
  void open() throws Exception {
    desk = new Desk(temp.resolve("desk"));
    register = desk.register();
    issuer =
        desk.issuer(
            register, new Terms(Reviewed.gate(), (donor, from, to) -> new Benefits.NoneRecorded()));
  }

  @Test
  void noProfileIsLeftOut() {
    assertThat(List.of(Kind.values()))
        .extracting(kind -> kind.profile)
        .containsAll(ShippedProfiles.IDS);
  }

  @Test
  void whateverIsDoneToTheGenericDocumentIsNamed() throws Exception {
    whateverIsDoneIsNamed(Kind.GENERIC_EN);
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "GENERIC_EN")
  @Tag("long")
  void soItIsUnderEveryOtherProfileAndLanguage(Kind kind) throws Exception {
    whateverIsDoneIsNamed(kind);
  }

  private void whateverIsDoneIsNamed(Kind kind) throws Exception {
    issue(kind);
    assertThat(document.profile()).startsWith(kind.profile + " ");
    assertThat(CheckReport.verdict(check(sealed).run())).isEqualTo(CheckReport.Verdict.HOLDS);

    byte[] others = register.pdf(register.of(OTHER).get(0));
    Map<String, PdfStream> parts = parts();
    fails(flipped(parts.get("page")), "seal", "the document was changed after it was sealed");
    fails(
        flipped(parts.get(Attachment.STATEMENT)),
        "seal",
        "the document was changed after it was sealed");
    fails(
        flipped(parts.get(Attachment.PROOF)),
        "seal",
        "the document was changed after it was sealed");
    fails(withSealOf(others), "seal", "");
    fails(unsealed(), "seal", "the file carries no seal");
    fails(Seal.seal(unsealed(), another("Example Commons"), SEALED), "issuer", "somebody else");
    fails(
        Unguarded.seal(unsealed(), desk.key(), desk.key().expires().plusSeconds(1)),
        "seal",
        "when its certificate was not valid");
    List<Step> swapped =
        DocumentCheck.of(sealed)
            .trusting(trust())
            .withEvidence(register.evidence(register.of(OTHER).get(0)))
            .run();
    named(swapped, "evidence", "");

    issuer.cancel(register.of(OTHER).get(0).number(), "sent to somebody else");
    named(check(others).run(), "register", "this document was cancelled");
    String next = issuer.replace(document.number()).number();
    named(check(sealed).run(), "register", "this document was replaced");
    byte[] stands = register.pdf(register.find(next).orElseThrow());
    assertThat(CheckReport.verdict(check(stands).run())).isEqualTo(CheckReport.Verdict.HOLDS);
  }

  private void issue(Kind kind) throws Exception {
    for (DonorId one : List.of(ADA, OTHER)) {
      desk.donors.put(
          new Donor(
              one,
              "Ada Example",
              List.of("1 Example Street", "00000 Nowhere"),
              kind.country,
              kind.donor,
              kind.language));
      desk.log.settle(desk.log.report(one, Desk.NOVEMBER, 2).get(0), Outcome.ACCEPTED);
    }
    assertThat(issuer.issue(2026)).allMatch(reply -> !reply.number().isEmpty());
    document = register.of(ADA).get(0);
    sealed = register.pdf(document);
  }

  private TrustFile trust() {
    return new TrustFile(
        "Example Commons", SmallLog.verifierKey(), List.of(desk.key().fingerprint()));
  }

  private DocumentCheck check(byte[] file) {
    return DocumentCheck.of(file)
        .trusting(trust())
        .against(desk.log.tiles(), desk.log.checkpoint().format());
  }

  private void fails(byte[] file, String subject, String sentence) {
    named(check(file).run(), subject, sentence);
  }

  /** The last step is the one that fails: in one sentence, under its name. */
  private static void named(List<Step> steps, String subject, String sentence) {
    assertThat(CheckReport.verdict(steps)).isEqualTo(CheckReport.Verdict.FAILS);
    Step last = steps.get(steps.size() - 1);
    assertThat(last.verdict()).as("%s", steps).isEqualTo(Step.Verdict.FAILED);
    assertThat(last.subject()).as("%s", steps).isEqualTo(subject);
    assertThat(last.sentence()).contains(sentence).doesNotContain("\n").doesNotContain("null");
  }

  private SealKey another(String name) throws Exception {
    return SealKey.openOrCreate(
        temp.resolve("another.p12"), name, () -> SEALED, new SecureRandom());
  }

  /** The seal is added behind the page, which stays octet for octet. */
  private byte[] unsealed() {
    String text = new String(sealed, StandardCharsets.ISO_8859_1);
    return java.util.Arrays.copyOf(sealed, text.indexOf("%%EOF\n") + 6);
  }

  private byte[] withSealOf(byte[] other) {
    String from = new String(other, StandardCharsets.ISO_8859_1);
    String to = new String(sealed, StandardCharsets.ISO_8859_1);
    int taken = from.indexOf("/Contents <", from.indexOf("/ByteRange"));
    int put = to.indexOf("/Contents <", to.indexOf("/ByteRange"));
    String signature = from.substring(taken, from.indexOf('>', taken));
    return (to.substring(0, put) + signature + to.substring(to.indexOf('>', put)))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private byte[] flipped(PdfStream stream) {
    int object = (int) stream.getIndirectReference().getOffset();
    String text = new String(sealed, StandardCharsets.ISO_8859_1);
    int from = text.indexOf("stream\n", object) + "stream\n".length();
    byte[] flipped = sealed.clone();
    flipped[from + stream.getAsNumber(PdfName.Length).intValue() / 2] ^= 1;
    return flipped;
  }

  private Map<String, PdfStream> parts() throws Exception {
    Map<String, PdfStream> parts = new HashMap<>();
    try (PdfDocument pdf = new PdfDocument(new PdfReader(new ByteArrayInputStream(sealed)))) {
      parts.put("page", pdf.getFirstPage().getContentStream(0));
      PdfDictionary catalog = pdf.getCatalog().getPdfObject();
      for (int i = 0; i < catalog.getAsArray(PdfName.AF).size(); i++) {
        PdfDictionary file = catalog.getAsArray(PdfName.AF).getAsDictionary(i);
        parts.put(
            file.getAsString(PdfName.UF).getValue(),
            file.getAsDictionary(PdfName.EF).getAsStream(PdfName.F));
      }
    }
    return parts;
  }
}
