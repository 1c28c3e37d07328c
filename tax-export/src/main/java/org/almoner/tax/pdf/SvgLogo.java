package org.almoner.tax.pdf;

import com.itextpdf.kernel.geom.PageSize;
import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.WriterProperties;
import com.itextpdf.kernel.pdf.canvas.PdfCanvas;
import com.itextpdf.kernel.pdf.xobject.PdfFormXObject;
import com.itextpdf.layout.element.Image;
import com.itextpdf.svg.converter.SvgConverter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.almoner.protocol.bytes.Bytes;

/**
 * A logo from an SVG, converted once to a page of its own that documents copy. {@link PlainSvg} has
 * seen to it that it refers to nothing outside.
 *
 * @param ratio width in heights
 * @param page a PDF with one page of the logo's size
 */
record SvgLogo(float ratio, Bytes page) implements Logo {
  /** Height of the page, in points; only proportions matter. */
  private static final float HEIGHT = 100;

  static SvgLogo read(byte[] svg) throws MalformedLogo {
    float ratio = PlainSvg.check(svg);
    if (!(ratio >= RATIO_MIN && ratio <= RATIO_MAX)) {
      return new SvgLogo(ratio, Bytes.of(new byte[0])); // The caller refuses it by its ratio.
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PdfDocument pdf =
        new PdfDocument(new PdfWriter(out, new WriterProperties().setFullCompressionMode(true)))) {
      PdfFormXObject drawn = SvgConverter.convertToXObject(new ByteArrayInputStream(svg), pdf);
      PdfCanvas canvas = new PdfCanvas(pdf.addNewPage(new PageSize(HEIGHT * ratio, HEIGHT)));
      canvas.addXObjectFittedIntoRectangle(drawn, new Rectangle(0, 0, HEIGHT * ratio, HEIGHT));
      canvas.release();
    } catch (IOException | RuntimeException e) {
      // The converter reports what it does not know by many unchecked exceptions.
      throw new MalformedLogo(
          "the logo's SVG cannot be drawn; save it as plain SVG with shapes only, or as PNG");
    }
    return new SvgLogo(ratio, Bytes.of(out.toByteArray()));
  }

  @Override
  public Image draw(PdfDocument pdf) {
    try (PdfDocument source =
        new PdfDocument(new PdfReader(new ByteArrayInputStream(page.toArray())))) {
      return new Image(source.getFirstPage().copyAsFormXObject(pdf));
    } catch (IOException e) {
      throw new UncheckedIOException("the page of the logo is in memory", e);
    }
  }
}
