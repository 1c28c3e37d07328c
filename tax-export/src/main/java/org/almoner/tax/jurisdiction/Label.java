package org.almoner.tax.jurisdiction;

import java.util.Locale;

/**
 * A heading, column head or caption of a document; its words come from the language's captions, or
 * from the profile in their place, under the constant's name in lower case.
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
  COLON,
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
  BENEFIT_ESTIMATE,
  SETTINGS,
  EVIDENCE,
  LOG,
  ENTRY,
  TREE,
  ROOT,
  ENTRIES,
  CHECKPOINT,
  CHECK,
  CHECK_HOW,
  CHECK_NOTHING,
  SEAL,
  SEAL_HINT,
  ATTACHED,
  PAGE,
  MARK,
  CODE,
  ACTIVE_DAYS,
  COMPUTERS,
  EXCLUDED,
  EXCLUDED_PENDING,
  EXCLUDED_VOIDED,
  EXCLUDED_SAME_DONOR,
  EXCLUDED_OUTPUT_DISAGREED,
  EXCLUDED_COUNT_DISAGREED,
  EXCLUDED_FAILED,
  EXCLUDED_NO_QUORUM,
  EXCLUDED_IMPLAUSIBLE,
  EXCLUDED_DISTRUSTED,
  REPLACES,
  UNNUMBERED,
  PROFILE,
  REVIEWED,
  UNREVIEWED,
  MARK_SPECIMEN,
  MARK_RUNNING,
  MARK_COPY,
  SPECIMEN_NOTE,
  RUNNING_NOTE,
  COPY_NOTE;

  /** The field under {@code labels} that holds the words. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
