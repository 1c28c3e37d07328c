package org.almoner.tax.pdf;

import com.itextpdf.barcodes.BarcodeQRCode;
import com.itextpdf.barcodes.qrcode.EncodeHintType;
import com.itextpdf.barcodes.qrcode.ErrorCorrectionLevel;
import com.itextpdf.forms.form.element.SignatureFieldAppearance;
import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.canvas.draw.SolidLine;
import com.itextpdf.kernel.pdf.tagging.StandardRoles;
import com.itextpdf.layout.Canvas;
import com.itextpdf.layout.Document;
import com.itextpdf.layout.borders.SolidBorder;
import com.itextpdf.layout.element.AreaBreak;
import com.itextpdf.layout.element.Cell;
import com.itextpdf.layout.element.Div;
import com.itextpdf.layout.element.Image;
import com.itextpdf.layout.element.LineSeparator;
import com.itextpdf.layout.element.Paragraph;
import com.itextpdf.layout.element.Table;
import com.itextpdf.layout.properties.HorizontalAlignment;
import com.itextpdf.layout.properties.Property;
import com.itextpdf.layout.properties.TextAlignment;
import com.itextpdf.layout.properties.UnitValue;
import com.itextpdf.layout.properties.VerticalAlignment;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.almoner.tax.jurisdiction.Label;
import org.almoner.tax.receipt.StatementText;

