package org.almoner.tax.receipt;

/** How far CPU time is more than a donor's computer's word. */
public enum CpuTier {
  /** Bounded by an instruction count that independent computers agreed on. */
  C1,
  /** The output was agreed, the time is the computer's own report. */
  C2,
  /** Reported only. */
  C3
}
