package org.almoner.tax.bookcheck;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.MalformedJson;

/** Who asked for changes of documents and who confirmed them, line by line. */
final class Operators {
  /** So long before a wish both its operators have to have been added. */
  private static final Duration KNOWN_FOR = Duration.ofHours(24);

  private static final int TEXT_MAX = 1_000;
  private static final String FOUR_EYES_OF = "a second operator has to confirm that it is ";

  private final Map<String, Instant> added = new HashMap<>();
  private final Map<String, Asked> wishes = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private final List<Finding> findings;

  private record Asked(String act, String by, Instant at, boolean confirmed) {}

  Operators(List<Finding> findings) {
    this.findings = findings;
  }

  List<String> added() {
    return told;
  }

  /** Takes a line; false when it is none about operators. */
  boolean take(JsonFields fields) throws MalformedJson {
    if (fields.has("operator")) {
      String name = fields.text("operator", TEXT_MAX);
      String by = fields.text("by", TEXT_MAX);
      Instant at = Instant.parse(fields.text("at", TEXT_MAX));
      fields.end();
      added.put(name, at);
      told.add("operator " + name + " was added by " + by + " on " + at);
    } else if (fields.has("wish")) {
      wish(fields);
    } else if (fields.has("confirmed")) {
      String number = fields.text("confirmed", TEXT_MAX);
      String by = fields.text("by", TEXT_MAX);
      String unused = day(fields).toString();
      fields.end();
      confirmed(number, by);
    } else if (fields.has("dropped")) {
      String number = fields.text("dropped", TEXT_MAX);
      String unused = day(fields).toString();
      fields.end();
      wishes.remove(number);
    } else {
      return false;
    }
    return true;
  }

  private static LocalDate day(JsonFields fields) throws MalformedJson {
    return LocalDate.parse(fields.text("on", 10));
  }

  private void wish(JsonFields fields) throws MalformedJson {
    String number = fields.text("wish", TEXT_MAX);
    String act = fields.text("act", TEXT_MAX);
    String unused = fields.freeText("reason", TEXT_MAX);
    String by = fields.text("by", TEXT_MAX);
    Instant day = day(fields).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant at = fields.has("at") ? Instant.parse(fields.text("at", TEXT_MAX)) : day;
    fields.end();
    if (!act.equals("replace") && !act.equals("cancel")) {
      throw new IllegalArgumentException("expected replace or cancel, got " + act);
    }
    wishes.put(number, new Asked(act, by, at, false));
  }

  private void confirmed(String number, String by) {
    Asked wish = wishes.get(number);
    if (wish == null) {
      find(number, by + " confirmed what nobody had asked for");
      return;
    }
    if (wish.by().equals(by)) {
      find(number, by + " confirmed what they had asked for themselves");
    }
    for (String one : List.of(wish.by(), by)) {
      Instant since = added.get(one);
      if (since != null && since.plus(KNOWN_FOR).isAfter(wish.at())) {
        find(
            number,
            "operator "
                + one
                + " was added on "
                + since
                + ", less than "
                + KNOWN_FOR.toHours()
                + " hours before it was asked on "
                + wish.at());
      }
    }
    wishes.put(number, new Asked(wish.act(), wish.by(), wish.at(), true));
  }

  /** A document that was given out is replaced or cancelled now. */
  void changed(Page page) {
    Asked wish = wishes.remove(page.number());
    String act = page.was("CANCELLED") ? "cancel" : "replace";
    if (page.fourEyes() && (wish == null || !wish.confirmed() || !wish.act().equals(act))) {
      find(page.number(), FOUR_EYES_OF + (page.was("CANCELLED") ? "cancelled" : "replaced"));
    }
  }

  private void find(String about, String sentence) {
    findings.add(new Finding(Finding.Kind.FOUR_EYES, about, sentence));
  }
}
