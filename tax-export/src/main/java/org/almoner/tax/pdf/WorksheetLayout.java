package org.almoner.tax.pdf;

import com.itextpdf.kernel.geom.PageSize;
import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.tagging.PdfStructureAttributes;
import com.itextpdf.kernel.pdf.tagging.StandardRoles;
import com.itextpdf.layout.Canvas;
import com.itextpdf.layout.Document;
import com.itextpdf.layout.borders.Border;
import com.itextpdf.layout.borders.SolidBorder;
import com.itextpdf.layout.element.Cell;
import com.itextpdf.layout.element.Div;
import com.itextpdf.layout.element.Paragraph;
import com.itextpdf.layout.element.Table;
import com.itextpdf.layout.properties.TextAlignment;
import com.itextpdf.layout.properties.UnitValue;
import java.util.List;
import org.almoner.tax.worksheet.WorksheetText;

/**
 * Sets a worksheet on A4, plain on purpose: black on white, no letterhead, so that nobody takes it
 * for a charity's paper.
 */
final class WorksheetLayout {
  private static final float TITLE_SIZE = 14;
  private static final float FACT_LABEL_WIDTH = 38;
  private static final float MONTH_WEIGHT = 15;
  private static final float FIGURE_WEIGHT = 12;
  private static final float BILL_WEIGHT = 22;

  private final PdfDocument pdf;
  private final Setting setting;
  private final WorksheetText text;

  WorksheetLayout(PdfDocument pdf, Setting setting, WorksheetText text) {
    this.pdf = pdf;
    this.setting = setting;
    this.text = text;
  }

  void draw() {
    Document document = new Document(pdf, PageSize.A4, false);
    document.setMargins(Look.MARGIN_TOP, Look.MARGIN_SIDE, Look.MARGIN_BOTTOM, Look.MARGIN_SIDE);
    if (!text.banner().isEmpty()) {
      document.add(banner());
    }
    document.add(title());
    document.add(
        setting.paragraph(text.subtitle(), Face.REGULAR, Look.BODY_SIZE).setMarginBottom(9));
    document.add(facts());
    document.add(heading(text.tableHeading()).setMarginTop(11));
    document.add(table());
    document.add(setting.paragraph(text.less(), Face.REGULAR, Look.SMALL_SIZE).setMarginTop(4));
    for (WorksheetText.Section section : text.sections()) {
      document.add(section(section));
    }
    footers(document);
    document.close();
  }

  private Div banner() {
    Div banner = new Div().setBorder(new SolidBorder(Look.INK, 1.2f)).setPadding(5);
    List<String> lines = text.banner();
    banner.add(
        setting
            .paragraph(lines.get(0), Face.STRONG, TITLE_SIZE)
            .setTextAlignment(TextAlignment.CENTER));
    for (String line : lines.subList(1, lines.size())) {
      banner.add(
          setting
              .paragraph(line, Face.REGULAR, Look.SMALL_SIZE)
              .setTextAlignment(TextAlignment.CENTER));
    }
    return banner.setMarginBottom(9);
  }

  private Paragraph title() {
    Paragraph title = setting.paragraph(text.title(), Face.STRONG, TITLE_SIZE).setMarginBottom(2);
    title.getAccessibilityProperties().setRole(StandardRoles.H1);
    return title;
  }

  private Paragraph heading(String words) {
    Paragraph heading = setting.paragraph(words, Face.STRONG, Look.HEADING_SIZE);
    heading.getAccessibilityProperties().setRole(StandardRoles.H2);
    return heading.setMarginBottom(2).setKeepWithNext(true);
  }

  private Table facts() {
    Table table = Setting.columns(FACT_LABEL_WIDTH, 100 - FACT_LABEL_WIDTH);
    for (WorksheetText.Fact fact : text.facts()) {
      boolean digest = fact.value().matches("[0-9a-f]{64}");
      table.addCell(Setting.column(setting.paragraph(fact.label(), Face.REGULAR, Look.BODY_SIZE)));
      table.addCell(
          Setting.column(
              setting.paragraph(
                  fact.value(), Face.REGULAR, digest ? Look.HASH_SIZE : Look.BODY_SIZE)));
    }
    return table;
  }

  private Table table() {
    List<String> heads = text.columns();
    float[] weights = new float[heads.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i == 0 ? MONTH_WEIGHT : i == text.billColumn() ? BILL_WEIGHT : FIGURE_WEIGHT;
    }
    Table table =
        new Table(UnitValue.createPercentArray(weights)).useAllAvailableWidth().setFixedLayout();
    for (int i = 0; i < heads.size(); i++) {
      table.addHeaderCell(
          scoped(cell(heads.get(i), i, Face.STRONG), "Column")
              .setBorderBottom(new SolidBorder(Look.INK, 1)));
    }
    for (List<String> row : text.rows()) {
      for (int i = 0; i < row.size(); i++) {
        Cell cell = cell(row.get(i), i, Face.REGULAR);
        cell.setBorderBottom(new SolidBorder(Look.HAIRLINE, 0.4f));
        table.addCell(i == 0 ? scoped(cell, "Row") : cell);
      }
    }
    List<String> total = text.totalRow();
    for (int i = 0; i < total.size(); i++) {
      Cell cell = cell(total.get(i), i, Face.STRONG);
      cell.setBorderTop(new SolidBorder(Look.INK, 1)).setBorderBottom(new SolidBorder(Look.INK, 1));
      table.addCell(i == 0 ? scoped(cell, "Row") : cell);
    }
    return table;
  }

  private Cell cell(String words, int column, Face face) {
    boolean left = column == 0 || column == text.billColumn();
    Paragraph paragraph = setting.paragraph(words, face, Look.BODY_SIZE);
    paragraph.setTextAlignment(left ? TextAlignment.LEFT : TextAlignment.RIGHT);
    return new Cell()
        .add(paragraph)
        .setBorder(Border.NO_BORDER)
        .setPaddings(1.6f, 4, 1.6f, 4)
        .setKeepTogether(true);
  }

  private static Cell scoped(Cell cell, String scope) {
    PdfStructureAttributes attributes = new PdfStructureAttributes("Table");
    attributes.addEnumAttribute(PdfName.Scope.getValue(), scope);
    cell.getAccessibilityProperties().setRole(StandardRoles.TH).addAttributes(attributes);
    return cell;
  }

  private Div section(WorksheetText.Section section) {
    Div block = new Div().setMarginTop(8).setKeepTogether(true);
    block.add(heading(section.heading()));
    for (String sentence : section.sentences()) {
      block.add(setting.paragraph(sentence, Face.REGULAR, Look.BODY_SIZE).setMarginBottom(1.5f));
    }
    return block;
  }

  private void footers(Document document) {
    document.flush();
    int pages = pdf.getNumberOfPages();
    for (int number = 1; number <= pages; number++) {
      Rectangle page = pdf.getPage(number).getPageSize();
      Paragraph line = setting.paragraph(text.footer(number, pages), Face.REGULAR, Look.SMALL_SIZE);
      line.getAccessibilityProperties().setRole(StandardRoles.ARTIFACT);
      try (Canvas canvas = new Canvas(pdf.getPage(number), page)) {
        canvas.enableAutoTagging(pdf.getPage(number));
        canvas.showTextAligned(
            line, page.getWidth() / 2, Look.FOOTER_BASELINE, TextAlignment.CENTER);
      }
    }
  }
}
