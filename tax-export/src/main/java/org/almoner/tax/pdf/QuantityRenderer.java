package org.almoner.tax.pdf;

import com.itextpdf.kernel.colors.Color;
import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.canvas.CanvasArtifact;
import com.itextpdf.kernel.pdf.canvas.PdfCanvas;
import com.itextpdf.kernel.pdf.tagging.PdfStructureAttributes;
import com.itextpdf.kernel.pdf.tagging.StandardRoles;
import com.itextpdf.kernel.pdf.tagutils.DefaultAccessibilityProperties;
import com.itextpdf.kernel.pdf.tagutils.TagTreePointer;
import com.itextpdf.layout.layout.LayoutArea;
import com.itextpdf.layout.layout.LayoutContext;
import com.itextpdf.layout.layout.LayoutResult;
import com.itextpdf.layout.properties.Property;
import com.itextpdf.layout.renderer.DivRenderer;
import com.itextpdf.layout.renderer.DrawContext;
import com.itextpdf.layout.renderer.IRenderer;
import java.util.ArrayList;
import java.util.List;
import org.almoner.tax.pdf.QuantityTable.Kind;
import org.almoner.tax.pdf.QuantityTable.Row;

/** Places and draws the rows of a {@link QuantityTable} that fit on a page. */
final class QuantityRenderer extends DivRenderer {
  private static final float SIZE = Look.BODY_SIZE;
  private static final float LEADING = SIZE * Setting.LEADING;
  private static final float PAD_SIDE = 6;

  /** Lines above and below the row of sums. */
  private static final float RULE = 1.1f;

  private final QuantityTable table;
  private final int from;
  private final List<SetRow> placed = new ArrayList<>();

  /** A row whose texts are broken to their columns. */
  private record SetRow(Row row, List<List<TextLine>> cells) {
    SetRow {
      cells = List.copyOf(cells);
    }

    float height() {
      int lines = cells.stream().mapToInt(List::size).max().orElse(1);
      return rule() + row.kind().pad() + lines * LEADING + row.kind().pad() + rule();
    }

    float rule() {
      return row.kind() == Kind.TOTAL ? RULE : 0;
    }
  }

  /**
   * @param from the first row that is to be placed
   */
  QuantityRenderer(QuantityTable table, int from) {
    super(table);
    this.table = table;
    this.from = from;
  }

  @Override
  public IRenderer getNextRenderer() {
    return new QuantityRenderer(table, from);
  }

  @Override
  public LayoutResult layout(LayoutContext context) {
    LayoutArea area = context.getArea();
    Rectangle room = area.getBBox();
    boolean forced = Boolean.TRUE.equals(getPropertyAsBoolean(Property.FORCED_PLACEMENT));
    placed.clear();
    SetRow head = set(table.head(), room.getWidth());
    placed.add(head);
    float height = head.height();
    int next = from;
    while (next < table.rows().size()) {
      SetRow row = set(table.rows().get(next), room.getWidth());
      if (height + row.height() > room.getHeight() && !forced) {
        break;
      }
      placed.add(row);
      height += row.height();
      next++;
    }
    if (next == from) {
      return new LayoutResult(LayoutResult.NOTHING, null, null, this, this);
    }
    occupiedArea =
        new LayoutArea(
            area.getPageNumber(),
            new Rectangle(room.getX(), room.getTop() - height, room.getWidth(), height));
    if (next == table.rows().size()) {
      return new LayoutResult(LayoutResult.FULL, occupiedArea, null, null);
    }
    QuantityRenderer rest = new QuantityRenderer(table, next);
    rest.setParent(parent);
    rest.addAllProperties(getOwnProperties());
    isLastRendererForModelElement = false;
    return new LayoutResult(LayoutResult.PARTIAL, occupiedArea, this, rest);
  }

  private SetRow set(Row row, float width) {
    List<List<TextLine>> cells = new ArrayList<>();
    for (int i = 0; i < row.texts().size(); i++) {
      float room = QuantityTable.left(i + 1, width) - QuantityTable.left(i, width) - 2 * PAD_SIDE;
      cells.add(
          TextLine.of(table.setting().parts(row.texts().get(i), row.kind().face()), SIZE, room));
    }
    return new SetRow(row, cells);
  }

