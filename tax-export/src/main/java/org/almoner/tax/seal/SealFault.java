package org.almoner.tax.seal;

/** Why a seal does not hold. */
public enum SealFault {
  /** No PDF, one larger than any of ours, or one that can only be read by guessing. */
  UNREADABLE,
  /** A signature there is, but not one that {@link Seal} makes. */
  NOT_OURS,
  /** More than one signature. */
  SECOND_SIGNATURE,
  /** The signature does not cover the whole file. */
  NOT_WHOLE_FILE,
  /** Something was added after the seal. */
  ADDED_AFTER,
  /** The signature's own octets are not the one form we write. */
  CONTAINER_ALTERED,
  /** The document was changed, or another document's signature was put into it. */
  CONTENT_ALTERED,
  /** The certificate is no certificate for sealing, or was not valid at the time of sealing. */
  CERTIFICATE,
  /** The time stamp was taken off, altered, or made for another seal. */
  TIME_STAMP
}
