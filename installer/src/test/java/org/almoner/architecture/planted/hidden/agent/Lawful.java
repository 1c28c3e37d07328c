package org.almoner.architecture.planted.hidden.agent;

public final class Lawful {
  Object seeded = new java.util.Random(42);
  Object keyed = new java.security.SecureRandom(new byte[32]);
  Object given =
      java.time.Instant.now(
          java.time.Clock.fixed(java.time.Instant.EPOCH, java.time.ZoneOffset.UTC));
}
