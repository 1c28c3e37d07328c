package org.almoner.command;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.slf4j.event.KeyValuePair;

/**
 * One JSON object a line for each line of the operator's log: {@code time}, {@code level}, {@code
 * logger}, {@code message}, {@code event} when it has one, {@code fields} with the rest, and of a
 * failure its type and where it was thrown. What a failure says is left out: it may quote what a
 * stranger sent.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final String EVENT = "event";
  private static final byte[] NOTHING = {};

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent line) {
    JsonValue.Builder object = JsonValue.Obj.of();
    JsonValue.Builder fields = JsonValue.Obj.of();
    boolean any = false;
    if (line.getKeyValuePairs() != null) {
      for (KeyValuePair pair : line.getKeyValuePairs()) {
        if (pair.key.equals(EVENT)) {
          object.put(EVENT, clean(String.valueOf(pair.value)));
        } else {
          fields.put(clean(pair.key), clean(String.valueOf(pair.value)));
          any = true;
        }
      }
    }
    if (any) {
      object.put("fields", fields.build());
    }
    IThrowableProxy failure = line.getThrowableProxy();
    if (failure != null) {
      object.put("failure", clean(failed(failure)));
    }
    JsonValue.Obj whole =
        object
            .put("level", String.valueOf(line.getLevel()))
            .put("logger", clean(line.getLoggerName()))
            .put("message", clean(line.getFormattedMessage()))
            .put("time", line.getInstant().toString())
            .build();
    return (new String(CanonicalJson.encode(whole), StandardCharsets.UTF_8) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Types and first places, down to the cause. */
  private static String failed(IThrowableProxy failure) {
    StringBuilder text = new StringBuilder();
    for (IThrowableProxy each = failure; each != null; each = each.getCause()) {
      if (text.length() > 0) {
        text.append(" <- ");
      }
      text.append(each.getClassName());
      if (each.getStackTraceElementProxyArray().length > 0) {
        text.append(' ').append(each.getStackTraceElementProxyArray()[0].getSTEAsString());
      }
    }
    return text.toString();
  }

  /** Without halves of characters, which JSON has no form for. */
  private static String clean(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
