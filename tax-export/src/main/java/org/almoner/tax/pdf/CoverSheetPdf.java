package org.almoner.tax.pdf;

import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.tagging.StandardRoles;
import com.itextpdf.layout.Document;
import com.itextpdf.layout.element.Image;
import com.itextpdf.layout.element.Paragraph;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.receipt.CoverSheet;

/**
 * Makes the sheet that lies before a paper copy of a sealed document: a file of its own, for the
 * sealed one is never touched. PDF/A-3a and PDF/UA-1 like the document; a pure function too.
 */
public final class CoverSheetPdf {
  private static final int ID_BYTES = 16;
  private static final float TEXT_SIZE = 11;

  private final StatementPdf look;

  /** In the look of {@code documents}. */
  public CoverSheetPdf(StatementPdf documents) {
    this.look = documents;
  }

  /**
   * The sheet.
   *
   * @throws DocumentRefused when a letter cannot be set
   */
  public byte[] render(CoverSheet sheet) throws DocumentRefused {
    List<String> texts = new ArrayList<>(sheet.sentences());
    texts.add(sheet.title());
    texts.add(sheet.charity());
    look.requireSettable(texts);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] id =
        Bytes.of(Hash.sha256(Bytes.utf8(String.join("\n", texts)).toArray()).toArray(), 0, ID_BYTES)
            .toArray();
    PdfDocument pdf =
        look.open(
            out,
            new StatementPdf.Description(
                sheet.title(),
                sheet.charity(),
                sheet.language(),
                sheet.number(),
                sheet.made(),
                sheet.paper()),
            id);
    draw(pdf, sheet);
    return out.toByteArray();
  }

  private void draw(PdfDocument pdf, CoverSheet sheet) {
    Setting setting = look.setting();
    Document document = new Document(pdf, pdf.getDefaultPageSize(), false);
    float margin = 2 * Look.MARGIN_SIDE;
    document.setMargins(margin, Look.MARGIN_SIDE, margin, Look.MARGIN_SIDE);
    Image logo = look.brand().logo().draw(pdf);
    logo.scaleToFit(Look.MARK_WIDTH_MAX, Look.MARK_SIZE);
    logo.getAccessibilityProperties().setRole(StandardRoles.FIGURE);
    logo.getAccessibilityProperties().setAlternateDescription(sheet.charity());
    document.add(new Paragraph().add(logo).setMarginBottom(margin / 2));
    Paragraph title = setting.display(sheet.title(), Look.TITLE_SIZE, setting.main());
    title.getAccessibilityProperties().setRole(StandardRoles.H1);
    document.add(title.setMarginBottom(margin / 4));
    for (String sentence : sheet.sentences()) {
      document.add(setting.paragraph(sentence, Face.REGULAR, TEXT_SIZE).setMarginBottom(TEXT_SIZE));
    }
    document.close();
  }
}
