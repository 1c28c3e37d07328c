package org.almoner.coordinator.http.route;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;

/**
 * Donors who are signed in with a browser, under names drawn for one sitting.
 *
 * <p>In memory alone: a name ends with {@link #LASTS}, with signing out and with the process, and
 * opens nothing but the donor's own page. So the browser need not keep the token, which opens the
 * same for ever. Names are found by their SHA-256.
 */
public final class Sessions {
  /** How long a donor stays signed in. */
  public static final Duration LASTS = Duration.ofHours(12);

  /** Most donors signed in at once; one more signs out who signed in first. */
  public static final int SESSIONS_MAX = 10_000;

  private static final int NAME_OCTETS = 32;

  private final SecureRandom random;
  private final InstantSource clock;
  private final Map<Hash, Session> oldestFirst = new LinkedHashMap<>();

  /** Nobody is signed in. */
  public Sessions(SecureRandom random, InstantSource clock) {
    this.random = random;
    this.clock = clock;
  }

  private record Session(DonorId donor, long endMs) {}

  /** Signs a donor in; returns the name of the session, 64 hex digits. */
  public synchronized String open(DonorId donor) {
    byte[] octets = new byte[NAME_OCTETS];
    random.nextBytes(octets);
    String name = Bytes.of(octets).toHex();
    oldestFirst.put(digest(name), new Session(donor, clock.millis() + LASTS.toMillis()));
    if (oldestFirst.size() > SESSIONS_MAX) {
      oldestFirst.remove(oldestFirst.keySet().iterator().next());
    }
    return name;
  }

  /** Who is signed in under that name. */
  public synchronized Optional<DonorId> donorOf(String name) {
    Iterator<Session> oldest = oldestFirst.values().iterator();
    while (oldest.hasNext() && oldest.next().endMs() <= clock.millis()) {
      oldest.remove();
    }
    return Optional.ofNullable(oldestFirst.get(digest(name))).map(Session::donor);
  }

  /** Signs out. */
  public synchronized void close(String name) {
    oldestFirst.remove(digest(name));
  }

  private static Hash digest(String name) {
    return Hash.sha256(name.getBytes(StandardCharsets.UTF_8));
  }
}
