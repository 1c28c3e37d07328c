package org.almoner.tax.pdf;

import com.itextpdf.kernel.font.PdfFont;
import com.itextpdf.kernel.pdf.PdfAConformance;
import com.itextpdf.kernel.pdf.PdfOutputIntent;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.validation.ValidationContainer;
import com.itextpdf.kernel.xmp.XMPException;
import com.itextpdf.kernel.xmp.XMPMeta;
import com.itextpdf.kernel.xmp.XMPMetaFactory;
import com.itextpdf.pdfa.PdfADocument;
import com.itextpdf.pdfua.checkers.PdfUA1Checker;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;

/**
 * A PDF/A-3a and PDF/UA-1 document that writes its fonts in the order in which they were first
 * used, and their names always alike. The PDF library's own order hangs on how many documents this
 * process made before, and its names on chance.
 */
final class SteadyDocument extends PdfADocument {
  private static final long serialVersionUID = 1L;

  static {
    UntrustedPdf.underTheAgpl();
  }

  private final String made;
  private final boolean checked;

  /**
   * @param seed what the fonts' names are drawn from
   * @param day when the document was made
   * @param checked whether the library's own checkers look at every object; they take a tenth of
   *     the time, and say less than veraPDF, which the tests ask
   */
  SteadyDocument(
      PdfWriter writer, PdfOutputIntent intent, String seed, LocalDate day, boolean checked) {
    super(writer, PdfAConformance.PDF_A_3A, intent);
    this.made = day + "T00:00:00Z";
    this.checked = checked;
    setTagged();
    if (!checked) {
      getDiContainer().register(ValidationContainer.class, new ValidationContainer());
    }
    ValidationContainer checks = getDiContainer().getInstance(ValidationContainer.class);
    if (checked) {
      checks.addChecker(new PdfUA1Checker(this));
    }
    checks.addChecker(new SteadyFontNames(seed));
  }

  /** Empty but for checkers: the packet is text, and the library would parse it only to have it. */
  @Override
  public XMPMeta getXmpMetadata(boolean createNew) throws XMPException {
    return checked ? super.getXmpMetadata(createNew) : XMPMetaFactory.create();
  }

  @Override
  protected void updateXmpMetadata() {
    setXmpMetadata(
        DocumentMetadata.packet(getDocumentInfo(), made).getBytes(StandardCharsets.UTF_8));
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
