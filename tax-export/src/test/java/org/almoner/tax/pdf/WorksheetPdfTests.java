package org.almoner.tax.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.canvas.parser.PdfTextExtractor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.tax.worksheet.Sheets;
import org.almoner.tax.worksheet.WorksheetLint;
import org.almoner.tax.worksheet.WorksheetRefused;
import org.almoner.tax.worksheet.WorksheetText;
import org.almoner.tax.worksheet.WorksheetWords;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verapdf.pdfa.flavours.PDFAFlavour;

class WorksheetPdfTests {
  private static byte[] render(WorksheetText text) throws WorksheetRefused {
    return new WorksheetPdf(new WorksheetLint(List.of(), List.of("Open Estuary"))).render(text);
  }

  @Test
  void theSameTextGivesTheSameOctets() throws Exception {
    byte[] first = render(Sheets.text(Sheets.common(), "en"));

    assertThat(render(Sheets.text(Sheets.common(), "en"))).isEqualTo(first);
  }

  /** T6. */
  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr"})
  void aWorksheetHasNoFieldNoAttachmentAndNoPicture(String language) throws Exception {
    byte[] pdf = render(Sheets.text(Sheets.estimate(), language));

    try (UntrustedPdf opened = UntrustedPdf.open(pdf)) {
      assertThat(opened.document().getCatalog().getPdfObject().keySet())
          .doesNotContain(PdfName.AcroForm, PdfName.AF, PdfName.Names);
      assertThat(opened.document().getNumberOfPages()).isBetween(1, 2);
      for (int page = 1; page <= opened.document().getNumberOfPages(); page++) {
        assertThat(opened.document().getPage(page).getResources().getResourceNames(PdfName.XObject))
            .isEmpty();
      }
      assertThat(PdfTextExtractor.getTextFromPage(opened.document().getFirstPage()))
          .contains(Sheets.text(Sheets.estimate(), language).banner().get(0))
          .contains("41" + ("en".equals(language) ? "." : ",") + "5 W");
    }
  }

  @Test
  void theCharitysNameIsRefusedWhereverTheDonorPutsIt() throws Exception {
    WorksheetText text =
        new WorksheetText(
            Sheets.common(), WorksheetWords.of("en"), "A friend of Open Estuary", Sheets.DRAWN_UP);

    assertThatThrownBy(() -> render(text))
        .hasMessage(
            "\"open estuary\" in what you wrote: a worksheet bears no name, logo, number or seal of"
                + " the charity (T6)");
  }

  @Test
  void theCommonYearConforms() throws Exception {
    byte[] pdf = render(Sheets.text(Sheets.common(), "en"));

    assertThat(VeraPdf.faults(pdf, PDFAFlavour.PDFA_3_A)).isEmpty();
    assertThat(VeraPdf.faults(pdf, PDFAFlavour.PDFUA_1)).isEmpty();
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr"})
  void everyLanguageConforms(String language) throws Exception {
    byte[] pdf = render(Sheets.text(Sheets.estimate(), language));

    assertThat(VeraPdf.faults(pdf, PDFAFlavour.PDFA_3_A)).isEmpty();
    assertThat(VeraPdf.faults(pdf, PDFAFlavour.PDFUA_1)).isEmpty();
    String folder = System.getProperty("almoner.pages", "");
    if (!folder.isEmpty()) {
      Files.write(Path.of(folder, "worksheet-" + language + ".pdf"), pdf);
      byte[] common = render(Sheets.text(Sheets.common(), language));
      Files.write(Path.of(folder, "worksheet-common-" + language + ".pdf"), common);
    }
  }
}
