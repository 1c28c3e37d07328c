package org.almoner.tax.pdf;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.NoteSigner;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.tax.jurisdiction.Profile;
import org.almoner.tax.jurisdiction.Wording;
import org.almoner.tax.receipt.Sample;
import org.almoner.tax.receipt.StatementPage;

/** Rendered statements to test with. */
public final class Documents {
  public static final Bytes STATEMENT = Bytes.utf8("{\"number\":\"2026-000417\"}");
  public static final Bytes PROOF = Bytes.utf8("c2sp.org/tlog-proof@v1\nindex 7\n");
  public static final List<Attachment> ATTACHMENTS =
      List.of(Attachment.statement(STATEMENT), Attachment.proof(PROOF));
  public static final Wording WORDING = Profile.generic().wording("en");
  public static final Instant SEALED_AT = Instant.parse("2027-01-15T10:11:12Z");
  public static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
  public static final SecureRandom RANDOM = new SecureRandom();

  /** The key under the codes of samples. */
  public static final NoteSigner LOG_KEY =
      new Ed25519NoteSigner("log.estuary.example/2026", SigningKey.of(new byte[32]));

  /** With the library's own checkers, which ordinary runs leave out. */
  public static final StatementPdf CHECKED =
      new StatementPdf(Brand.ALMONER, AsianFonts.in(AsianFonts.DEBIAN), true).signing(LOG_KEY);

  private Documents() {}

  public static byte[] unsealed() throws DocumentRefused {
    return render(new Sample().page());
  }

  public static byte[] render(StatementPage page) throws DocumentRefused {
    return CHECKED.render(page, WORDING, ATTACHMENTS);
  }
}
