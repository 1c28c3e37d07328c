package org.almoner.tax.jurisdiction;

/** The paper that documents are set for. */
public enum Paper {
  /** 210 by 297 millimetres. */
  A4("A4"),
  /** 8.5 by 11 inches. */
  LETTER("letter");

  private final String text;

  Paper(String text) {
    this.text = text;
  }

  /** The name in a profile. */
  public String text() {
    return text;
  }
}