/** Sets one statement, from the letterhead down to the seal. */
final class StatementLayout {
  private static final Map<EncodeHintType, Object> CODE_HINTS =
      Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M);

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32}|[0-9a-f]{64}");

  private final PdfDocument pdf;
  private final Setting setting;
  private final Logo logo;
  private final StatementText text;

  StatementLayout(PdfDocument pdf, Setting setting, Logo logo, StatementText text) {
    this.pdf = pdf;
    this.setting = setting;
    this.logo = logo;
    this.text = text;
  }

  /**
   * Draws everything.
   *
   * @param attached the names the footer shows
   * @param codes what the code for a machine says; empty for a page without one
   */
  void draw(List<String> attached, List<String> codes) {
    Document document = new Document(pdf, pdf.getDefaultPageSize(), false);
    document.setMargins(Look.MARGIN_TOP, Look.MARGIN_SIDE, Look.MARGIN_BOTTOM, Look.MARGIN_SIDE);
    document.add(letterhead());
    document.add(rule());
    text.mark().ifPresent(mark -> document.add(note(mark)));
    document.add(title());
    document.add(parties());
    document.add(setting.heading(text.label(Label.QUANTITIES)).setMarginTop(Look.BLOCK_GAP));
    document.add(new QuantityTable(setting, text));
    for (String line : text.tierLines()) {
      document.add(
          setting.paragraph(line, Face.REGULAR, Look.SMALL_SIZE, Look.GREY).setMarginTop(1.5f));
    }
    document.add(statements());
    document.add(evidence(codes));
    if (text.isSealed()) {
      float left = document.getRenderer().getCurrentArea().getBBox().getHeight();
      if (left < Look.SEAL_ROOM) {
        document.add(new AreaBreak());
      }
      document.add(seal());
    }
    document.flush();
    text.mark().ifPresent(mark -> new Watermark(pdf, setting).draw(mark.label()));
    footers(attached);
    document.close();
  }

  private Table letterhead() {
    float wide = Math.min(Look.MARK_SIZE * logo.ratio(), Look.MARK_WIDTH_MAX);
    Image mark = logo.draw(pdf).scaleAbsolute(wide, wide / logo.ratio());
    mark.getAccessibilityProperties().setRole(StandardRoles.FIGURE);
    mark.getAccessibilityProperties().setAlternateDescription(alternative());
    Paragraph name = setting.display(text.charityName(), nameSize(), setting.main());
    Div address = new Div();
    for (String line : text.charityLines()) {
      address.add(
          setting
              .paragraph(line, Face.REGULAR, Look.SMALL_SIZE, Look.GREY)
              .setTextAlignment(TextAlignment.RIGHT));
    }
    Cell markCell = Setting.column();
    markCell.add(mark);
    float share =
        100 * (wide + Look.MARK_GAP) / (pdf.getDefaultPageSize().getWidth() - 2 * Look.MARGIN_SIDE);
    Table table = Setting.columns(share, 100 - share - Look.ADDRESS_SHARE, Look.ADDRESS_SHARE);
    table.addCell(markCell.setVerticalAlignment(VerticalAlignment.MIDDLE));
    table.addCell(Setting.column(name).setVerticalAlignment(VerticalAlignment.MIDDLE));
    table.addCell(
        Setting.column(address).setVerticalAlignment(VerticalAlignment.MIDDLE).setPaddingLeft(12));
    return table;
  }

  /** What a reader who does not see the logo is told. */
  private String alternative() {
    return logo instanceof Mark ? text.label(Label.MARK) : text.charityName();
  }

  /** Long names step down in size before they wrap. */
  private float nameSize() {
    int length = text.charityName().length();
    return length <= 32 ? Look.NAME_SIZE : length <= 60 ? Look.NAME_SIZE - 3 : Look.NAME_SIZE - 6;
  }

  private LineSeparator rule() {
    SolidLine line = new SolidLine(2);
    line.setColor(setting.main());
    LineSeparator rule = new LineSeparator(line).setMarginTop(6).setMarginBottom(9);
    rule.getAccessibilityProperties().setRole(StandardRoles.ARTIFACT);
    return rule;
  }

  /** The mark as a line of the text, for those who do not see what stands across the page. */
  private Paragraph note(StatementText.Fact mark) {
    return setting
        .paragraph(mark.value(), Face.STRONG, Look.BODY_SIZE, setting.main())
        .setBorder(new SolidBorder(setting.main(), 1))
        .setPaddings(3, 8, 4, 8)
        .setMarginBottom(8);
  }

  private Paragraph title() {
    Paragraph title = setting.display(text.title(), titleSize(), Look.INK).setMarginBottom(8);
    title.getAccessibilityProperties().setRole(StandardRoles.H1);
    return title;
  }

  /** A title with a period in words is set smaller, to stay on one line. */
  private float titleSize() {
    return text.title().length() <= Look.TITLE_LENGTH ? Look.TITLE_SIZE : Look.TITLE_SIZE_LONG;
  }

  private Table parties() {
    Div donor = new Div();
    donor.add(
        setting.paragraph(
            text.label(Label.DONATED_BY), Face.STRONG, Look.SMALL_SIZE, setting.accent()));
    donor.add(setting.paragraph(text.donorName(), Face.STRONG, 11).setMarginBottom(1));
    for (String line : text.donorLines()) {
      donor.add(setting.paragraph(line, Face.REGULAR, Look.BODY_SIZE + 0.3f));
    }
    Table facts = pairs(text.facts(), 36, Face.STRONG, Look.BODY_SIZE);
    Table table = Setting.columns(50, 50);
    table.addCell(Setting.column(donor).setPaddingRight(14));
    table.addCell(Setting.column(facts));
    return table;
  }

  private Table pairs(List<StatementText.Fact> facts, float labelWidth, Face face, float size) {
    Table table = Setting.columns(labelWidth, 100 - labelWidth);
    for (StatementText.Fact fact : facts) {
      table.addCell(
          Setting.column(setting.paragraph(fact.label(), Face.REGULAR, size, Look.GREY))
              .setPaddingBottom(1.2f));
      boolean digest = DIGEST.matcher(fact.value()).matches();
      table.addCell(
          Setting.column(setting.paragraph(fact.value(), face, digest ? Look.HASH_SIZE : size))
              .setVerticalAlignment(VerticalAlignment.MIDDLE)
              .setPaddingBottom(1.2f));
    }
    return table;
  }

  private Div statements() {
    Div block = new Div().setMarginTop(Look.BLOCK_GAP);
    block.add(setting.heading(text.label(Label.STATEMENTS)));
    for (String sentence : text.sentences()) {
      block.add(setting.paragraph(sentence, Face.REGULAR, Look.BODY_SIZE).setMarginBottom(2.6f));
    }
    for (String sentence : text.settings()) {
      block.add(setting.paragraph(sentence, Face.STRONG, Look.BODY_SIZE).setMarginBottom(2.6f));
    }
    return block;
  }

  /** What the log holds on the left, the code for a machine on the right. */
  private Table evidence(List<String> codes) {
    Div facts = new Div();
    facts.add(setting.heading(text.label(Label.EVIDENCE)));
    facts.add(pairs(text.evidence(), 24, Face.REGULAR, Look.SMALL_SIZE));
    Cell codeCell = Setting.column();
    for (String code : codes) {
      Image image =
          new Image(new BarcodeQRCode(code, CODE_HINTS).createFormXObject(Look.INK, pdf))
              .scaleToFit(Look.CODE_SIZE, Look.CODE_SIZE)
              .setHorizontalAlignment(HorizontalAlignment.RIGHT);
      image.getAccessibilityProperties().setRole(StandardRoles.FIGURE);
      image.getAccessibilityProperties().setAlternateDescription(text.label(Label.CODE));
      codeCell.add(image);
    }
    Table columns = Setting.columns(78, 22).setMarginTop(Look.BLOCK_GAP).setKeepTogether(true);
    columns.addCell(Setting.column(facts));
    columns.addCell(codeCell.setVerticalAlignment(VerticalAlignment.BOTTOM));
    return columns;
  }

  /** The seal's field; the library would clip it rather than move it to a new page. */
  private Div seal() {
    SignatureFieldAppearance field = new SignatureFieldAppearance(StatementPdf.SEAL_FIELD);
    field.setContent(
        new Div()
            .setMargins(4, 9, 0, 9)
            .add(setting.paragraph(text.seal(), Face.STRONG, Look.SMALL_SIZE, setting.accent()))
            .add(
                setting.paragraph(
                    text.label(Label.SEAL_HINT), Face.REGULAR, Look.SMALL_SIZE, Look.GREY)));
    field.setFont(setting.font(Face.REGULAR)).setFontSize(Look.SMALL_SIZE);
    field.setInteractive(true);
    field.setAlternativeDescription(text.seal());
    field.setProperty(Property.PADDING_TOP, UnitValue.createPointValue(0));
    field.setProperty(Property.WIDTH, UnitValue.createPointValue(Look.SEAL_WIDTH));
    field.setProperty(Property.HEIGHT, UnitValue.createPointValue(Look.SEAL_HEIGHT));
    field.setBackgroundColor(Look.BAND).setBorder(new SolidBorder(Look.HAIRLINE, 0.7f));
    return new Div().setMarginTop(Look.SEAL_GAP - 1).add(field);
  }

  private void footers(List<String> attached) {
    int pages = pdf.getNumberOfPages();
    for (int number = 1; number <= pages; number++) {
      Rectangle page = pdf.getPage(number).getPageSize();
      Paragraph line =
          setting.paragraph(
              text.footer(number, pages, attached), Face.REGULAR, Look.SMALL_SIZE, Look.GREY);
      line.getAccessibilityProperties().setRole(StandardRoles.ARTIFACT);
      try (Canvas canvas = new Canvas(pdf.getPage(number), page)) {
        canvas.enableAutoTagging(pdf.getPage(number));
        canvas.showTextAligned(
            line, page.getWidth() / 2, Look.FOOTER_BASELINE, TextAlignment.CENTER);
      }
    }
  }
}
