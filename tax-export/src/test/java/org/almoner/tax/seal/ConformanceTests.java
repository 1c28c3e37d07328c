package org.almoner.tax.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.almoner.tax.pdf.Documents;
import org.almoner.tax.pdf.VeraPdf;
import org.almoner.tax.receipt.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** What veraPDF says of our files. */
class ConformanceTests {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = PDFAFlavour.class,
      names = {"PDFA_3_A", "PDFUA_1"})
  void anUnsealedStatementConforms(PDFAFlavour flavour) throws Exception {
    assertThat(VeraPdf.faults(Documents.unsealed(), flavour)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = PDFAFlavour.class,
      names = {"PDFA_3_A", "PDFUA_1"})
  void aSealedStatementConforms(PDFAFlavour flavour) throws Exception {
    SealKey key =
        SealKey.openOrCreate(
            folder.resolve("seal.p12"), "Open Estuary", Documents.CLOCK, Documents.RANDOM);
    byte[] sealed = Seal.seal(Documents.unsealed(), key, Documents.SEALED_AT);
    assertThat(VeraPdf.faults(sealed, flavour)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = PDFAFlavour.class,
      names = {"PDFA_3_A", "PDFUA_1"})
  void aFirstRunOfSecondsConforms(PDFAFlavour flavour) throws Exception {
    assertThat(VeraPdf.faults(Documents.render(Sample.firstRun().page()), flavour)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = PDFAFlavour.class,
      names = {"PDFA_3_A", "PDFUA_1"})
  void theCheckCanFail(PDFAFlavour flavour) throws Exception {
    assertThat(VeraPdf.faults(plainPdf(), flavour)).isNotEmpty();
  }

  @Test
  void theCheckSeesALostClaim() throws Exception {
    byte[] pdf = Documents.unsealed();
    String text = new String(pdf, StandardCharsets.ISO_8859_1);
    byte[] without =
        text.replace("conformance=\"A\"", "conformance=\"B\"")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Arrays.equals(without, pdf)).isFalse();
    assertThat(VeraPdf.faults(without, PDFAFlavour.PDFA_3_A)).isNotEmpty();
  }

  private static byte[] plainPdf() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    var pdf = new com.itextpdf.kernel.pdf.PdfDocument(new com.itextpdf.kernel.pdf.PdfWriter(out));
    pdf.addNewPage();
    pdf.close();
    return out.toByteArray();
  }
}
