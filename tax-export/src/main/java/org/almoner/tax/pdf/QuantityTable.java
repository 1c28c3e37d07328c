package org.almoner.tax.pdf;

import com.itextpdf.kernel.colors.Color;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.tagging.PdfStructureAttributes;
import com.itextpdf.kernel.pdf.tagging.StandardRoles;
import com.itextpdf.layout.borders.Border;
import com.itextpdf.layout.borders.SolidBorder;
import com.itextpdf.layout.element.Cell;
import com.itextpdf.layout.element.Paragraph;
import com.itextpdf.layout.element.Table;
import com.itextpdf.layout.properties.TextAlignment;
import com.itextpdf.layout.properties.UnitValue;
import java.util.List;
import org.almoner.tax.receipt.StatementText;

/** The table of months; its head is repeated on every page it reaches. */
final class QuantityTable {
  private static final float[] WIDTHS = {19, 17, 13, 18.5f, 13, 19.5f};
  private static final float PAD_SIDE = 6;
  private static final float PAD_HEAD = 3;
  private static final float PAD_ROW = 0.6f;
  private static final float PAD_TOTAL = 2.5f;

  private final Setting setting;

  QuantityTable(Setting setting) {
    this.setting = setting;
  }

  Table of(StatementText text) {
    Table table =
        new Table(UnitValue.createPercentArray(WIDTHS)).useAllAvailableWidth().setFixedLayout();
    List<String> columns = text.columns();
    for (int i = 0; i < columns.size(); i++) {
      table.addHeaderCell(head(columns.get(i), i));
    }
    List<List<String>> rows = text.rows();
    for (int r = 0; r < rows.size(); r++) {
      for (int i = 0; i < columns.size(); i++) {
        Cell cell = body(rows.get(r).get(i), i, Face.REGULAR, PAD_ROW);
        if (r % 2 == 1) {
          cell.setBackgroundColor(Look.BAND);
        }
        table.addCell(cell);
      }
    }
    List<String> total = text.totalRow();
    for (int i = 0; i < columns.size(); i++) {
      table.addCell(
          body(total.get(i), i, Face.STRONG, PAD_TOTAL)
              .setBorderTop(new SolidBorder(setting.main(), 1.1f))
              .setBorderBottom(new SolidBorder(setting.main(), 1.1f)));
    }
    return table;
  }

  private Cell head(String text, int column) {
    Cell cell = cell(text, column, Face.STRONG, PAD_HEAD, Look.PAPER);
    cell.setBackgroundColor(setting.main());
    return scoped(cell, "Column");
  }

  private Cell body(String text, int column, Face face, float pad) {
    Cell cell = cell(text, column, face, pad, Look.INK);
    return column == 0 ? scoped(cell, "Row") : cell;
  }

  private static Cell scoped(Cell cell, String scope) {
    PdfStructureAttributes attributes = new PdfStructureAttributes("Table");
    attributes.addEnumAttribute(PdfName.Scope.getValue(), scope);
    cell.getAccessibilityProperties().setRole(StandardRoles.TH).addAttributes(attributes);
    return cell;
  }

  private Cell cell(String text, int column, Face face, float pad, Color color) {
    Paragraph paragraph = setting.paragraph(text, face, Look.BODY_SIZE, color);
    paragraph.setTextAlignment(column == 0 ? TextAlignment.LEFT : TextAlignment.RIGHT);
    return new Cell()
        .add(paragraph)
        .setBorder(Border.NO_BORDER)
        .setPaddings(pad, PAD_SIDE, pad, PAD_SIDE)
        .setKeepTogether(true);
  }
}
