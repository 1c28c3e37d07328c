package org.almoner.coordinator.http;

import java.net.URI;
import org.almoner.coordinator.http.rate.RateLimits;
import org.almoner.protocol.bytes.Hash;

/**
 * What the operator decides about the coordinator's face.
 *
 * @param listen where, and whether with TLS
 * @param limits how much at once
 * @param rates how often anyone may ask
 * @param operatorToken SHA-256 of the operator's token
 * @param source where the running program's source is, as its licence asks
 */
public record HttpSettings(
    Listen listen, HttpLimits limits, RateLimits rates, Hash operatorToken, URI source) {
  /** Refuses a source link that no browser could follow. */
  public HttpSettings {
    if (!"https".equals(source.getScheme()) && !"http".equals(source.getScheme())) {
      throw new IllegalArgumentException(
          "the source link must start with https:// or http://, got " + source);
    }
  }

  /** With the standard of how often anyone may ask. */
  public HttpSettings(Listen listen, HttpLimits limits, Hash operatorToken, URI source) {
    this(listen, limits, RateLimits.standard(), operatorToken, source);
  }
}
