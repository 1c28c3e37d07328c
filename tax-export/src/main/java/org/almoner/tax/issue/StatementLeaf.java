package org.almoner.tax.issue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.tax.pdf.MalformedDocument;
import org.almoner.tax.pdf.PdfEvidence;

/** Where the log holds the statement of a sealed file, by the proof in it. */
final class StatementLeaf {
  private StatementLeaf() {}

  static long of(byte[] pdf) throws IOException {
    try {
      byte[] proof = PdfEvidence.read(pdf).proof().toArray();
      return TlogProof.parse(new String(proof, StandardCharsets.UTF_8)).index();
    } catch (MalformedDocument | MalformedCheckpoint e) {
      throw new IOException(
          "a stored document does not say where its statement is logged: " + e.getMessage(), e);
    }
  }
}
