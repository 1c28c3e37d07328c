package org.almoner.coordinator.desk;

import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.lease.LeaseId;

/**
 * What a donor objects to, as the operator sees it.
 *
 * @param leaf where the line is logged
 * @param outcome what had become of it when it was objected to
 * @param project whose unit it was
 * @param state whether the operator has ruled
 * @param madeMs when it was made, coordinator's clock
 * @param words what the donor says; empty when that was erased
 */
public record ObjectionView(
    long leaf,
    LeaseId lease,
    DonorId donor,
    Outcome outcome,
    String project,
    State state,
    long madeMs,
    String words) {
  /** Whether the operator has ruled. */
  public enum State {
    /** The line rests until the operator rules. */
    OPEN("open"),
    /** The line counts; the next settlement says so. */
    UPHELD("upheld"),
    /** The line is settled as it was decided. */
    DISMISSED("dismissed");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** The state of a word; throws an IllegalArgumentException when there is none. */
    public static State of(String word) {
      for (State state : values()) {
        if (state.word.equals(word)) {
          return state;
        }
      }
      throw new IllegalArgumentException("no objection is " + word);
    }

    /** As it is written in answers. */
    public String word() {
      return word;
    }
  }
}
