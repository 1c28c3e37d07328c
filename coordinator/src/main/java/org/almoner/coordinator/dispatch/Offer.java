package org.almoner.coordinator.dispatch;

/** What dispatch has for an agent that asks for work. */
public sealed interface Offer {
  /**
   * These leases.
   *
   * @param grant new, or what the same request was given before
   */
  record Leases(OpenGrant grant) implements Offer {}

  /**
   * Nothing now.
   *
   * @param reason one sentence for the volunteer
   */
  record Nothing(String reason) implements Offer {}
}
