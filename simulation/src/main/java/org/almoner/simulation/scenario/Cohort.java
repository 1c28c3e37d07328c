package org.almoner.simulation.scenario;

import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.simulation.host.Hours;
import org.almoner.simulation.strategy.Kind;
import org.almoner.simulation.strategy.Traits;

/**
 * Computers whose owners behave alike.
 *
 * @param kind how they behave
 * @param hosts how many computers
 * @param donors how many people own them, who take turns
 * @param imaged whether all but the first are copies of its disk, as in a computer room
 * @param linksLate whether their owners say whose they are only when they already work
 * @param clockOffMinutes how far their clocks are ahead; negative when they are behind
 * @param hours when they are on, in the words of {@link Hours}; empty when everybody differs
 */
public record Cohort(
    Kind kind,
    int hosts,
    int donors,
    Traits traits,
    boolean imaged,
    boolean linksLate,
    int clockOffMinutes,
    String hours) {
  private static final int HOSTS_MAX = 100_000;
  private static final int CLOCK_MAX = 10 * 365 * 24 * 60;

  static Cohort parse(JsonFields fields) throws MalformedJson {
    String word = fields.text("kind", 40);
    Kind kind = Kind.of(word).orElseThrow(() -> fields.at("kind", "there is no kind " + word));
    int hosts = fields.smallInteger("hosts", 1, HOSTS_MAX);
    int donors = fields.has("donors") ? fields.smallInteger("donors", 1, hosts) : hosts;
    Traits traits = fields.has("traits") ? Traits.parse(fields.object("traits")) : Traits.USUAL;
    boolean imaged = fields.has("imaged") && fields.bool("imaged");
    boolean linksLate = fields.has("linksLate") && fields.bool("linksLate");
    int off =
        fields.has("clockOffMinutes")
            ? (int) fields.integer("clockOffMinutes", -CLOCK_MAX, CLOCK_MAX)
            : 0;
    String hours = fields.has("hours") ? fields.text("hours", 20) : "";
    if (!hours.isEmpty() && Hours.of(hours).isEmpty()) {
      throw fields.at("hours", "there are no hours " + hours);
    }
    fields.end();
    return new Cohort(kind, hosts, donors, traits, imaged, linksLate, off, hours);
  }

  /** The same with another rate. */
  Cohort withPermille(int permille) {
    Traits other = new Traits(permille, traits.after(), traits.percent(), traits.days());
    return new Cohort(kind, hosts, donors, other, imaged, linksLate, clockOffMinutes, hours);
  }

  /** As many times more computers and people, at least one. */
  Cohort times(double factor) {
    int more = (int) Math.max(1, Math.round(hosts * factor));
    int people = (int) Math.max(1, Math.round(donors * factor));
    return new Cohort(
        kind, more, Math.min(more, people), traits, imaged, linksLate, clockOffMinutes, hours);
  }
}
