package org.almoner.agent.run.wasm;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.almoner.agent.run.snapshot.MalformedSnapshot;
import org.almoner.agent.run.snapshot.SnapshotInput;
import org.almoner.agent.run.snapshot.SnapshotOutput;
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
        nextBlock();
      }
      octets[i] = block[used++];
    }
  }

  private void nextBlock() {
    block =
        Hash.sha256(seed.toArray(), ByteBuffer.allocate(Long.BYTES).putLong(next++).array())
            .toArray();
    used = 0;
  }

  void save(SnapshotOutput out) throws IOException {
    out.i64(next * Hash.SIZE - (block.length - used));
  }

  void load(SnapshotInput in) throws IOException, MalformedSnapshot {
    long given = in.i64(Long.MAX_VALUE);
    next = given / Hash.SIZE;
    block = new byte[0];
    used = 0;
    if (given % Hash.SIZE != 0) {
      nextBlock();
      used = (int) (given % Hash.SIZE);
    }
  }
}
