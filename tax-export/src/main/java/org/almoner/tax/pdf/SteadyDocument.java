package org.almoner.tax.pdf;

import com.itextpdf.kernel.font.PdfFont;
import com.itextpdf.kernel.pdf.PdfAConformance;
import com.itextpdf.kernel.pdf.PdfOutputIntent;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.pdfa.PdfADocument;
import java.util.Collection;
import java.util.Comparator;

/**
 * A PDF/A-3a document that writes its fonts in the order in which they were first used. The PDF
 * library's own order hangs on how many documents this process made before.
 */
final class SteadyDocument extends PdfADocument {
  private static final long serialVersionUID = 1L;

  SteadyDocument(PdfWriter writer, PdfOutputIntent intent) {
    super(writer, PdfAConformance.PDF_A_3A, intent);
  }

  @Override
  protected Collection<PdfFont> getDocumentFonts() {
    return super.getDocumentFonts().stream()
        .sorted(
            Comparator.comparingInt(
                font -> font.getPdfObject().getIndirectReference().getObjNumber()))
        .toList();
  }
}
