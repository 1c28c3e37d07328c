package org.almoner.protocol.access;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a token opens. */
public enum Scope {
  /** Uploads, checks and submits. */
  SUBMIT("submit"),
  /** Reads units, results and outputs of the owner's own batches. */
  READ("read"),
  /** Cancels the owner's own batches. */
  MANAGE("manage");

  /** All of them. */
  public static final Set<Scope> ALL = Collections.unmodifiableSet(EnumSet.allOf(Scope.class));

  private final String word;

  Scope(String word) {
    this.word = word;
  }

  /** As it is written. */
  public String word() {
    return word;
  }

  /**
   * Reads a scope.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static Scope of(String word) {
    return Arrays.stream(values())
        .filter(scope -> scope.word.equals(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("expected submit, read or manage, got " + word));
  }

  /** The words of {@code scopes}, in the order of this enum. */
  public static List<String> words(Set<Scope> scopes) {
    return scopes.stream().sorted().map(Scope::word).toList();
  }
}
