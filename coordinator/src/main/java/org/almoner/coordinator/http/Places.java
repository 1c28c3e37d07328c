package org.almoner.coordinator.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Places for blobs on their way in, of which no sender has more than a share. */
final class Places {
  private final int most;
  private final int mostOfOne;
  private final Map<String, Integer> taken = new HashMap<>();
  private int all;

  Places(int most, int mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  /** Takes a place; says why in one sentence when there is none, and takes nothing. */
  synchronized Optional<String> take(String sender) {
    if (all >= most) {
      return Optional.of(most + " blobs are being received, no more at once; try again later");
    }
    if (taken.getOrDefault(sender, 0) >= mostOfOne) {
      return Optional.of(
          mostOfOne
              + " blobs are being received from this sender, no more at once; wait for one of"
              + " them");
    }
    all++;
    taken.merge(sender, 1, Integer::sum);
    return Optional.empty();
  }

  /** Gives a place back. */
  synchronized void leave(String sender) {
    all--;
    taken.computeIfPresent(sender, (who, places) -> places > 1 ? places - 1 : null);
  }
}
