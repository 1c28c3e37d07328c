package org.almoner.coordinator.starter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BlobRef;

/** The module that starter units run, as this program carries it. */
public final class StarterModule {
  /** Its octets; {@code docs/examples/starter} says how they were built. */
  public static final Bytes OCTETS = Bytes.of(resource("starter.wasm"));

  /** How it is named. */
  public static final Hash DIGEST = Hash.sha256(OCTETS.toArray());

  private StarterModule() {}

  /** How a release names it. */
  static BlobRef blob() {
    return new BlobRef("starter.wasm", DIGEST, OCTETS.size());
  }

  static byte[] resource(String name) {
    try (InputStream in = StarterModule.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("this program was built without " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
