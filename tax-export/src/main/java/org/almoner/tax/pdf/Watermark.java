package org.almoner.tax.pdf;

import com.itextpdf.kernel.colors.Color;
import com.itextpdf.kernel.colors.DeviceRgb;
import com.itextpdf.kernel.font.PdfFont;
import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfPage;
import com.itextpdf.kernel.pdf.canvas.CanvasArtifact;
import com.itextpdf.kernel.pdf.canvas.PdfCanvas;

/**
 * A word across each page, behind everything. It is an artifact: who has the page read aloud hears
 * the line of text that says the same.
 */
final class Watermark {
  private static final Color FAINT = new DeviceRgb(0xe9, 0xeb, 0xee);

  /** How much of the page's diagonal the word takes. */
  private static final float SHARE = 0.72f;

  private static final float SIZE_MAX = 130;

  /** Height of a capital letter in sizes, about. */
  private static final float CAPITAL = 0.7f;

  private final PdfDocument pdf;
  private final PdfFont font;

  Watermark(PdfDocument pdf, Setting setting) {
    this.pdf = pdf;
    this.font = setting.font(Face.STRONG);
  }

  void draw(String word) {
    for (int number = 1; number <= pdf.getNumberOfPages(); number++) {
      draw(pdf.getPage(number), word);
    }
  }

  private void draw(PdfPage page, String word) {
    Rectangle box = page.getPageSize();
    double slope = Math.atan2(box.getHeight(), box.getWidth());
    float diagonal = (float) Math.hypot(box.getHeight(), box.getWidth());
    float size = Math.min(SIZE_MAX, SHARE * diagonal / font.getWidth(word, 1));
    float half = font.getWidth(word, size) / 2;
    float cos = (float) Math.cos(slope);
    float sin = (float) Math.sin(slope);
    float low = CAPITAL * size / 2;
    PdfCanvas canvas = new PdfCanvas(page.newContentStreamBefore(), page.getResources(), pdf);
    canvas
        .openTag(new CanvasArtifact())
        .saveState()
        .beginText()
        .setFontAndSize(font, size)
        .setFillColor(FAINT)
        .setTextMatrix(
            cos,
            sin,
            -sin,
            cos,
            box.getWidth() / 2 - half * cos + low * sin,
            box.getHeight() / 2 - half * sin - low * cos)
        .showText(word)
        .endText()
        .restoreState()
        .closeTag();
    canvas.release();
  }
}
