package org.almoner.tax.jurisdiction;

/** Where on the document a text stands; some rules bind only there. */
public enum Part {
  /** The document's title. */
  TITLE("the title"),
  /** What stands before the number, and the number. */
  NUMBER("the number line"),
  /** Name, address, contact and registration of the charity. */
  CHARITY("the charity's lines"),
  /** Name, address and reference of the donor. */
  DONOR("the donor's lines"),
  /** Headings, captions and values that are no sentence. */
  LABEL("the captions"),
  /** A sentence of the profile with its placeholders filled. */
  SENTENCE("the statements"),
  /** A fact that fills a placeholder of a sentence. */
  FILLING("a fact in the statements");

  private final String where;

  Part(String where) {
    this.where = where;
  }

  /** The part in words, for a refusal. */
  public String where() {
    return where;
  }
}
