package org.almoner.coordinator.desk;

import java.util.List;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.release.Release;

/**
 * A release that was logged, as one owner signed it.
 *
 * @param owner the owner's name; empty for the coordinator's own starter release
 * @param signed as it was signed
 * @param leaf index of its entry in the log
 * @param recalled that it is leased no more; none or one
 * @param rebuilt what came of building it again; none or one
 */
public record ReleaseView(
    String owner,
    Envelope signed,
    Release release,
    long leaf,
    List<Recalled> recalled,
    List<Rebuilt> rebuilt) {
  /** Copies the lists. */
  public ReleaseView {
    recalled = List.copyOf(recalled);
    rebuilt = List.copyOf(rebuilt);
  }

  /** Digest of its payload: how everybody names it. */
  public Hash digest() {
    return signed.digest();
  }

  /** Whether somebody built the very same module from the recorded source. */
  public boolean reproducible() {
    return rebuilt.stream().anyMatch(r -> r.found() == Rebuilt.Found.REPRODUCIBLE);
  }
}
