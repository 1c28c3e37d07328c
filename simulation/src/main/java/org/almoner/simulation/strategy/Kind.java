package org.almoner.simulation.strategy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways to behave, each with a sentence for people. */
public enum Kind {
  HONEST("computes everything and reports what it took"),
  LAZY("computes nothing, answers at random"),
  COPIER("computes nothing, waits for the agreed answer to be public and sends that"),
  INFLATED_COUNT("computes, and reports more instructions and the time that goes with them"),
  INFLATED_TIME("computes, and reports more processor time than it took"),
  HIT_AND_RUN("is honest for some lines, then computes nothing; a new key when it is caught"),
  CHEAT_THEN_LEAVE("is honest for some lines, computes nothing for some days, and is gone"),
  LOW_RATE("forges a few units, stays when it is caught"),
  CAREFUL("forges only what nobody was given before, so that it never contradicts anyone"),
  SYBIL("computes nothing until it is caught, and comes back as somebody new"),
  DONOR_SWAP("forges a few units, and moves to another donor when it is caught"),
  KEY_SWAP("forges a few units, and begins anew with another key when it is caught"),
  REPLAY("computes everything, and has it taken twice"),
  RING("forges what another member has as well, computes everything else");

  private final String sentence;

  Kind(String sentence) {
    this.sentence = sentence;
  }

  /** What they do, without a subject. */
  public String sentence() {
    return sentence;
  }

  /** As it is written in a scenario. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one written so. */
  public static Optional<Kind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** How one computer of this kind behaves. */
  public Strategy strategy(Traits traits, Ring ring) {
    return switch (this) {
      case HONEST -> new Honest();
      case LAZY -> new Forger(1_000, 0, Move.STAY);
      case COPIER -> new Copier();
      case INFLATED_COUNT -> new Inflater(traits.percent(), true);
      case INFLATED_TIME -> new Inflater(traits.percent(), false);
      case HIT_AND_RUN -> new Forger(1_000, traits.after(), Move.NEW_KEY);
      case CHEAT_THEN_LEAVE -> new Leaver(traits);
      case LOW_RATE -> new Forger(traits.permille(), traits.after(), Move.STAY);
      case CAREFUL -> new Careful(traits);
      case SYBIL -> new Forger(1_000, traits.after(), Move.NEW_DONOR);
      case DONOR_SWAP -> new Forger(traits.permille(), traits.after(), Move.SWAP_DONOR);
      case KEY_SWAP -> new Forger(traits.permille(), traits.after(), Move.NEW_KEY);
      case REPLAY -> new Repeater();
      case RING -> new Member(ring);
    };
  }
}
