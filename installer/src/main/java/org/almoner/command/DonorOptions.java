package org.almoner.command;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.almoner.protocol.json.JsonValue;
import picocli.CommandLine.Option;

/** What an operator says of a donor beside the name; what is not said is left out. */
final class DonorOptions {
  @Option(
      names = "--address",
      paramLabel = "LINE",
      description = "A line of the postal address, street first; repeat for more lines.")
  private List<String> address = List.of();

  @Option(
      names = "--country",
      paramLabel = "XX",
      description = "Where the donor lives or has a seat: two letters such as DE.")
  private String country = "";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "individual, business, partnership or public-body.")
  private String kind = "";

  @Option(
      names = "--language",
      paramLabel = "TAG",
      description = "Of the donor's documents, such as en, de or fr.")
  private String language = "";

  @Option(
      names = "--consent",
      paramLabel = "TEXT",
      description = "What the donor agreed to; with --consented-on.")
  private String consent = "";

  @Option(names = "--consented-on", paramLabel = "DAY", description = "When.")
  private String consentedOn = "";

  /** Puts what was said into {@code body}; whether anything was. */
  boolean put(JsonValue.Builder body) {
    if (!address.isEmpty()) {
      body.putTexts("address", address);
    }
    text(body, "country", country);
    text(body, "kind", kind);
    text(body, "language", language);
    if (consent.isEmpty() != consentedOn.isEmpty()) {
      throw Failure.wrongUse("--consent and --consented-on go together");
    }
    if (!consent.isEmpty()) {
      body.put(
          "consent",
          JsonValue.Obj.of().put("on", day(consentedOn).toString()).put("to", consent).build());
    }
    return !(address.isEmpty()
        && country.isEmpty()
        && kind.isEmpty()
        && language.isEmpty()
        && consent.isEmpty());
  }

  private static void text(JsonValue.Builder body, String name, String said) {
    if (!said.isEmpty()) {
      body.put(name, said);
    }
  }

  /** A day on the command line. */
  static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw Failure.wrongUse("expected a day such as 2026-12-31, got \"" + text + "\"");
    }
  }
}
