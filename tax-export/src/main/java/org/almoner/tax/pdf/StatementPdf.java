package org.almoner.tax.pdf;

import com.itextpdf.kernel.geom.PageSize;
import com.itextpdf.kernel.pdf.CompressionConstants;
import com.itextpdf.kernel.pdf.PdfDeveloperExtension;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfDocumentInfo;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfNumber;
import com.itextpdf.kernel.pdf.PdfOutputIntent;
import com.itextpdf.kernel.pdf.PdfString;
import com.itextpdf.kernel.pdf.PdfUAConformance;
import com.itextpdf.kernel.pdf.PdfVersion;
import com.itextpdf.kernel.pdf.PdfViewerPreferences;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.WriterProperties;
import com.itextpdf.kernel.pdf.filespec.PdfFileSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.almoner.ledger.note.NoteSigner;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.jurisdiction.Lint;
import org.almoner.tax.jurisdiction.Paper;
import org.almoner.tax.jurisdiction.Part;
import org.almoner.tax.jurisdiction.Printed;
import org.almoner.tax.jurisdiction.Refusal;
import org.almoner.tax.jurisdiction.Wording;
import org.almoner.tax.receipt.PageMark;
import org.almoner.tax.receipt.SignedCode;
import org.almoner.tax.receipt.StatementPage;
import org.almoner.tax.receipt.StatementText;

/**
 * Makes the PDF of a statement: PDF/A-3a and PDF/UA-1, fonts embedded, evidence attached, with an
 * empty field for the seal.
 *
 * <p>A pure function: the same page, wording and attachments give the same octets. Making one reads
 * the fonts; safe for use by several threads.
 */
public final class StatementPdf {
  /** Name of the signature field that the seal fills. */
  public static final String SEAL_FIELD = "Seal";

  /** Octets of the document identifier that are drawn from the content. */
  private static final int ID_BYTES = 16;

  private final Typecase typecase;
  private final Brand brand;
  private final boolean checked;
  private final List<NoteSigner> signers;
  private final byte[] colours;

  /** In Almoner's own look, with the fonts that are shipped. */
  public StatementPdf() {
    this(Brand.ALMONER, AsianFonts.none());
  }

  /** In a charity's look; {@code asian} fonts are read when a text needs them. */
  public StatementPdf(Brand brand, AsianFonts asian) {
    this(brand, asian, false);
  }

  /**
   * @param checked whether the library's own checkers look on
   */
  StatementPdf(Brand brand, AsianFonts asian, boolean checked) {
    this(new Typecase(asian), brand, checked, List.of());
  }

  private StatementPdf(Typecase typecase, Brand brand, boolean checked, List<NoteSigner> signers) {
    this.typecase = typecase;
    this.brand = brand;
    this.checked = checked;
    this.signers = signers;
    this.colours = SrgbProfile.octets();
  }

  /**
   * The same, but its pages have a code that {@code key} signed.
   *
   * @param key a key of the log that the pages name
   */
  public StatementPdf signing(NoteSigner key) {
    return new StatementPdf(typecase, brand, checked, List.of(key));
  }

