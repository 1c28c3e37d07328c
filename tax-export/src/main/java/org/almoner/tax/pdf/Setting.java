package org.almoner.tax.pdf;

import com.itextpdf.kernel.colors.Color;
import com.itextpdf.kernel.font.PdfFont;
import com.itextpdf.kernel.pdf.tagging.StandardRoles;
import com.itextpdf.layout.borders.Border;
import com.itextpdf.layout.element.Cell;
import com.itextpdf.layout.element.IBlockElement;
import com.itextpdf.layout.element.Paragraph;
import com.itextpdf.layout.element.Table;
import com.itextpdf.layout.element.Text;
import com.itextpdf.layout.properties.UnitValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fonts of one document and the few shapes of text it is set in. */
final class Setting {
  /** Distance of baselines in sizes of the letters. */
  static final float LEADING = 1.28f;

  /** Distance of the baseline from the top of its line in sizes of the letters. */
  static final float BASELINE = 1.0044f;

  private final Typecase typecase;
  private final Color main;
  private final Color accent;
  private final Map<Typecase.Cut, PdfFont> fonts = new HashMap<>();

  Setting(Typecase typecase, Brand brand) {
    this.typecase = typecase;
    this.main = brand.main().ink();
    this.accent = brand.accent().ink();
  }

  /** The colour of headings and rules. */
  Color main() {
    return main;
  }

  /** The colour of small captions. */
  Color accent() {
    return accent;
  }

  PdfFont font(Face face) {
    return font(new Typecase.Cut(face, List.of()));
  }

  private PdfFont font(Typecase.Cut cut) {
    return fonts.computeIfAbsent(cut, typecase::font);
  }

  /** A text cut where its font changes. */
  List<TextLine.Part> parts(String text, Face face) {
    return typecase.runs(text, face).stream()
        .map(run -> new TextLine.Part(font(run.cut()), run.text()))
        .toList();
  }

  Paragraph paragraph(String text, Face face, float size) {
    Paragraph paragraph = new Paragraph();
    for (Typecase.Run run : typecase.runs(text, face)) {
      Text part = new Text(run.text()).setFont(font(run.cut()));
      part.getAccessibilityProperties().setRole(null); // The paragraph's own content, no span.
      paragraph.add(part);
    }
    return paragraph
        .setFont(font(face))
        .setFontSize(size)
        .setFontColor(Look.INK)
        .setMargin(0)
        .setFixedLeading(size * LEADING);
  }

  Paragraph paragraph(String text, Face face, float size, Color color) {
    return paragraph(text, face, size).setFontColor(color);
  }

  /** A line in the display face, or in the strong one where that lacks a letter. */
  Paragraph display(String text, float size, Color color) {
    return paragraph(text, typecase.display(text), size, color).setFixedLeading(size * 1.18f);
  }

  /** A heading of the second level. */
  Paragraph heading(String text) {
    Paragraph heading = paragraph(text, Face.STRONG, Look.HEADING_SIZE, main);
    heading.getAccessibilityProperties().setRole(StandardRoles.H2);
    return heading.setMarginBottom(3).setKeepWithNext(true);
  }

  /** Columns for layout only, of which a reader who hears the document knows nothing. */
  static Table columns(float... widths) {
    Table table =
        new Table(UnitValue.createPercentArray(widths)).useAllAvailableWidth().setFixedLayout();
    table.getAccessibilityProperties().setRole(null);
    return table.setBorder(Border.NO_BORDER);
  }

  /** One column of {@link #columns}. */
  static Cell column(IBlockElement... content) {
    Cell cell = new Cell().setBorder(Border.NO_BORDER).setPadding(0);
    cell.getAccessibilityProperties().setRole(null);
    for (IBlockElement element : content) {
      cell.add(element);
    }
    return cell;
  }
}
