package org.almoner.coordinator.desk;

import java.util.Set;
import org.almoner.protocol.access.Scope;

/**
 * What an owner's token is good for.
 *
 * @param owner the owner's name
 * @param name what the owner calls the token
 * @param scopes what it opens
 */
public record OwnerPass(String owner, String name, Set<Scope> scopes) {
  /** Copies the set. */
  public OwnerPass {
    scopes = Set.copyOf(scopes);
  }
}