  @Override
  public void drawChildren(DrawContext context) {
    PdfCanvas canvas = context.getCanvas();
    Rectangle box = occupiedArea.getBBox();
    TagTreePointer at =
        new TagTreePointer(context.getDocument().getTagStructureContext().getAutoTaggingPointer());
    canvas.saveState();
    float top = box.getTop();
    for (SetRow row : placed) {
      shade(canvas, row, box.getX(), top, box.getWidth());
      if (row.row().kind() == Kind.HEAD) {
        drawHead(canvas, at, row, box.getX(), top, box.getWidth());
      } else {
        drawCells(canvas, at, row, box.getX(), top, box.getWidth());
      }
      top -= row.height();
    }
    canvas.restoreState();
  }

  /** The head is read once: on further pages it is an artifact. Leaves {@code at} in the body. */
  private void drawHead(
      PdfCanvas canvas, TagTreePointer at, SetRow row, float x, float top, float width) {
    if (from == 0) {
      // Said only now: the library would put a body of its own into what it knows as a table.
      at.setRole(StandardRoles.TABLE);
      at.addTag(StandardRoles.THEAD);
      drawCells(canvas, at, row, x, top, width);
      at.moveToParent().addTag(StandardRoles.TBODY);
      return;
    }
    canvas.openTag(new CanvasArtifact());
    for (int i = 0; i < row.cells().size(); i++) {
      drawText(canvas, row, i, x, top, width);
    }
    canvas.closeTag();
    at.moveToKid(StandardRoles.TBODY);
  }

  private void drawCells(
      PdfCanvas canvas, TagTreePointer at, SetRow row, float x, float top, float width) {
    at.addTag(StandardRoles.TR);
    for (int i = 0; i < row.cells().size(); i++) {
      if (row.row().kind() == Kind.HEAD) {
        at.addTag(scoped("Column"));
      } else if (i == 0) {
        at.addTag(scoped("Row"));
      } else {
        at.addTag(StandardRoles.TD);
      }
      canvas.openTag(at.getTagReference());
      drawText(canvas, row, i, x, top, width);
      canvas.closeTag();
      at.moveToParent();
    }
    at.moveToParent();
  }

  private static DefaultAccessibilityProperties scoped(String scope) {
    DefaultAccessibilityProperties head = new DefaultAccessibilityProperties(StandardRoles.TH);
    PdfStructureAttributes attributes = new PdfStructureAttributes("Table");
    attributes.addEnumAttribute(PdfName.Scope.getValue(), scope);
    head.addAttributes(attributes);
    return head;
  }

  private void drawText(PdfCanvas canvas, SetRow row, int column, float x, float top, float width) {
    float left = x + QuantityTable.left(column, width) + PAD_SIDE;
    float right = x + QuantityTable.left(column + 1, width) - PAD_SIDE;
    float baseline = top - row.rule() - row.row().kind().pad() - Setting.BASELINE * SIZE;
    canvas.beginText().setFillColor(ink(row.row().kind()));
    for (TextLine line : row.cells().get(column)) {
      line.show(canvas, column == 0 ? left : right - line.width(), baseline, SIZE);
      baseline -= LEADING;
    }
    canvas.endText();
  }

  private static Color ink(Kind kind) {
    return kind == Kind.HEAD ? Look.PAPER : Look.INK;
  }

  /** What lies behind a row, and the lines around the sums. */
  private void shade(PdfCanvas canvas, SetRow row, float x, float top, float width) {
    float height = row.height();
    switch (row.row().kind()) {
      case HEAD -> fill(canvas, table.setting().main(), x, top - height, width, height);
      case BANDED -> fill(canvas, Look.BAND, x, top - height, width, height);
      case TOTAL -> {
        fill(canvas, table.setting().main(), x, top - RULE, width, RULE);
        fill(canvas, table.setting().main(), x, top - height, width, RULE);
      }
      case PLAIN -> {
        // White paper.
      }
    }
  }

  private static void fill(
      PdfCanvas canvas, Color color, float x, float y, float width, float height) {
    canvas
        .openTag(new CanvasArtifact())
        .setFillColor(color)
        .rectangle(x, y, width, height)
        .fill()
        .closeTag();
  }
}
