package org.almoner.tax.verify;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.seal.IntactSeal;
import org.almoner.tax.seal.TimeStamp;

/** Whose a seal is, and what a time stamp on it says. */
final class SealStep {
  /** Largest difference between an authority's clock and the charity's. */
  static final Duration APART_MAX = Duration.ofHours(1);

  /** Most days between the date that is printed and the day of the stamp. */
  static final int DAYS_APART_MAX = 1;

  private final IntactSeal seal;
  private final List<TrustFile> trust;

  /**
   * @param trust none or one
   */
  SealStep(IntactSeal seal, List<TrustFile> trust) {
    this.seal = seal;
    this.trust = trust;
  }

  Step issuer() throws StepFailed {
    Hash fingerprint = seal.fingerprint();
    if (trust.isEmpty()) {
      return Step.unknown(
          "issuer",
          "consistent in itself, issuer unknown: the seal names \""
              + seal.name()
              + "\" (certificate "
              + fingerprint
              + "); get the charity's trust file and add --trust FILE");
    }
    TrustFile believed = trust.get(0);
    if (!believed.trusts(fingerprint)) {
      throw new StepFailed(
          "the seal's certificate "
              + fingerprint
              + " is none of "
              + believed.charity()
              + "'s: somebody else sealed this file");
    }
    requireInUse(believed, fingerprint);
    return Step.ok(
        "issuer",
        believed.charity() + ", certificate " + fingerprint + revocation(believed, fingerprint));
  }

  private void requireInUse(TrustFile believed, Hash fingerprint) throws StepFailed {
    Optional<SealTerm> term = believed.term(fingerprint);
    if (term.isPresent() && !term.get().covers(seal.claimedTime())) {
      throw new StepFailed(
          believed.charity()
              + " sealed with "
              + fingerprint
              + " "
              + term.get()
              + ", and this document says that it was sealed on "
              + seal.claimedTime()
              + ": it is none that was issued");
    }
  }

  /** What to add to the issuer when the seal was revoked and a stamp is older than that. */
  private String revocation(TrustFile believed, Hash fingerprint) throws StepFailed {
    Optional<RevokedSeal> revoked = believed.revocation(fingerprint);
    if (revoked.isEmpty()) {
      return "";
    }
    Instant since = Instant.ofEpochSecond(revoked.get().at());
    Optional<TimeStamp> before =
        seal.stamp().filter(s -> s.under(believed.timeCertificates()) && s.time().isBefore(since));
    if (before.isPresent()) {
      return ", revoked as of " + since + "; its time stamp shows that it was sealed before";
    }
    throw new StepFailed(
        believed.charity()
            + " revoked the seal "
            + fingerprint
            + " as of "
            + since
            + ": a document under it may be another's, and nothing in the file shows when it was"
            + " sealed; ask the charity to issue it again");
  }

  /** What the time stamp says; nothing when there is none. */
  Optional<Step> timeStamp() throws StepFailed {
    Optional<TimeStamp> stamp = seal.stamp();
    return stamp.isEmpty() ? Optional.empty() : Optional.of(timeStamp(stamp.get()));
  }

  private Step timeStamp(TimeStamp stamp) throws StepFailed {
    String said = "\"" + stamp.authority() + "\" saw the seal on " + stamp.time();
    requireOneTime(stamp);
    if (trust.isEmpty()) {
      return Step.unknown("time stamp", said + ", issuer unknown; add --trust FILE");
    }
    if (!stamp.under(trust.get(0).timeCertificates())) {
      throw new StepFailed(
          said
              + ", which is under none of the authorities that the trust file names for time; get"
              + " the charity's newest trust file");
    }
    return Step.ok(
        "time stamp",
        said
            + ", while its certificate was valid"
            + seal.dated().map(date -> "; the document is dated " + date).orElse(""));
  }

  /** The stamp, the time in the seal and the printed date must be of one moment. */
  private void requireOneTime(TimeStamp stamp) throws StepFailed {
    if (Duration.between(seal.claimedTime(), stamp.time()).abs().compareTo(APART_MAX) > 0) {
      throw new StepFailed(
          "the seal says that it was made on "
              + seal.claimedTime()
              + ", its time stamp says "
              + stamp.time());
    }
    Optional<LocalDate> dated = seal.dated();
    LocalDate day = LocalDate.ofInstant(stamp.time(), ZoneOffset.UTC);
    if (dated.isPresent() && Math.abs(ChronoUnit.DAYS.between(dated.get(), day)) > DAYS_APART_MAX) {
      throw new StepFailed(
          "the document is dated "
              + dated.get()
              + ", but its time stamp says that it was sealed on "
              + day
              + ": it was dated "
              + (dated.get().isBefore(day) ? "back" : "ahead"));
    }
  }
}
