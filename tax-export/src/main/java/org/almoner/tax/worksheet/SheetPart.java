package org.almoner.tax.worksheet;

/** Where on the worksheet a text stands; some demands bind only there. */
public enum SheetPart {
  TITLE("the title"),
  BANNER("the banner"),
  LABEL("the captions"),
  FIGURE("a figure"),
  /** What the donor wrote: a name, the name of a bill. */
  DONOR("what you wrote"),
  SENTENCE("the sentences");

  private final String where;

  SheetPart(String where) {
    this.where = where;
  }

  /** The part in words, for an objection. */
  public String where() {
    return where;
  }
}
