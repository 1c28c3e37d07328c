package org.almoner.coordinator.http.tls;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.almoner.protocol.bytes.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key in use. Certificates last two to three months and are renewed by a program of their own;
 * new files are taken without a restart, as soon as key and certificate belong together.
 */
public final class RenewableTls {
  /** Days before its end from which a certificate is warned of at each start and each renewal. */
  public static final int WARN_DAYS = 14;

  private static final Logger LOG = LoggerFactory.getLogger(RenewableTls.class);

  private final TlsFiles files;
  private volatile TlsKey key;
  private Hash looked;

  private RenewableTls(TlsFiles files, TlsKey key, Hash looked) {
    this.files = files;
    this.key = key;
    this.looked = looked;
  }

  /** Reads the files for the first time; throws in one sentence when they cannot serve. */
  public static RenewableTls open(TlsFiles files) throws IOException {
    Hash looked;
    try {
      looked = files.fingerprint(); // Before: what changes meanwhile is found by the next look.
    } catch (IOException e) {
      looked = Hash.ZERO;
    }
    return new RenewableTls(files, files.load(), looked);
  }

  /** What a connection that is accepted now is served with. */
  public SSLContext context() {
    return key.context();
  }

  /** When the certificate in use ends. */
  public Instant expires() {
    return key.expires();
  }

  /**
   * Looks whether the files have changed, and takes them if they can serve; otherwise says once why
   * not and goes on with what was there. To be called by one thread.
   *
   * @return whether another key is in use from now on
   */
  public boolean look(Instant now) {
    Hash found;
    try {
      found = files.fingerprint();
    } catch (IOException e) {
      return false; // In the middle of being replaced; a file that stays away is told at its end.
    }
    if (found.equals(looked)) {
      return false;
    }
    looked = found;
    try {
      key = files.load();
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("event", "tls-not-renewed")
          .log(
              "the TLS files have changed and cannot be used, the certificate before stays in use:"
                  + " {}",
              e.getMessage());
      return false;
    }
    LOG.atInfo()
        .addKeyValue("event", "tls-renewed")
        .log("the TLS files have changed and are used from now on");
    warning(now).ifPresent(LOG::warn);
    return true;
  }

  /** What to tell the operator of the certificate's end; empty while it is far. */
  public Optional<String> warning(Instant now) {
    long days = Duration.between(now, expires()).toDays();
    if (!expires().isAfter(now)) {
      return Optional.of(
          "the TLS certificate ended at " + expires() + ": callers refuse it; renew it now");
    }
    return days < WARN_DAYS
        ? Optional.of(
            "the TLS certificate ends in " + days + " days, at " + expires() + "; renew it")
        : Optional.empty();
  }
}
