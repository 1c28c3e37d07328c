package org.almoner.tax.pdf;

import com.itextpdf.kernel.pdf.CompressionConstants;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfNumber;
import com.itextpdf.kernel.pdf.PdfStream;
import com.itextpdf.kernel.pdf.xobject.PdfImageXObject;
import com.itextpdf.layout.element.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.almoner.protocol.bytes.Bytes;

/**
 * A logo from a PNG: its pixels on white, packed once.
 *
 * @param width in pixels
 * @param height in pixels
 * @param packed red, green and blue of each pixel, deflated
 */
record PixelLogo(int width, int height, Bytes packed) implements Logo {
  /** How a PNG begins. */
  static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  /** Most pixels in width and in height: more than 600 for each inch of the place it has. */
  static final int SIDE_MAX = 1_200;

  private static final int WHITE = 255;
  private static final int BITS = 8;

  static PixelLogo read(byte[] png) throws MalformedLogo {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(png))) {
      Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
      if (!readers.hasNext()) {
        throw new MalformedLogo("this Java cannot read PNG; give the logo as SVG");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (width > SIDE_MAX || height > SIDE_MAX) {
          throw new MalformedLogo(
              "the logo has "
                  + width
                  + " x "
                  + height
                  + " pixels; save it with at most "
                  + SIDE_MAX
                  + " on each side");
        }
        return new PixelLogo(width, height, pack(reader.read(0)));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // The decoder reports malformed files by several unchecked exceptions.
      throw new MalformedLogo("the logo begins like a PNG and cannot be read as one; save it anew");
    }
  }

  private static Bytes pack(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream packing = new DeflaterOutputStream(out)) {
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          int argb = image.getRGB(x, y);
          int opaque = argb >>> 24;
          for (int shift = 16; shift >= 0; shift -= BITS) {
            int part = argb >> shift & WHITE;
            packing.write((part * opaque + WHITE * (WHITE - opaque) + WHITE / 2) / WHITE);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to write", e);
    }
    return Bytes.of(out.toByteArray());
  }

  @Override
  public float ratio() {
    return (float) width / height;
  }

  @Override
  public Image draw(PdfDocument pdf) {
    PdfStream stream = new PdfStream(packed.toArray(), CompressionConstants.NO_COMPRESSION);
    stream.put(PdfName.Type, PdfName.XObject);
    stream.put(PdfName.Subtype, PdfName.Image);
    stream.put(PdfName.Width, new PdfNumber(width));
    stream.put(PdfName.Height, new PdfNumber(height));
    stream.put(PdfName.ColorSpace, PdfName.DeviceRGB);
    stream.put(PdfName.BitsPerComponent, new PdfNumber(BITS));
    stream.put(PdfName.Filter, PdfName.FlateDecode);
    return new Image(new PdfImageXObject(stream));
  }
}