  /**
   * The unsealed document.
   *
   * @throws DocumentRefused when the lint speaks against it or a letter cannot be set; all reasons
   *     at once
   */
  public byte[] render(StatementPage page, Wording wording, List<Attachment> attachments)
      throws DocumentRefused {
    StatementText text = new StatementText(page, wording);
    List<String> names = attachments.stream().map(Attachment::name).toList();
    Printed printed = text.printed(names);
    List<String> reasons = refusals(printed, wording);
    if (!reasons.isEmpty()) {
      throw new DocumentRefused(reasons);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PdfDocument pdf =
        open(
            out,
            new Description(
                text.title(),
                text.charityName(),
                text.language(),
                text.number(),
                page.issued(),
                wording.paper()),
            identifier(printed, attachments));
    for (Attachment attachment : attachments) {
      attach(pdf, attachment, page.issued());
    }
    new StatementLayout(pdf, setting(), brand.logo(), text).draw(names, code(page, text));
    return out.toByteArray();
  }

  /**
   * Everything for which {@link #render} would refuse the page, one sentence each; nothing is
   * drawn.
   *
   * @param attached names of the attachments
   */
  public List<String> refusals(StatementPage page, Wording wording, List<String> attached) {
    return refusals(new StatementText(page, wording).printed(attached), wording);
  }

  private List<String> refusals(Printed printed, Wording wording) {
    List<String> reasons =
        new ArrayList<>(new Lint(wording).check(printed).stream().map(Refusal::sentence).toList());
    for (Printed.Line line : printed.lines()) {
      if (line.part() != Part.SENTENCE) {
        typecase.refusal(line.part().where(), line.text()).ifPresent(reasons::add);
      }
    }
    return reasons.stream().distinct().toList();
  }

  /** The signed code, where there is a key and a document that the log holds. */
  private List<String> code(StatementPage page, StatementText text) {
    boolean made = page.mark() == PageMark.SPECIMEN || page.mark() == PageMark.RUNNING;
    return made || page.number().isEmpty()
        ? List.of()
        : signers.stream().map(key -> SignedCode.sign(text.code(), key).text()).toList();
  }

  /**
   * What a document says of itself to programs.
   *
   * @param seed what its fonts' names are drawn from
   * @param made the day it was made
   * @param paper what it is set for
   */
  record Description(
      String title, String author, String language, String seed, LocalDate made, Paper paper) {}

  /** Refuses texts with a letter that cannot be set. */
  void requireSettable(List<String> texts) throws DocumentRefused {
    List<String> reasons =
        texts.stream()
            .flatMap(each -> typecase.refusal(Part.LABEL.where(), each).stream())
            .distinct()
            .toList();
    if (!reasons.isEmpty()) {
      throw new DocumentRefused(reasons);
    }
  }

  /** Fonts for one document. */
  Setting setting() {
    return new Setting(typecase, brand);
  }

  Brand brand() {
    return brand;
  }

  /** An empty document. */
  PdfDocument open(ByteArrayOutputStream out, Description description, byte[] identifier) {
    PdfString id = new PdfString(identifier);
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
            new PdfWriter(out, properties),
            intent,
            description.seed(),
            description.made(),
            checked);
    pdf.setDefaultPageSize(description.paper() == Paper.LETTER ? PageSize.LETTER : PageSize.A4);
    pdf.getCatalog().setLang(new PdfString(description.language()));
    pdf.getCatalog().setViewerPreferences(new PdfViewerPreferences().setDisplayDocTitle(true));
    pdf.getCatalog().addDeveloperExtension(PdfDeveloperExtension.ESIC_1_7_EXTENSIONLEVEL2);
    PdfDocumentInfo info = pdf.getDocumentInfo();
    info.setTitle(description.title());
    info.setAuthor(description.author());
    info.setMoreInfo(PdfName.CreationDate.getValue(), midnight(description.made()));
    info.setMoreInfo(PdfName.ModDate.getValue(), midnight(description.made()));
    return pdf;
  }

  private static void attach(PdfDocument pdf, Attachment attachment, LocalDate issued) {
    PdfDictionary params = new PdfDictionary();
    params.put(PdfName.ModDate, new PdfString(midnight(issued)));
    params.put(PdfName.Size, new PdfNumber(attachment.content().size()));
    PdfFileSpec file =
        PdfFileSpec.createEmbeddedFileSpec(
            pdf,
            attachment.content().toArray(),
            attachment.description(),
            attachment.name(),
            new PdfName(attachment.mediaType()),
            params,
            PdfName.Data);
    pdf.addAssociatedFile(attachment.name(), file);
  }

  private static byte[] identifier(Printed printed, List<Attachment> attachments) {
    List<byte[]> parts = new ArrayList<>();
    printed
        .lines()
        .forEach(line -> parts.add(hashed(line.text().getBytes(StandardCharsets.UTF_8))));
    attachments.forEach(attachment -> parts.add(hashed(attachment.content().toArray())));
    return Arrays.copyOf(Hash.sha256(parts.toArray(byte[][]::new)).toArray(), ID_BYTES);
  }

  private static byte[] hashed(byte[] octets) {
    return Hash.sha256(octets).toArray();
  }

  private static String midnight(LocalDate day) {
    return String.format(
        "D:%04d%02d%02d000000Z", day.getYear(), day.getMonthValue(), day.getDayOfMonth());
  }
}
