package org.almoner.architecture.planted.libraries.tax.pdf;

public final class LawfulPaper {
  Object library = com.itextpdf.kernel.pdf.PdfDocument.class;
}
