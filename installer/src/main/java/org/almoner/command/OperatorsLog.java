package org.almoner.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.Iterator;
import java.util.Locale;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** The operator's log as the settings want it; until they are read it is as in the build. */
final class OperatorsLog {
  private OperatorsLog() {}

  /**
   * Sets form and level.
   *
   * @param level the least of ours that is written: error, warn, info or debug
   */
  static void set(boolean json, String level) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (!(factory instanceof LoggerContext context)) {
      return;
    }
    context.getLogger("org.almoner").setLevel(Level.toLevel(level.toUpperCase(Locale.ROOT)));
    if (!json) {
      return;
    }
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    for (Iterator<Appender<ILoggingEvent>> each = root.iteratorForAppenders(); each.hasNext(); ) {
      if (each.next() instanceof OutputStreamAppender<ILoggingEvent> appender) {
        JsonLines lines = new JsonLines();
        lines.setContext(context);
        lines.start();
        appender.setEncoder(lines);
      }
    }
  }
}
