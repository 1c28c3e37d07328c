package org.almoner.simulation.report;

import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.json.JsonValue;

/**
 * What a scenario comes to over several seeds.
 *
 * @param name of the scenario
 * @param survived forged hours that count, of a hundred that were forged
 * @param perHonestHour forged hours that count, for a thousand hours that honest computers gave
 * @param lost honest hours that do not count, of a thousand
 * @param kept hours that those who cheat really gave and that count, of a hundred
 * @param overhead lines beyond one for each unit, of a hundred units
 */
public record Row(
    String name, Spread survived, Spread perHonestHour, Spread lost, Spread kept, Spread overhead) {
  private static final double MILLIONTHS = 1e6;

  /** Of some runs, at least one. */
  public static Row of(String name, List<Figures> runs) {
    List<Double> survived = new ArrayList<>();
    List<Double> perHonest = new ArrayList<>();
    List<Double> lost = new ArrayList<>();
    List<Double> kept = new ArrayList<>();
    List<Double> overhead = new ArrayList<>();
    for (Figures run : runs) {
      Share others = run.others();
      Share honest = run.honest();
      survived.add(100 * share(others.survivedMs(), others.forgedMs()));
      perHonest.add(1_000 * share(others.survivedMs(), honest.realMs()));
      lost.add(1_000 * share(honest.lostMs(), honest.realMs()));
      kept.add(100 * share(others.countedMs(), others.realMs()));
      overhead.add(100 * run.overhead());
    }
    return new Row(
        name,
        Spread.of(survived),
        Spread.of(perHonest),
        Spread.of(lost),
        Spread.of(kept),
        Spread.of(overhead));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** One object; each figure is in millionths, as mean and half the width of its interval. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("name", name)
        .put("survivedPercent", json(survived))
        .put("survivedPerThousandHonest", json(perHonestHour))
        .put("lostPermille", json(lost))
        .put("keptPercent", json(kept))
        .put("overheadPercent", json(overhead))
        .build();
  }

  private static JsonValue.Obj json(Spread spread) {
    return JsonValue.Obj.of()
        .put("mean", Math.round(spread.mean() * MILLIONTHS))
        .put("halfWidth", Math.round(spread.halfWidth() * MILLIONTHS))
        .build();
  }
}
