package org.almoner.tax.register;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/** One line of the register's file. */
sealed interface RegisterEvent {
  /** A document as it is from now on. */
  record Of(Registered document) implements RegisterEvent {}

  /** A year that takes no first issues any more. */
  record Closed(int year, LocalDate on) implements RegisterEvent {}

  /** An act that waits for a second operator. */
  record Wished(Wish wish) implements RegisterEvent {}

  /** A wish that a second operator confirmed. */
  record Confirmed(String number, String by, LocalDate on) implements RegisterEvent {}

  /** A wish that is not to be carried out. */
  record Dropped(String number, LocalDate on) implements RegisterEvent {}

  /** Somebody who may look, ask and confirm from now on. */
  record Operator(String name, String by, Instant at) implements RegisterEvent {}

  /** A document that says otherwise of what was given on a day: that was entered later. */
  record Misstated(String number, LocalDate given, LocalDate on) implements RegisterEvent {}

  /** Longest instant, in characters. */
  int INSTANT_MAX = 40;

  /** Longest number, in characters. */
  int NUMBER_MAX = 64;

  /** Numbers of registers that did not tell series yet. */
  Pattern FIRST_NUMBERS = Pattern.compile("([0-9]{4}-)([0-9]{6,})");

  /** The line, without its end. */
  static byte[] line(RegisterEvent event) {
    if (event instanceof Of of) {
      return CanonicalJson.encode(json(of.document()));
    }
    JsonValue.Builder line = JsonValue.Obj.of();
    if (event instanceof Closed closed) {
      line.put("closed", closed.year()).put("on", closed.on().toString());
    } else if (event instanceof Confirmed confirmed) {
      line.put("confirmed", confirmed.number())
          .put("by", confirmed.by())
          .put("on", confirmed.on().toString());
    } else if (event instanceof Misstated misstated) {
      line.put("misstated", misstated.number())
          .put("given", misstated.given().toString())
          .put("on", misstated.on().toString());
    } else if (event instanceof Dropped dropped) {
      line.put("dropped", dropped.number()).put("on", dropped.on().toString());
    } else if (event instanceof Wished wished) {
      Wish wish = wished.wish();
      line.put("wish", wish.number())
          .put("act", wish.act().text())
          .put("reason", wish.reason())
          .put("by", wish.by())
          .put("on", wish.on().toString())
          .put("at", wish.at().toString());
    } else if (event instanceof Operator added) {
      line.put("operator", added.name()).put("by", added.by()).put("at", added.at().toString());
    }
    return CanonicalJson.encode(line.build());
  }

  /** Reads a line. */
  static RegisterEvent parse(Bytes line) throws MalformedJson {
    JsonFields fields = JsonFields.of(CanonicalJson.parse(line.toArray()));
    try {
      RegisterEvent event = event(fields);
      fields.end();
      return event;
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new MalformedJson(String.valueOf(e.getMessage()));
    }
  }

  private static RegisterEvent event(JsonFields fields) throws MalformedJson {
    if (fields.has("closed")) {
      return new Closed(fields.smallInteger("closed", 0, 9999), day(fields, "on"));
    }
    if (fields.has("confirmed")) {
      return new Confirmed(
          fields.text("confirmed", NUMBER_MAX), fields.text("by", NUMBER_MAX), day(fields, "on"));
    }
    if (fields.has("dropped")) {
      return new Dropped(fields.text("dropped", NUMBER_MAX), day(fields, "on"));
    }
    if (fields.has("misstated")) {
      return new Misstated(
          fields.text("misstated", NUMBER_MAX), day(fields, "given"), day(fields, "on"));
    }
    if (fields.has("wish")) {
      return new Wished(
          new Wish(
              fields.text("wish", NUMBER_MAX),
              fields.parsed("act", Wish.Act::of),
              fields.freeText("reason", Registered.REASON_MAX),
              fields.text("by", NUMBER_MAX),
              asked(fields)));
    }
    if (fields.has("operator")) {
      return new Operator(
          fields.text("operator", NUMBER_MAX),
          fields.text("by", NUMBER_MAX),
          Instant.parse(fields.text("at", INSTANT_MAX)));
    }
    return new Of(document(fields));
  }

