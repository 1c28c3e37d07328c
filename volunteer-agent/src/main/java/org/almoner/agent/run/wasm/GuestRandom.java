package org.almoner.agent.run.wasm;

import java.nio.ByteBuffer;
import org.almoner.protocol.bytes.Hash;

/**
 * The guest's random octets: the same for every replica of a unit. Block i is SHA-256 of the seed
 * and i as a big-endian 64-bit number; the octets of the blocks in order are the stream.
 */
final class GuestRandom {
  private final Hash seed;
  private byte[] block = new byte[0];
  private int used;
  private long next;

  GuestRandom(Hash seed) {
    this.seed = seed;
  }

  void fill(byte[] octets) {
    for (int i = 0; i < octets.length; i++) {
      if (used == block.length) {
        block =
            Hash.sha256(seed.toArray(), ByteBuffer.allocate(Long.BYTES).putLong(next++).array())
                .toArray();
        used = 0;
      }
      octets[i] = block[used++];
    }
  }
}
