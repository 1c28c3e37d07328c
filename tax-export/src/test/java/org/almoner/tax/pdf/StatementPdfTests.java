package org.almoner.tax.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.itextpdf.forms.PdfAcroForm;
import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.annot.PdfWidgetAnnotation;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.tax.jurisdiction.Profile;
import org.almoner.tax.receipt.Addressee;
import org.almoner.tax.receipt.Charity;
import org.almoner.tax.receipt.OperatorSettings;
import org.almoner.tax.receipt.PageMark;
import org.almoner.tax.receipt.Period;
import org.almoner.tax.receipt.Sample;
import org.almoner.tax.receipt.StatementText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementPdfTests {
  @Test
  void theSameStatementGivesTheSameOctets() throws Exception {
    StatementPdf pdf = new StatementPdf().signing(Documents.LOG_KEY);
    byte[] once = pdf.render(new Sample().page(), Documents.WORDING, Documents.ATTACHMENTS);
    // Many times: the library's own order of fonts changes only now and then.
    for (int i = 0; i < 40; i++) {
      byte[] again = pdf.render(new Sample().page(), Documents.WORDING, Documents.ATTACHMENTS);
      assertThat(Arrays.equals(once, again)).as("document %d", i).isTrue();
    }
    // The library's checkers look on here, and change nothing.
    assertThat(Arrays.equals(once, Documents.unsealed())).isTrue();
  }

  @Test
  void anotherStatementGivesOthers() throws Exception {
    Sample other = new Sample();
    other.donor = new Addressee("Zofia Wójcik", List.of());
    assertThat(Arrays.equals(Documents.unsealed(), Documents.render(other.page()))).isFalse();
    List<Attachment> attachments = List.of(Attachment.statement(Bytes.utf8("{}")));
    byte[] attached =
        new StatementPdf().render(new Sample().page(), Documents.WORDING, attachments);
    assertThat(Arrays.equals(Documents.unsealed(), attached)).isFalse();
  }

  @Test
  void theLintHasTheLastWord() {
    Sample sample = new Sample();
    sample.donor = new Addressee("Ada, $5 gift", List.of());
    sample.issued = LocalDate.of(2026, 6, 1);
    assertThatThrownBy(() -> Documents.render(sample.page()))
        .isInstanceOfSatisfying(
            DocumentRefused.class,
            refused -> {
              assertThat(refused.reasons()).anyMatch(reason -> reason.contains("(T1)"));
              assertThat(refused.reasons()).anyMatch(reason -> reason.contains("(T11)"));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "محمد,U+0645",
    "שלום,U+05E9",
    "अनिल,U+0905",
    "ธนา,U+0E18",
  })
  void aLetterThatNeedsShapingIsNamedAndNotSet(String name, String point) {
    Sample sample = new Sample();
    sample.donor = new Addressee(name, List.of());
    assertThatThrownBy(() -> Documents.render(sample.page()))
        .isInstanceOf(DocumentRefused.class)
        .hasMessageContaining("the donor's lines has the character ")
        .hasMessageContaining(point + " ")
        .hasMessageContaining("whose letters join, stack or run from right to left")
        .hasMessageContaining("write it in Latin letters, as a passport has it");
  }

  @ParameterizedTest
  @CsvSource({"Ada 🙂,U+1F642", "Անի,U+0531"})
  void aLetterThatNoFontHasIsNamed(String name, String point) {
    Sample sample = new Sample();
    sample.donor = new Addressee(name, List.of());
    assertThatThrownBy(() -> Documents.render(sample.page()))
        .isInstanceOf(DocumentRefused.class)
        .hasMessageContaining(point + " ")
        .hasMessageContaining("write it in Latin, Greek or Cyrillic letters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"林", "山田 太郎", "김철수"})
  void aLetterOfAsiaAsksForItsFontWhereThereIsNone(String name) {
    Sample sample = new Sample();
    sample.donor = new Addressee(name, List.of());
    assertThatThrownBy(
            () ->
                new StatementPdf().render(sample.page(), Documents.WORDING, Documents.ATTACHMENTS))
        .isInstanceOf(DocumentRefused.class)
        .hasMessageContaining("this computer has no font for it; install Noto Sans CJK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Zażółć Gęślą-Jaźń",
        "Nguyễn Thị Phương Thảo",
        "Γιώργος Παπαδόπουλος",
        "Їжакевич Щербаков",
        "Þórdís Ægisdóttir",
        "Adébáyọ̀ Ọláyínká",
        "Đặng Ẑ"
      })
  void namesOfEuropeAfricaAndVietnamAreSet(String name) throws Exception {
    Sample sample = new Sample();
    sample.donor = new Addressee(name, List.of(name));
    sample.charity = new Charity(name, List.of(), "", "");
    assertThat(Documents.render(sample.page())).isNotEmpty();
  }

  @Test
  void aYearWithAFullAddressAndTheOperatorsSettingsFitsOnePage() throws Exception {
    Sample sample = new Sample();
    sample.donor = new Addressee("Ada", Collections.nCopies(6, "line"));
    sample.settings = new OperatorSettings(Duration.ZERO, true);
    try (UntrustedPdf opened = UntrustedPdf.open(Documents.render(sample.page()))) {
      assertThat(opened.document().getNumberOfPages()).isEqualTo(1);
    }
  }

  /** Lengths around the one where the seal no longer fits the first page. */
  @ParameterizedTest
  @CsvSource({"0,0,0", "12,0,3", "24,6,6"})
  void theSealsFieldIsNeverClipped(int months, int addressLines, int charityLines)
      throws Exception {
    assertSealIsWhole(months, addressLines, charityLines);
  }

  @Test
  void theSealsFieldIsNeverClippedWhereThePageEnds() throws Exception {
    for (int months = 15; months <= 18; months++) {
      for (int addressLines = 3; addressLines <= 6; addressLines++) {
        assertSealIsWhole(months, addressLines, 5);
        assertSealIsWhole(months, addressLines, 6);
      }
    }
  }

  private static void assertSealIsWhole(int months, int addressLines, int charityLines)
      throws Exception {
    Sample sample = new Sample();
    sample.period = new Period(LocalDate.of(2025, 1, 1), LocalDate.of(2026, 12, 31));
    sample.months = Sample.months(YearMonth.of(2025, 1), months);
    sample.donor = new Addressee("Ada", Collections.nCopies(addressLines, "line"));
    sample.charity = new Charity("Open Estuary", Collections.nCopies(charityLines, "x"), "c", "r");
    try (UntrustedPdf opened = UntrustedPdf.open(Documents.render(sample.page()))) {
      List<PdfWidgetAnnotation> widgets =
          PdfAcroForm.getAcroForm(opened.document(), false)
              .getField(StatementPdf.SEAL_FIELD)
              .getWidgets();
      assertThat(widgets).hasSize(1);
      Rectangle box = widgets.get(0).getRectangle().toRectangle();
      assertThat(box.getBottom()).isGreaterThan(Look.MARGIN_BOTTOM - 0.01f);
      assertThat(box.getHeight()).isGreaterThan(Look.SEAL_HEIGHT - 0.01f);
    }
  }

  @Test
  void aPageToLookAtHasNoSealAndDoesNotSayThatItHas() throws Exception {
    Sample sample = new Sample();
    sample.mark = PageMark.SPECIMEN;
    try (UntrustedPdf opened = UntrustedPdf.open(Documents.render(sample.page()))) {
      assertThat(PdfAcroForm.getAcroForm(opened.document(), false)).isNull();
    }
    assertThat(new StatementText(sample.page(), Profile.generic().wording("en")).printed(List.of()))
        .extracting(Object::toString)
        .asString()
        .doesNotContain("Sealed for");
    assertThat(new StatementText(new Sample().page(), Profile.generic().wording("en")).seal())
        .contains("Sealed for");
  }

  @Test
  void theEvidenceComesOutAsItWentIn() throws Exception {
    assertThat(PdfEvidence.read(Documents.unsealed()))
        .isEqualTo(new PdfEvidence(Documents.STATEMENT, Documents.PROOF));
  }

  @Test
  void aDocumentWithoutItsProofIsRefused() throws Exception {
    byte[] pdf =
        new StatementPdf()
            .render(
                new Sample().page(),
                Documents.WORDING,
                List.of(Attachment.statement(Documents.STATEMENT)));
    assertThatThrownBy(() -> PdfEvidence.read(pdf))
        .isInstanceOf(MalformedDocument.class)
        .hasMessage(
            "the file carries [statement.json]; a statement carries statement.json and"
                + " statement.tlog-proof");
  }

  @Test
  void aDocumentWithOneFileMoreIsRefused() throws Exception {
    byte[] pdf =
        new StatementPdf()
            .render(
                new Sample().page(),
                Documents.WORDING,
                List.of(
                    Attachment.statement(Documents.STATEMENT),
                    Attachment.proof(Documents.PROOF),
                    new Attachment("more.txt", "text/plain", "more", Bytes.utf8("x"))));
    assertThatThrownBy(() -> PdfEvidence.read(pdf)).isInstanceOf(MalformedDocument.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%PDF-1.7\n", "%PDF-1.7\n%%EOF", "no PDF at all", "{}"})
  void whatIsNoPdfIsRefused(String text) {
    assertThatThrownBy(() -> PdfEvidence.read(Bytes.utf8(text).toArray()))
        .isInstanceOf(MalformedDocument.class);
  }

  @Test
  void aFileBeyondTheLimitIsRefusedUnread() {
    assertThatThrownBy(() -> PdfEvidence.read(new byte[UntrustedPdf.FILE_BYTES_MAX + 1]))
        .isInstanceOf(MalformedDocument.class)
        .hasMessageContaining("at most 8388608");
  }
}
