package org.almoner.tax.pdf;

import com.itextpdf.layout.element.Div;
import com.itextpdf.layout.renderer.IRenderer;
import java.util.ArrayList;
import java.util.List;
import org.almoner.tax.receipt.StatementText;

/**
 * The table of months; its head is repeated on every page it reaches.
 *
 * <p>Six columns and a row for each month, which are set and drawn here: as a table of the library
 * with a block for each cell they took half of a document's time.
 */
final class QuantityTable extends Div {
  /** Of the table's width, in hundredths. */
  private static final float[] WIDTHS = {19, 17, 13, 18.5f, 13, 19.5f};

  private static final float WHOLE = 100;

  private final Setting setting;
  private final Row head;
  private final List<Row> rows = new ArrayList<>();

  /** What a row is. */
  enum Kind {
    HEAD(Face.STRONG, 3),
    PLAIN(Face.REGULAR, 0.6f),
    BANDED(Face.REGULAR, 0.6f),
    TOTAL(Face.STRONG, 2.5f);

    private final Face face;
    private final float pad;

    Kind(Face face, float pad) {
      this.face = face;
      this.pad = pad;
    }

    Face face() {
      return face;
    }

    /** Above and below its text, in points. */
    float pad() {
      return pad;
    }
  }

  /** One row: its texts, one for each column. */
  record Row(Kind kind, List<String> texts) {
    Row {
      texts = List.copyOf(texts);
    }
  }

  QuantityTable(Setting setting, StatementText text) {
    this.setting = setting;
    this.head = new Row(Kind.HEAD, text.columns());
    List<List<String>> months = text.rows();
    for (int i = 0; i < months.size(); i++) {
      rows.add(new Row(i % 2 == 1 ? Kind.BANDED : Kind.PLAIN, months.get(i)));
    }
    rows.add(new Row(Kind.TOTAL, text.totalRow()));
  }

  Setting setting() {
    return setting;
  }

  Row head() {
    return head;
  }

  List<Row> rows() {
    return rows;
  }

  /** Where a column begins, by the table's left edge; that after the last is its right edge. */
  static float left(int column, float width) {
    float before = 0;
    for (int i = 0; i < column; i++) {
      before += WIDTHS[i];
    }
    return before / WHOLE * width;
  }

  @Override
  protected IRenderer makeNewRenderer() {
    return new QuantityRenderer(this, 0);
  }
}
