package org.almoner.tax.verify;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.donor.DonorDirectory;
import org.almoner.tax.issue.Issuer;
import org.almoner.tax.issue.SmallLog;
import org.almoner.tax.pdf.StatementPdf;
import org.almoner.tax.receipt.Charity;
import org.almoner.tax.receipt.Software;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.seal.SealKey;

/** A document as a donor holds it: sealed file, evidence, and the charity's trust file. */
public record Issued(Bytes pdf, Bytes evidence, TrustFile trust, SealKey key) {
  public static final DonorId ADA = SmallLog.donor(1);
  static final long NOVEMBER = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();
  static final InstantSource CLOCK = () -> Instant.parse("2027-02-02T00:00:00Z");

  /** Issues Ada's statement of 2026 from {@code log}, with a new seal in {@code folder}. */
  public static Issued from(SmallLog log, VerifierKey logKey, Path folder) throws Exception {
    DonorDirectory donors = DonorDirectory.open(folder.resolve("donors"), new SecureRandom());
    donors.put(Donor.named(ADA, "Ada Example", List.of()));
    SealKey seal =
        SealKey.openOrCreate(folder.resolve("seal.p12"), "Example", CLOCK, new SecureRandom());
    ReceiptRegister register = ReceiptRegister.open(folder.resolve("register"));
    new Issuer(
            log,
            register,
            donors,
            new Charity("Example", List.of(), "", ""),
            seal,
            new StatementPdf(),
            new Software("almoner", "0.1.0"),
            CLOCK)
        .issue(2026);
    return new Issued(
        Bytes.of(register.pdf(register.all().get(0))),
        Bytes.of(register.evidence(register.all().get(0))),
        new TrustFile("Example", logKey, List.of(seal.fingerprint())),
        seal);
  }
}
