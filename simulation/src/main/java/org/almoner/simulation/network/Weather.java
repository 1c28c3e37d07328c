package org.almoner.simulation.network;

import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.MalformedJson;

/**
 * How often what happens to a request, each in thousandths of all requests.
 *
 * @param requestLost it never arrives
 * @param answerLost it is answered, and the answer is lost
 * @param twice it arrives, is answered, and arrives again later
 * @param late it arrives after its sender gave up, and after whatever was sent since
 */
public record Weather(int requestLost, int answerLost, int twice, int late) {
  /** Nothing is lost. */
  public static final Weather FAIR = new Weather(0, 0, 0, 0);

  /** Refuses more than all of them. */
  public Weather {
    if (requestLost < 0
        || answerLost < 0
        || twice < 0
        || late < 0
        || requestLost + answerLost + twice + late > 1_000) {
      throw new IllegalArgumentException(
          "of a thousand requests, 0 to 1000 have something happen to them");
    }
  }

  /** Reads an object with the four numbers. */
  public static Weather parse(JsonFields fields) throws MalformedJson {
    int requestLost = fields.smallInteger("requestLost", 0, 1_000);
    int answerLost = fields.smallInteger("answerLost", 0, 1_000);
    int twice = fields.smallInteger("twice", 0, 1_000);
    int late = fields.smallInteger("late", 0, 1_000);
    fields.end();
    try {
      return new Weather(requestLost, answerLost, twice, late);
    } catch (IllegalArgumentException e) {
      throw new MalformedJson(String.valueOf(e.getMessage()));
    }
  }
}
