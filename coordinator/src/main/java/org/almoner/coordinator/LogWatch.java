package org.almoner.coordinator;

import java.util.ArrayList;
import java.util.List;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.selfcheck.Progress;
import org.almoner.ledger.selfcheck.SelfAudit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audits what a running coordinator has stored of its log, and stops the coordinator's signing on
 * the first finding. Reads go on being answered, so that the damage can be looked at.
 */
public final class LogWatch {
  /**
   * Bundles of 256 entries, or tiles, that one step reads and hashes: some ten milliseconds of one
   * processor. With a step each second a million entries take seven minutes.
   */
  public static final int PLACES_PER_STEP = 10;

  private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);

  private final Coordinator coordinator;
  private final SelfAudit audit;

  /** Watches {@code stores}, which are the ones {@code coordinator} writes. */
  public LogWatch(Coordinator coordinator, Stores stores) {
    this.coordinator = coordinator;
    this.audit =
        new SelfAudit(
            coordinator.about().origin(), keys(coordinator), stores.log(), stores.register());
  }

  private static List<VerifierKey> keys(Coordinator coordinator) {
    try {
      List<VerifierKey> keys = new ArrayList<>();
      for (String key : coordinator.about().logKeys()) {
        keys.add(VerifierKey.parse(key));
      }
      return keys;
    } catch (MalformedNote e) {
      throw new IllegalStateException("the coordinator states a log key that cannot be read", e);
    }
  }

  /** How far the audit has come, and what it found. */
  public Progress progress() {
    return audit.progress();
  }

  /**
   * Audits {@link #PLACES_PER_STEP} places. To be called by a timer, each time by one thread; once
   * something was found it does nothing more.
   */
  public void step() {
    if (audit.progress().damaged()) {
      return;
    }
    try {
      Progress progress = audit.step(PLACES_PER_STEP);
      if (progress.damaged()) {
        stop(progress.finding());
      }
    } catch (RuntimeException | Error e) {
      LOG.atError().setCause(e).log("the audit of the stored log failed and does not go on");
      throw e;
    }
  }

  private void stop(String finding) {
    LOG.atError()
        .addKeyValue("event", "log-damaged")
        .addKeyValue("finding", finding)
        .log("the stored log is damaged: nothing more is accepted or signed");
    coordinator.halt(
        "its audit of the stored log found that "
            + finding
            + "; nothing more is signed until what is named is restored from a copy and the"
            + " coordinator started again");
  }
}
