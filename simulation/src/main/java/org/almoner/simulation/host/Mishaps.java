package org.almoner.simulation.host;

import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.MalformedJson;

/**
 * What happens to a computer of its own accord, each as often in a thousand days.
 *
 * @param powerCuts the power goes while something is written
 * @param restores the disk is put back to a copy that is some days old
 * @param reinstalls everything on the disk is gone
 * @param cutOffs nothing gets through to the coordinator for days
 * @param absences it is not used for weeks
 */
public record Mishaps(int powerCuts, int restores, int reinstalls, int cutOffs, int absences) {
  /** Nothing ever happens. */
  public static final Mishaps NONE = new Mishaps(0, 0, 0, 0, 0);

  /** Reads an object with the five numbers. */
  public static Mishaps parse(JsonFields fields) throws MalformedJson {
    Mishaps read =
        new Mishaps(
            fields.smallInteger("powerCuts", 0, 1_000),
            fields.smallInteger("restores", 0, 1_000),
            fields.smallInteger("reinstalls", 0, 1_000),
            fields.smallInteger("cutOffs", 0, 1_000),
            fields.smallInteger("absences", 0, 1_000));
    fields.end();
    return read;
  }
}
