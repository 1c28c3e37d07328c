package org.almoner.coordinator.desk;

import java.util.List;
import org.almoner.protocol.identity.PublicKey;

/**
 * Who this coordinator is.
 *
 * @param origin name of its log
 * @param logKeys the log's verifier keys that sign now, in signed-note form, the oldest first
 * @param coordinatorKey the key that signs grants
 * @param maturitySeconds how long a line rests before it is settled
 * @param openPeriod whether statements may cover a year that has not closed
 * @param meter version of the rule by which instructions are counted
 * @param software name and version
 */
public record About(
    String origin,
    List<String> logKeys,
    PublicKey coordinatorKey,
    long maturitySeconds,
    boolean openPeriod,
    String meter,
    String software) {
  /** Copies the keys and refuses none. */
  public About {
    logKeys = List.copyOf(logKeys);
    if (logKeys.isEmpty()) {
      throw new IllegalArgumentException("a log has a key");
    }
  }

  /**
   * The key that strangers are shown: the oldest that signs, since agents that know it already need
   * not follow before they must.
   */
  public String logKey() {
    return logKeys.get(0);
  }
}
