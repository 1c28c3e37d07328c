package org.almoner.tax.pdf;

import com.itextpdf.kernel.pdf.CompressionConstants;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfDocumentInfo;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfOutputIntent;
import com.itextpdf.kernel.pdf.PdfString;
import com.itextpdf.kernel.pdf.PdfUAConformance;
import com.itextpdf.kernel.pdf.PdfVersion;
import com.itextpdf.kernel.pdf.PdfViewerPreferences;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.WriterProperties;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.worksheet.Objection;
import org.almoner.tax.worksheet.SheetLine;
import org.almoner.tax.worksheet.WorksheetLint;
import org.almoner.tax.worksheet.WorksheetRefused;
import org.almoner.tax.worksheet.WorksheetText;

/**
 * Draws worksheets: PDF/A-3a and PDF/UA-1 in one file, without attachment, without any field to
 * sign and without a picture.
 *
 * <p>A pure function: the same text gives the same octets. One instance may be used by one thread
 * at a time; making one reads the fonts.
 */
public final class WorksheetPdf {
  private static final int ID_BYTES = 16;

  private final WorksheetLint lint;
  private final Typecase typecase;
  private final byte[] colours = SrgbProfile.octets();

  /** Worksheets that {@code lint} lets pass, in the fonts that are shipped. */
  public WorksheetPdf(WorksheetLint lint) {
    this(lint, AsianFonts.none());
  }

  /** As the other; {@code asian} fonts are read when a text needs them. */
  public WorksheetPdf(WorksheetLint lint, AsianFonts asian) {
    this.lint = lint;
    this.typecase = new Typecase(asian);
  }

  /**
   * The file.
   *
   * @throws WorksheetRefused when the lint speaks against it or a letter cannot be set; all reasons
   *     at once
   */
  public byte[] render(WorksheetText text) throws WorksheetRefused {
    List<String> reasons =
        new ArrayList<>(lint.check(text).stream().map(Objection::sentence).toList());
    for (SheetLine line : text.lines()) {
      typecase.refusal(line.part().where(), line.text()).ifPresent(reasons::add);
    }
    if (!reasons.isEmpty()) {
      throw new WorksheetRefused(reasons.stream().distinct().toList());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PdfDocument pdf = open(out, text);
    new WorksheetLayout(pdf, new Setting(typecase, Brand.ALMONER), text).draw();
    return out.toByteArray();
  }

  private PdfDocument open(ByteArrayOutputStream out, WorksheetText text) {
    byte[] digest = digest(text);
    PdfString id = new PdfString(Arrays.copyOf(digest, ID_BYTES));
    WriterProperties properties =
        new WriterProperties()
            .setPdfVersion(PdfVersion.PDF_1_7)
            .setFullCompressionMode(true)
            .setCompressionLevel(CompressionConstants.BEST_SPEED)
            .addPdfUaXmpMetadata(PdfUAConformance.PDF_UA_1)
            .setInitialDocumentId(id)
            .setModifiedDocumentId(id);
    PdfOutputIntent intent =
        new PdfOutputIntent(
            "Custom",
            "",
            "http://www.color.org",
            "sRGB IEC61966-2.1",
            new ByteArrayInputStream(colours));
    PdfDocument pdf =
        new SteadyDocument(
            new PdfWriter(out, properties), intent, Hash.of(digest).toHex(), text.drawnUp(), false);
    pdf.getCatalog().setLang(new PdfString(text.language()));
    pdf.getCatalog().setViewerPreferences(new PdfViewerPreferences().setDisplayDocTitle(true));
    PdfDocumentInfo info = pdf.getDocumentInfo();
    info.setTitle(text.title());
    info.setMoreInfo(PdfName.CreationDate.getValue(), midnight(text.drawnUp()));
    info.setMoreInfo(PdfName.ModDate.getValue(), midnight(text.drawnUp()));
    return pdf;
  }

  private static byte[] digest(WorksheetText text) {
    StringBuilder all = new StringBuilder();
    text.lines().forEach(line -> all.append(line.text()).append('\n'));
    return Hash.sha256(all.toString().getBytes(StandardCharsets.UTF_8)).toArray();
  }

  private static String midnight(LocalDate day) {
    return String.format(
        "D:%04d%02d%02d000000Z", day.getYear(), day.getMonthValue(), day.getDayOfMonth());
  }
}
