package org.almoner.simulation.scenario;

import java.util.Optional;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.simulation.report.Figures;
import org.almoner.simulation.report.Share;

/**
 * How a scenario may come out at the worst, from whatever seed.
 *
 * @param survivedPermille forged hours that count, of a thousand that were forged
 * @param lostPermille honest hours that were settled and do not count, of a thousand
 * @param overheadPercent lines beyond one for each unit in the second half, of a hundred units
 */
public record Promise(int survivedPermille, int lostPermille, int overheadPercent) {
  private static final int MAX = 1_000;

  /** Nothing is promised. */
  public static final Promise NONE = new Promise(MAX, MAX, MAX);

  static Promise parse(JsonFields fields) throws MalformedJson {
    Promise read =
        new Promise(
            fields.smallInteger("survivedPermille", 0, MAX),
            fields.smallInteger("lostPermille", 0, MAX),
            fields.smallInteger("overheadPercent", 0, MAX));
    fields.end();
    return read;
  }

  /** What was promised and is not so, as a sentence; empty when all is. */
  public Optional<String> broken(Figures figures) {
    Share others = figures.others();
    Share honest = figures.honest();
    if (others.survivedMs() * MAX > others.forgedMs() * survivedPermille) {
      return Optional.of(
          "of " + others.forgedMs() + " ms that were forged, " + others.survivedMs() + " ms count");
    }
    if (honest.lostMs() * MAX > honest.realMs() * lostPermille) {
      return Optional.of(
          "of " + honest.realMs() + " ms of honest work, " + honest.lostMs() + " ms do not count");
    }
    if (figures.overhead() * 100 > overheadPercent) {
      return Optional.of(
          figures.linesOfUnits() + " lines were made for " + figures.units() + " units");
    }
    return Optional.empty();
  }
}
