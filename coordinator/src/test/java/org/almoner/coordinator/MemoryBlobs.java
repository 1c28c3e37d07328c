package org.almoner.coordinator;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.almoner.coordinator.batch.BlobShelf;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;

final class MemoryBlobs implements BlobShelf {
  private final Map<Hash, byte[]> blobs = new ConcurrentHashMap<>();

  /** Names of the threads that opened what agents sent. */
  final Queue<String> readers = new ConcurrentLinkedQueue<>();

  private final Set<String> sent = ConcurrentHashMap.newKeySet();

  Hash put(byte[] octets) {
    Hash digest = Hash.sha256(octets);
    blobs.put(digest, octets);
    return digest;
  }

  @Override
  public OptionalLong size(Hash digest) {
    byte[] blob = blobs.get(digest);
    return blob == null ? OptionalLong.empty() : OptionalLong.of(blob.length);
  }

  @Override
  public Optional<InputStream> open(Hash digest) {
    return Optional.ofNullable(blobs.get(digest)).map(ByteArrayInputStream::new);
  }

  void send(AgentId agent, byte[] octets) {
    sent.add(agent + " " + put(octets));
  }

  @Override
  public Optional<InputStream> openSent(AgentId agent, Hash digest) {
    readers.add(Thread.currentThread().getName());
    return sent.contains(agent + " " + digest) ? open(digest) : Optional.empty();
  }
}
