package org.almoner.tax.jurisdiction;

/** A reason to refuse a document; the numbers are those of the design's list of refusals. */
public enum Rule {
  T1("no amount of money for computing or time stands on a charity's document"),
  T2("no word of tax relief stands beside donated computing"),
  T3("no market value or price of a comparable service is named"),
  T4("nothing is said about benefits unless the register was read and agrees"),
  T5("an activity statement bears no title, number or form of an official receipt"),
  T8("idle load, wear, hardware, internet and fixed charges are no donated quantity"),
  T10("a profile is used only while it is in force and reviewed"),
  T11("a document is not dated before what it covers"),
  T12("a charity issues in its own name only"),
  T13("no month is counted twice"),
  T16("no tax saving, percentage or refund is promised"),
  T17("no tax number of the donor is shown"),
  T18("no amount is converted between currencies"),
  T19("every quantity has its tier and period and is physically possible"),
  T20("nothing is said to be filed with an authority"),
  /** Not of the list of refusals: the page says what its profile says, no more and no less. */
  PROFILE("the sentences are those of the profile, all of them, word for word");

  private final String demand;

  Rule(String demand) {
    this.demand = demand;
  }

  /** What the rule demands, one clause. */
  public String demand() {
    return demand;
  }
}
