package org.almoner.command.audit;

/** Tells people how far an audit is. */
@FunctionalInterface
public interface Progress {
  /** A line that the next one may replace; where nobody watches, one for each milestone. */
  void show(String line, long milestone);
}
