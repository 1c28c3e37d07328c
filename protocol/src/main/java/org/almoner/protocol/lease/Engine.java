package org.almoner.protocol.lease;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What runs a unit on a volunteer's computer. Two of them run the same Wasm module and must give
 * the same output and count, so that each checks the other.
 */
public enum Engine {
  /** Wasm in a Java machine: runs everywhere. */
  PORTABLE,
  /** Wasm compiled ahead of time to a program of the computer's own, in a sandbox. */
  FAST,
  /** A program of the owner's for this kind of computer, in a sandbox; nothing is counted. */
  NATIVE;

  /** As it is written in records. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The engine that {@link #text} names. */
  public static Optional<Engine> of(String text) {
    return Stream.of(values()).filter(engine -> engine.text().equals(text)).findFirst();
  }

  /**
   * As {@link #of}, for readers of records.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public static Engine parse(String text) {
    return of(text)
        .orElseThrow(
            () -> new IllegalArgumentException("expected portable, fast or native, got " + text));
  }
}
