package org.almoner.agent.world;

import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;

/** Keys that are the same in every run. */
public final class Identities {
  private Identities() {}

  public static SigningKey key(String of) {
    return SigningKey.of(Hash.sha256(Bytes.utf8("key of " + of).toArray()).toArray());
  }
}
