package org.almoner.tax.worksheet;

/** What a worksheet must keep to; the numbers are those of the design's list of refusals. */
public enum Demand {
  T2("no word of tax relief stands on a worksheet"),
  T3("no market value or price of a comparable service is named"),
  T6("a worksheet bears no name, logo, number or seal of the charity"),
  T7("an estimate, or a price that is not from the donor's bill, is called an estimate on top"),
  T8("idle load, wear, hardware, internet and fixed charges are no part of the reckoning"),
  T9("only what the donor paid, in a home, for a computer of the donor's own, is reckoned"),
  T14("a reimbursement that was waived needs other papers, signed by hand"),
  T15("a reimbursement that was promised on condition of a waiver is none"),
  T16("no tax saving, percentage of relief or refund is promised"),
  T17("no tax number is asked for or shown"),
  T18("no amount is converted between currencies"),
  T19("every figure is physically possible");

  private final String demand;

  Demand(String demand) {
    this.demand = demand;
  }

  /** What it demands, one clause. */
  public String demand() {
    return demand;
  }
}
