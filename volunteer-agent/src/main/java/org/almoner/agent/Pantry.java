package org.almoner.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almoner.agent.blob.BlobCache;
import org.almoner.agent.contact.Answer;
import org.almoner.agent.contact.CoordinatorClient;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.LeaseRequest;

/**
 * Lays out the files of one coordinator's units: from the cache, which all share, or else from it.
 */
final class Pantry {
  private final BlobCache cache;
  private final CoordinatorClient client;
  private volatile List<Hash> here;

  Pantry(BlobCache cache, CoordinatorClient client) throws IOException {
    this.cache = cache;
    this.client = client;
    this.here = cache.newest(LeaseRequest.BLOBS_MAX);
  }

  /** Some of what needs no download, last used first; nobody waits for a download to learn it. */
  List<Hash> here() {
    return here;
  }

  /** Files of a unit, laid out. */
  record Laid(Map<BlobRef, Path> files) {
    Path file(BlobRef blob) {
      return Optional.ofNullable(files.get(blob)).orElseThrow();
    }
  }

  /**
   * A verified file for each blob, or the first answer that stands against it. One unit at a time:
   * two would only share the line. The files stay until {@link #clear} is called for them.
   */
  synchronized Answer<Laid> layOut(Set<BlobRef> blobs) throws IOException, InterruptedException {
    cache.hold(blobs);
    Map<BlobRef, Path> files = new LinkedHashMap<>();
    for (BlobRef blob : blobs) {
      Optional<Path> kept = cache.find(blob);
      if (kept.isEmpty()) {
        Path incoming = cache.incoming(blob);
        Answer<Path> answer = client.download(blob, incoming);
        if (!(answer instanceof Answer.Given<Path> given)) {
          cache.discard(incoming);
          return answer.match(
              file -> new Answer.Given<>(new Laid(files)),
              Answer.Refused::new,
              not -> new Answer.Unavailable<>(not.sentence(), not.retryAfter()));
        }
        kept = Optional.of(cache.keep(blob, given.value()));
        cache.trim();
      }
      files.put(blob, kept.get());
    }
    here = cache.newest(LeaseRequest.BLOBS_MAX);
    return new Answer.Given<>(new Laid(files));
  }

  /** The files of a unit are no longer in use; called once for each {@link #layOut}. */
  void clear(Set<BlobRef> blobs) {
    cache.release(blobs);
  }

  /** Removes what no unit needs, so that the disk has more room. */
  void makeRoom() throws IOException {
    cache.empty();
    here = cache.newest(LeaseRequest.BLOBS_MAX);
  }
}
