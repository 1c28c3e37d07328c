package org.almoner.command.bench.receipts;

import java.util.Locale;

/** A part of a receipt's way. */
enum Stage {
  /** Openings read from the disk. */
  READ,
  /** Signatures and commitments checked, lines added up, proofs gathered. */
  DRAW,
  /** The evidence file packed and its digest taken. */
  EVIDENCE,
  /** The statement's commitment logged, with those of others. */
  LOG,
  /** The page drawn. */
  RENDER,
  /** The seal put on it. */
  SEAL,
  /** Both files written and synced. */
  WRITE;

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
