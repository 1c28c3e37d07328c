package org.almoner.protocol.identity;

import org.almoner.protocol.bytes.Hash;

/**
 * Names an agent at one coordinator: the SHA-256 of its public key.
 *
 * @param digest 32 octets
 */
public record AgentId(Hash digest) implements Comparable<AgentId> {
  /** The name of the agent that holds {@code key}. */
  public static AgentId of(PublicKey key) {
    return new AgentId(Hash.sha256(key.toArray()));
  }

  /** Reads 64 lowercase hexadecimal digits. */
  public static AgentId parseHex(String hex) {
    return new AgentId(Hash.parseHex(hex));
  }

  /** 64 lowercase hexadecimal digits. */
  public String toHex() {
    return digest.toHex();
  }

  /** The first eight digits, for people's eyes only. */
  public String brief() {
    return toHex().substring(0, 8);
  }

  @Override
  public int compareTo(AgentId other) {
    return digest.compareTo(other.digest);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
