package org.almoner.tax.pdf;

import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.layout.element.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A picture in the letterhead, read once and drawn into many documents by any thread. */
public sealed interface Logo permits Mark, SvgLogo, PixelLogo {
  /** Largest file, in octets. */
  int BYTES_MAX = 512 * 1024;

  /** Largest width in heights; the letterhead has no more room. */
  float RATIO_MAX = 4;

  /** Smallest width in heights. */
  float RATIO_MIN = 0.25f;

  /** Almoner's own mark. */
  static Logo almoner() {
    return new Mark();
  }

  /**
   * Reads a charity's logo: SVG or PNG.
   *
   * @throws MalformedLogo in one sentence when it cannot be used
   */
  static Logo read(Path file) throws IOException, MalformedLogo {
    if (Files.size(file) > BYTES_MAX) {
      throw new MalformedLogo(
          "the logo has " + Files.size(file) + " octets; at most " + BYTES_MAX + " are read");
    }
    return parse(Files.readAllBytes(file));
  }

  /** As {@link #read}, of a file's octets. */
  static Logo parse(byte[] octets) throws MalformedLogo {
    if (octets.length > BYTES_MAX) {
      throw new MalformedLogo(
          "the logo has " + octets.length + " octets; at most " + BYTES_MAX + " are read");
    }
    Logo logo =
        Arrays.mismatch(octets, PixelLogo.SIGNATURE) == PixelLogo.SIGNATURE.length
            ? PixelLogo.read(octets)
            : SvgLogo.read(octets);
    if (!(logo.ratio() >= RATIO_MIN && logo.ratio() <= RATIO_MAX)) {
      throw new MalformedLogo(
          "the logo is "
              + logo.ratio()
              + " times as wide as high; expected "
              + RATIO_MIN
              + " to "
              + RATIO_MAX);
    }
    return logo;
  }

  /** Width in heights. */
  float ratio();

  /** The picture as part of {@code pdf}. */
  Image draw(PdfDocument pdf);
}
