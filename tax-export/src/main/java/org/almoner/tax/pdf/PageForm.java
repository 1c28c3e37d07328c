package org.almoner.tax.pdf;

import com.itextpdf.kernel.geom.PageSize;
import com.itextpdf.kernel.pdf.PdfString;
import org.almoner.tax.jurisdiction.Paper;

/**
 * In which language a document is, and on what paper.
 *
 * @param language BCP 47 tag; empty where the file names none
 * @param paper what its first page is set for
 */
public record PageForm(String language, Paper paper) {
  /** Points by which a page may differ from a paper. */
  private static final float TOLERANCE = 1;

  /**
   * Reads it from a file.
   *
   * @throws MalformedDocument when the file cannot be read
   */
  public static PageForm of(byte[] pdf) throws MalformedDocument {
    try (UntrustedPdf opened = UntrustedPdf.open(pdf)) {
      PdfString language = opened.document().getCatalog().getLang();
      float width = opened.document().getFirstPage().getPageSize().getWidth();
      boolean letter = Math.abs(width - PageSize.LETTER.getWidth()) < TOLERANCE;
      return new PageForm(
          language == null ? "" : language.toUnicodeString(), letter ? Paper.LETTER : Paper.A4);
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      // The PDF library reports malformed files by many unchecked exceptions.
      throw new MalformedDocument("the file's pages cannot be read: " + UntrustedPdf.reason(e));
    }
  }
}
