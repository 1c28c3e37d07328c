package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLinesTests {
  private static final Logger LOGGER = new LoggerContext().getLogger("org.almoner.Room");

  private static LoggingEvent event(String message, Throwable failure) {
    LoggingEvent event =
        new LoggingEvent(Logger.class.getName(), LOGGER, Level.WARN, message, failure, null);
    event.setInstant(Instant.parse("2026-11-20T20:00:00.5Z"));
    return event;
  }

  private static String line(LoggingEvent event) {
    return new String(new JsonLines().encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void eachLineIsOneObjectWithItsEventAndFields() {
    LoggingEvent event = event("The disk is \"full\"\nnow", null);
    event.addKeyValuePair(new KeyValuePair("event", "disk-low"));
    event.addKeyValuePair(new KeyValuePair("free", 12));
    assertThat(line(event))
        .isEqualTo(
            "{\"event\":\"disk-low\",\"fields\":{\"free\":\"12\"},\"level\":\"WARN\","
                + "\"logger\":\"org.almoner.Room\",\"message\":\"The disk is \\\"full\\\"\\nnow\","
                + "\"time\":\"2026-11-20T20:00:00.500Z\"}\n");
  }

  @Test
  void ofAFailureTypeAndPlaceAreSaidAndNotWhatItSays() throws Exception {
    String line =
        line(
            event("failed", new IllegalStateException("Ada", new java.io.IOException("Lovelace"))));
    assertThat(line).doesNotContain("Ada").doesNotContain("Lovelace");
    assertThat(
            JsonFields.of(JsonParser.parseObject(line.strip().getBytes(StandardCharsets.UTF_8)))
                .freeText("failure", 10_000))
        .startsWith("java.lang.IllegalStateException at org.almoner.command.JsonLinesTests")
        .contains(" <- java.io.IOException at ");
  }

  @Test
  void halvesOfCharactersDoNotBreakALine() {
    assertThat(line(event("half \ud800 of one", null))).contains("half ? of one");
  }
}
