package org.almoner.coordinator.ignite;

import org.apache.ignite.IgniteLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ignite's own lines in the operator's log: its warnings and errors, and the rest when asked for.
 */
final class OperatorsLog implements IgniteLogger {
  private final Logger log;

  OperatorsLog() {
    this(LoggerFactory.getLogger("org.apache.ignite"));
  }

  private OperatorsLog(Logger log) {
    this.log = log;
  }

  @Override
  public IgniteLogger getLogger(@Nullable Object category) {
    String name = category instanceof Class<?> type ? type.getName() : String.valueOf(category);
    return new OperatorsLog(LoggerFactory.getLogger("org.apache.ignite." + name));
  }

  @Override
  public void trace(String message) {
    log.trace(message);
  }

  @Override
  public void debug(String message) {
    log.debug(message);
  }

  @Override
  public void info(String message) {
    log.debug(message);
  }

  @Override
  public void warning(String message, @Nullable Throwable cause) {
    log.warn(message, cause);
  }

  @Override
  public void error(String message, @Nullable Throwable cause) {
    log.error(message, cause);
  }

  @Override
  public boolean isTraceEnabled() {
    return log.isTraceEnabled();
  }

  @Override
  public boolean isDebugEnabled() {
    return log.isDebugEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return log.isDebugEnabled();
  }

  @Override
  public boolean isQuiet() {
    return false;
  }

  @Override
  public @Nullable String fileName() {
    return null;
  }
}
