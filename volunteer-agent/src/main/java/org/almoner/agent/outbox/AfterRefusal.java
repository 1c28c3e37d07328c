package org.almoner.agent.outbox;

/** What became of a report that the coordinator refused. */
public enum AfterRefusal {
  /** It had several lines; each is reported by itself now, so that one cannot spoil the others. */
  SPLIT,
  /** It had one line and was put aside with the reason. */
  PUT_ASIDE
}
