package org.almoner.tax.jurisdiction;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything a document is about to show, in the form the lint reads.
 *
 * @param periodName the period in words, as the title has it
 * @param from first day of the period, UTC
 * @param to last day of the period, UTC
 * @param periodOpen whether the document may be issued before the period has ended
 * @param issued date of issue
 * @param checkpoint date of the checkpoint the document cites
 * @param specimen whether it is marked as one, so that nobody can use it
 * @param benefits what is recorded of things the charity gave the donor
 * @param holding conditions under which sentences stand on it
 * @param fillings the facts that fill the placeholders of the profile's sentences
 * @param lines every text on the page
 * @param quantities every figure of the table of months
 */
public record Printed(
    String periodName,
    LocalDate from,
    LocalDate to,
    boolean periodOpen,
    LocalDate issued,
    LocalDate checkpoint,
    boolean specimen,
    Benefits benefits,
    Set<Condition> holding,
    Map<Placeholder, String> fillings,
    List<Line> lines,
    List<Quantity> quantities) {

  /**
   * One text.
   *
   * @param part where it stands
   * @param text its words
   */
  public record Line(Part part, String text) {}

  public Printed {
    holding = Set.copyOf(holding);
    fillings = Map.copyOf(fillings);
    lines = List.copyOf(lines);
    quantities = List.copyOf(quantities);
  }
}
