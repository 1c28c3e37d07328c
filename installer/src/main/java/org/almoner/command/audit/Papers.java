package org.almoner.command.audit;

import java.util.ArrayList;
import java.util.List;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/** What a coordinator answers when it is asked to open a line; nothing of it is proved. */
sealed interface Papers {
  /**
   * It opens the line.
   *
   * @param enrolments none or one
   * @param agreed none or one
   */
  record Opened(UsageOpening opening, List<SignedEnrolment> enrolments, List<Agreed> agreed)
      implements Papers {
    public Opened {
      enrolments = List.copyOf(enrolments);
      agreed = List.copyOf(agreed);
    }

    static Opened parse(JsonFields fields) throws MalformedJson {
      UsageOpening opening =
          new UsageOpening(
              fields.integer("leaf", 0, JsonValue.INTEGER_MAX),
              fields.hash("salt"),
              fields.smallInteger("part", 0, PART_MAX),
              Envelope.parse(Envelope.Kind.USAGE_REPORT, fields.object("report")));
      List<SignedEnrolment> enrolments = new ArrayList<>();
      if (fields.has("enrolment")) {
        enrolments.add(SignedEnrolment.parse(fields.object("enrolment")));
      }
      List<Agreed> agreed = new ArrayList<>();
      if (fields.has("agreed")) {
        agreed.add(Agreed.parse(fields.object("agreed")));
      }
      fields.end();
      return new Opened(opening, enrolments, agreed);
    }
  }

  /** It says that the openings were erased with their donor. */
  record Erased() implements Papers {}

  /** It has no opening. */
  record Missing(String sentence) implements Papers {}

  /** Largest part of a line's commitment. */
  int PART_MAX = 65_535;

  /** What opens the newest enrolment of the line's agent. */
  record SignedEnrolment(long leaf, Hash salt, Envelope record) {
    static SignedEnrolment parse(JsonFields fields) throws MalformedJson {
      SignedEnrolment enrolment =
          new SignedEnrolment(
              fields.integer("leaf", 0, JsonValue.INTEGER_MAX),
              fields.hash("salt"),
              Envelope.parse(Envelope.Kind.ENROLMENT, fields.object("enrolment")));
      fields.end();
      return enrolment;
    }
  }

  /** What the coordinator gave out as the result of the line's unit. */
  record Agreed(long unit, Hash output, long count) {
    static Agreed parse(JsonFields fields) throws MalformedJson {
      Agreed agreed =
          new Agreed(
              fields.integer("unit", 0, JsonValue.INTEGER_MAX),
              fields.hash("output"),
              fields.integer("count", 0, JsonValue.INTEGER_MAX));
      fields.end();
      return agreed;
    }
  }
}
