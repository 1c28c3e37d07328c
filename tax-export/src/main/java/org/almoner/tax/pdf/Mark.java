package org.almoner.tax.pdf;

import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.canvas.PdfCanvas;
import com.itextpdf.kernel.pdf.xobject.PdfFormXObject;
import com.itextpdf.layout.element.Image;

/** Almoner's mark: three squares, work coming in, above an open bowl that gives it on. */
record Mark() implements Logo {
  private static final float SIDE = 100;

  @Override
  public float ratio() {
    return 1;
  }

  /** The mark in a square of 100 units. */
  @Override
  public Image draw(PdfDocument pdf) {
    PdfFormXObject form = new PdfFormXObject(new Rectangle(SIDE, SIDE));
    PdfCanvas canvas = new PdfCanvas(form, pdf);
    canvas.setFillColor(Look.NAVY).roundRectangle(0, 0, SIDE, SIDE, 22).fill();
    // The bowl: a half disc with a foot.
    canvas.setFillColor(Look.PAPER);
    canvas.moveTo(17, 47).curveTo(17, 27, 31, 19, 50, 19).curveTo(69, 19, 83, 27, 83, 47);
    canvas.closePath().fill();
    canvas.rectangle(36, 13.5, 28, 7).fill();
    // The squares, the nearest one highest in light.
    canvas.setFillColor(Look.MINT).rectangle(43, 54, 14, 14).fill();
    canvas.rectangle(25.5, 67, 11, 11).fill();
    canvas.setFillColor(Look.PAPER).rectangle(63.5, 67, 11, 11).fill();
    canvas.setFillColor(Look.MINT).rectangle(46, 78, 8, 8).fill();
    canvas.release();
    return new Image(form);
  }
}
