package org.almoner.tax.http;

import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.almoner.tax.pdf.CoverSheetPdf;
import org.almoner.tax.pdf.DocumentRefused;
import org.almoner.tax.pdf.MalformedDocument;
import org.almoner.tax.pdf.PageForm;
import org.almoner.tax.pdf.StatementPdf;
import org.almoner.tax.receipt.Charity;
import org.almoner.tax.receipt.CoverSheet;
import org.almoner.tax.register.Registered;

/** Sheets to lie before paper copies; made when they are asked for and kept nowhere. */
public final class Covers {
  private final Charity charity;
  private final CoverSheetPdf pdf;
  private final InstantSource clock;

  /** Sheets of {@code charity} in the look of {@code documents}. */
  public Covers(Charity charity, StatementPdf documents, InstantSource clock) {
    this.charity = charity;
    this.pdf = new CoverSheetPdf(documents);
    this.clock = clock;
  }

  /**
   * The sheet for a copy made today.
   *
   * @param sealed its file, whose language and paper the sheet has
   */
  byte[] of(Registered document, byte[] sealed) throws IOException {
    try {
      PageForm form = PageForm.of(sealed);
      return pdf.render(
          new CoverSheet(
              charity.legalName(),
              document.number(),
              LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
              document.pdf(),
              standing(document),
              document.replacedBy(),
              form.language(),
              form.paper()));
    } catch (MalformedDocument | DocumentRefused e) {
      throw new IOException(document.number() + " gets no cover sheet: " + e.getMessage(), e);
    }
  }

  private static CoverSheet.Standing standing(Registered document) {
    if (!document.replacedBy().isEmpty()) {
      return CoverSheet.Standing.REPLACED;
    }
    if (document.isWithdrawn()) {
      return CoverSheet.Standing.CANCELLED;
    }
    return document.state() == Registered.State.KEPT
        ? CoverSheet.Standing.KEPT
        : CoverSheet.Standing.STANDS;
  }
}