  private static Registered document(JsonFields fields) throws MalformedJson {
    String number = fields.text("number", NUMBER_MAX);
    return new Registered(
        number,
        place(fields, number),
        fields.parsed("donor", DonorId::parseHex),
        day(fields, "from"),
        day(fields, "to"),
        optional(fields, "profile", 200),
        fields.has("keepUntil") ? day(fields, "keepUntil") : Registered.NO_DUTY,
        Registered.State.valueOf(fields.text("state", 10)),
        fields.hash("pdf"),
        day(fields, "on"),
        optional(fields, "replaces", NUMBER_MAX),
        optional(fields, "by", NUMBER_MAX),
        optional(fields, "reason", Registered.REASON_MAX),
        entry(fields, "statement"),
        receipt(fields),
        entry(fields, "change"),
        !fields.has("fourEyes") || fields.bool("fourEyes"));
  }

  private static Instant asked(JsonFields fields) throws MalformedJson {
    Instant day = day(fields, "on").atStartOfDay(ZoneOffset.UTC).toInstant();
    return fields.has("at") ? Instant.parse(fields.text("at", INSTANT_MAX)) : day;
  }

  private static Registered.Place place(JsonFields fields, String number) throws MalformedJson {
    if (fields.has("series")) {
      return new Registered.Place(
          fields.text("series", NUMBER_MAX), fields.integer("serial", 1, JsonValue.INTEGER_MAX));
    }
    Matcher first = FIRST_NUMBERS.matcher(number);
    if (!first.matches()) {
      throw fields.at("series", "is missing");
    }
    return new Registered.Place(first.group(1) + Registered.COUNT, Long.parseLong(first.group(2)));
  }

  private static long entry(JsonFields fields, String name) throws MalformedJson {
    return fields.has(name) ? fields.integer(name, 0, JsonValue.INTEGER_MAX) : Registered.NO_ENTRY;
  }

  private static LogPlace receipt(JsonFields fields) throws MalformedJson {
    if (!fields.has("receipt")) {
      return LogPlace.NONE;
    }
    JsonFields place = fields.object("receipt");
    LogPlace logged =
        new LogPlace(place.integer("leaf", 0, JsonValue.INTEGER_MAX), place.hash("salt"));
    place.end();
    return logged;
  }

  private static String optional(JsonFields fields, String name, int max) throws MalformedJson {
    return fields.has(name) ? fields.text(name, max) : "";
  }

  private static LocalDate day(JsonFields fields, String name) throws MalformedJson {
    return LocalDate.parse(fields.text(name, 10));
  }

  private static JsonValue.Obj json(Registered document) {
    JsonValue.Builder line =
        JsonValue.Obj.of()
            .put("number", document.number())
            .put("series", document.place().series())
            .put("serial", document.place().serial())
            .put("donor", document.donor().toHex())
            .put("from", document.from().toString())
            .put("to", document.to().toString())
            .put("state", document.state().name())
            .put("pdf", document.pdf().toHex())
            .put("on", document.issuedOn().toString())
            .put("fourEyes", document.fourEyes());
    put(line, "profile", document.profile());
    put(line, "replaces", document.replaces());
    put(line, "by", document.replacedBy());
    put(line, "reason", document.reason());
    put(line, "statement", document.statement());
    put(line, "change", document.change());
    LogPlace receipt = document.receipt();
    if (receipt.isLogged()) {
      line.put(
          "receipt",
          JsonValue.Obj.of()
              .put("leaf", receipt.leaf())
              .put("salt", receipt.salt().toHex())
              .build());
    }
    if (!document.keepUntil().equals(Registered.NO_DUTY)) {
      line.put("keepUntil", document.keepUntil().toString());
    }
    return line.build();
  }

  private static void put(JsonValue.Builder line, String name, String value) {
    if (!value.isEmpty()) {
      line.put(name, value);
    }
  }

  private static void put(JsonValue.Builder line, String name, long entry) {
    if (entry != Registered.NO_ENTRY) {
      line.put(name, entry);
    }
  }
}
