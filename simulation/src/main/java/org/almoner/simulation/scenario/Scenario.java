package org.almoner.simulation.scenario;

import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.simulation.host.Mishaps;
import org.almoner.simulation.network.Weather;
import org.almoner.simulation.strategy.Kind;

/**
 * What a run is made of.
 *
 * @param name small letters, digits and dashes
 * @param about one sentence for people
 * @param days how long it lasts, before everything is settled
 * @param releases how many releases have work
 * @param batchDays after how many days a batch is stopped and another one takes its place; 0 for
 *     never
 * @param maturityDays how long lines rest before they are settled
 * @param unitMinutes what a unit takes on an ordinary computer, on average
 * @param coresMax the most cores that any computer lends
 * @param serverFailures how often a store of the coordinator fails, in a thousand days
 * @param promise how it may come out at the worst
 * @param cohorts who takes part
 */
public record Scenario(
    String name,
    String about,
    int days,
    int releases,
    int batchDays,
    int maturityDays,
    int unitMinutes,
    int coresMax,
    Weather weather,
    Mishaps mishaps,
    int serverFailures,
    Promise promise,
    List<Cohort> cohorts) {
  private static final int DAYS_MAX = 10_000;
  private static final int RELEASES_MAX = 16;
  private static final int UNIT_MINUTES_MAX = 6 * 60;
  private static final int CORES_MAX = 16;
  private static final int MATURITY_DAYS = 14;
  private static final int COHORTS_MAX = 100;

  /** Copies the cohorts. */
  public Scenario {
    cohorts = List.copyOf(cohorts);
  }

  /**
   * Reads a scenario's file.
   *
   * @throws MalformedJson naming the field
   */
  public static Scenario parse(byte[] octets) throws MalformedJson {
    JsonFields fields = JsonFields.of(JsonParser.parseObject(octets));
    String name = fields.text("name", 60);
    String about = fields.text("about", 300);
    int days = fields.smallInteger("days", 1, DAYS_MAX);
    int releases = fields.has("releases") ? fields.smallInteger("releases", 1, RELEASES_MAX) : 1;
    int batchDays = fields.has("batchDays") ? fields.smallInteger("batchDays", 1, DAYS_MAX) : 0;
    int maturityDays =
        fields.has("maturityDays") ? fields.smallInteger("maturityDays", 1, 100) : MATURITY_DAYS;
    int unitMinutes =
        fields.has("unitMinutes") ? fields.smallInteger("unitMinutes", 1, UNIT_MINUTES_MAX) : 120;
    int coresMax =
        fields.has("coresMax") ? fields.smallInteger("coresMax", 1, CORES_MAX) : CORES_MAX;
    Weather weather =
        fields.has("weather") ? Weather.parse(fields.object("weather")) : Weather.FAIR;
    Mishaps mishaps =
        fields.has("mishaps") ? Mishaps.parse(fields.object("mishaps")) : Mishaps.NONE;
    int serverFailures =
        fields.has("serverFailures") ? fields.smallInteger("serverFailures", 0, 100_000) : 0;
    Promise promise =
        fields.has("promise") ? Promise.parse(fields.object("promise")) : Promise.NONE;
    List<Cohort> cohorts = new ArrayList<>();
    for (JsonFields cohort : fields.objects("cohorts", 1, COHORTS_MAX)) {
      cohorts.add(Cohort.parse(cohort));
    }
    fields.end();
    return new Scenario(
        name,
        about,
        days,
        releases,
        batchDays,
        maturityDays,
        unitMinutes,
        coresMax,
        weather,
        mishaps,
        serverFailures,
        promise,
        cohorts);
  }

  /** Whether some agree on wrong answers. */
  public boolean collusion() {
    return cohorts.stream().anyMatch(cohort -> cohort.kind() == Kind.RING);
  }

  /** Whether anybody means ill. */
  public boolean cheats() {
    return cohorts.stream().anyMatch(cohort -> cohort.kind() != Kind.HONEST);
  }

  /** The same, whatever comes of it. */
  public Scenario withoutPromise() {
    return with(name, days, Promise.NONE, cohorts);
  }

  /** Computers in all. */
  public int hosts() {
    return cohorts.stream().mapToInt(Cohort::hosts).sum();
  }

  /** The same with about so many computers in all, shared out as before. */
  public Scenario withHosts(int hosts) {
    double factor = (double) hosts / hosts();
    return with(name, days, promise, cohorts.stream().map(cohort -> cohort.times(factor)).toList());
  }

  /** The same, but those who forge some units forge so many of a thousand. */
  public Scenario withPermille(int permille) {
    return with(
        name + " " + permille,
        days,
        Promise.NONE,
        cohorts.stream().map(cohort -> cohort.withPermille(permille)).toList());
  }

  /** The same for so many days. */
  public Scenario withDays(int other) {
    return with(name, other, promise, cohorts);
  }

  private Scenario with(String called, int lasting, Promise promised, List<Cohort> who) {
    return new Scenario(
        called,
        about,
        lasting,
        releases,
        batchDays,
        maturityDays,
        unitMinutes,
        coresMax,
        weather,
        mishaps,
        serverFailures,
        promised,
        who);
  }
}
