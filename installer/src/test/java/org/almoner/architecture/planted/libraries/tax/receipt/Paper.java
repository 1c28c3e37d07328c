package org.almoner.architecture.planted.libraries.tax.receipt;

public final class Paper {
  Object library = com.itextpdf.kernel.pdf.PdfDocument.class;
}
