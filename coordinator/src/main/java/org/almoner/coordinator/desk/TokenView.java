package org.almoner.coordinator.desk;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.almoner.protocol.access.Scope;

/**
 * One of an owner's tokens, without what would open anything.
 *
 * @param name what the owner calls it
 * @param scopes what it opens
 * @param createdMs when it was made, coordinator's clock
 * @param expiresMs it opens nothing from then on
 * @param lastUsedDay the UTC day on which it was used last, in days since 1970; negative when it
 *     never was
 */
public record TokenView(
    String name, Set<Scope> scopes, long createdMs, long expiresMs, long lastUsedDay) {
  /** Never used. */
  public static final long NEVER = -1;

  /** Copies the set. */
  public TokenView {
    scopes = Set.copyOf(scopes);
  }

  /** The UTC day on which it was used last. */
  public Optional<LocalDate> lastUsed() {
    return lastUsedDay < 0 ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(lastUsedDay));
  }
}
