package org.almoner.tax.pdf;

/**
 * What a charity's documents have of its own look.
 *
 * @param logo picture in the letterhead
 * @param main colour of headings, rules and the table's head
 * @param accent colour of small captions
 */
public record Brand(Logo logo, Colour main, Colour accent) {
  /** Almoner's mark and colours. */
  public static final Brand ALMONER =
      new Brand(Logo.almoner(), new Colour(0x14, 0x34, 0x4f), new Colour(0x1d, 0x66, 0x50));
}
