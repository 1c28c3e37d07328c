package org.almoner.tax.pdf;

import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfStream;
import com.itextpdf.kernel.pdf.PdfString;
import java.util.HashMap;
import java.util.Map;
import org.almoner.protocol.bytes.Bytes;

/**
 * What a statement carries for a machine to check.
 *
 * @param statement octets of {@link Attachment#STATEMENT}
 * @param proof octets of {@link Attachment#PROOF}
 */
public record PdfEvidence(Bytes statement, Bytes proof) {
  private static final int FILES = 2;

  /**
   * Takes the attachments out of a document.
   *
   * @throws MalformedDocument when the file cannot be read or does not carry exactly these two
   */
  public static PdfEvidence read(byte[] pdf) throws MalformedDocument {
    try (UntrustedPdf opened = UntrustedPdf.open(pdf)) {
      Map<String, Bytes> files = files(opened);
      Bytes statement = files.get(Attachment.STATEMENT);
      Bytes proof = files.get(Attachment.PROOF);
      if (files.size() == FILES && statement != null && proof != null) {
        return new PdfEvidence(statement, proof);
      }
      throw new MalformedDocument(
          "the file carries "
              + files.keySet()
              + "; a statement carries "
              + Attachment.STATEMENT
              + " and "
              + Attachment.PROOF);
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      // The PDF library reports malformed files by many unchecked exceptions.
      throw new MalformedDocument(
          "the file's attachments cannot be read: " + UntrustedPdf.reason(e));
    }
  }

  private static Map<String, Bytes> files(UntrustedPdf opened) throws MalformedDocument {
    PdfArray list = opened.document().getCatalog().getPdfObject().getAsArray(PdfName.AF);
    Map<String, Bytes> files = new HashMap<>();
    for (int i = 0; list != null && i < list.size(); i++) {
      PdfDictionary file = list.getAsDictionary(i);
      PdfString name = file == null ? null : file.getAsString(PdfName.UF);
      PdfDictionary embedded = file == null ? null : file.getAsDictionary(PdfName.EF);
      PdfStream content = embedded == null ? null : embedded.getAsStream(PdfName.F);
      if (name == null || content == null) {
        throw new MalformedDocument("attachment " + (i + 1) + " has no name or no content");
      }
      byte[] octets = content.getBytes();
      if (octets.length > Attachment.BYTES_MAX) {
        throw new MalformedDocument(
            "attachment " + (i + 1) + " has more than " + Attachment.BYTES_MAX + " octets");
      }
      if (files.put(name.toUnicodeString(), Bytes.of(octets)) != null) {
        throw new MalformedDocument("two attachments are named " + name.toUnicodeString());
      }
    }
    return files;
  }
}
