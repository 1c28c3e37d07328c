package org.almoner.tax.jurisdiction;

import java.util.Locale;

/**
 * A heading, column head or caption of a document; its words come from the profile's {@code
 * labels}, under the constant's name in lower case.
 */
public enum Label {
  DONATED_BY,
  ISSUED,
  PERIOD,
  DONOR_REFERENCE,
  SOFTWARE,
  QUANTITIES,
  MONTH,
  CPU,
  GPU,
  MEMORY,
  ENERGY,
  RESULTS,
  OF,
  TO,
  TOTAL,
  NO_READING,
  REPORTED,
  ENERGY_TIERS,
  TIER_C1,
  TIER_C2,
  TIER_C3,
  TIER_M1,
  TIER_M2,
  TIER_M3,
  TIER_M4,
  STATEMENTS,
  NONE_RECORDED,
  SETTINGS,
  EVIDENCE,
  LOG,
  ENTRY,
  TREE,
  ROOT,
  ENTRIES,
  CHECKPOINT,
  CHECK,
  SEAL,
  SEAL_HINT,
  ATTACHED,
  PAGE,
  MARK,
  CODE;

  /** The field under {@code labels} that holds the words. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
