package org.almoner.coordinator.batch;

import java.util.Iterator;
import java.util.LinkedHashSet;
import org.almoner.protocol.bytes.Hash;

/**
 * Digests that batches of approved owners named lately, so that the blobs may be uploaded. Forgets
 * the oldest and everything at a restart: submitting again brings them back.
 */
public final class ExpectedBlobs {
  /** Most digests remembered. */
  public static final int DIGESTS_MAX = 20_000;

  private final LinkedHashSet<Hash> digests = new LinkedHashSet<>();

  /** A batch names this blob. */
  public synchronized void expect(Hash digest) {
    digests.remove(digest);
    digests.add(digest);
    if (digests.size() > DIGESTS_MAX) {
      Iterator<Hash> eldest = digests.iterator();
      eldest.next();
      eldest.remove();
    }
  }

  /** Whether a batch named this blob lately. */
  public synchronized boolean contains(Hash digest) {
    return digests.contains(digest);
  }
}
