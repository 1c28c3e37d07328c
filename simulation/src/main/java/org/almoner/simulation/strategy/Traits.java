package org.almoner.simulation.strategy;

import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.MalformedJson;

/**
 * What distinguishes two who behave alike.
 *
 * @param permille units of a thousand that are forged, where only some are
 * @param after lines that are honest before the first is not
 * @param percent what is claimed, in hundredths of the truth
 * @param days how long it goes on, 0 for ever
 */
public record Traits(int permille, int after, int percent, int days) {
  /** What is not said. */
  public static final Traits USUAL = new Traits(1_000, 0, 200, 0);

  /** Reads an object that says some of them. */
  public static Traits parse(JsonFields fields) throws MalformedJson {
    int permille = number(fields, "permille", USUAL.permille, 1_000);
    int after = number(fields, "after", USUAL.after, 1_000_000);
    int percent = number(fields, "percent", USUAL.percent, 10_000);
    int days = number(fields, "days", USUAL.days, 10_000);
    fields.end();
    return new Traits(permille, after, percent, days);
  }

  private static int number(JsonFields fields, String name, int usual, int max)
      throws MalformedJson {
    return fields.has(name) ? fields.smallInteger(name, 0, max) : usual;
  }
}
