package org.almoner.agent.sign;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.almoner.agent.durable.Disk;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonValue;

/**
 * The Ed25519 key by which this computer is known to one coordinator.
 *
 * <p>It lies in {@value #FILE}: 64 hexadecimal digits of the seed and a newline, readable by its
 * owner alone. Whoever copies the file can sign as this computer.
 */
public final class AgentKey {
  /** Name of the file. */
  public static final String FILE = "agent-key";

  private static final int FILE_OCTETS = 2 * SigningKey.SEED_SIZE + 1;

  private final SigningKey key;

  private AgentKey(SigningKey key) {
    this.key = key;
  }

  /**
   * Reads the key of {@code directory}, or makes it.
   *
   * @throws IOException also when others may read the file or when it is no key; the message says
   *     what to do
   */
  public static AgentKey openOrCreate(Path directory, Disk disk, SecureRandom random)
      throws IOException {
    Path file = directory.resolve(FILE);
    Optional<Bytes> kept = disk.read(file, FILE_OCTETS);
    if (kept.isPresent()) {
      if (!disk.isSecret(file)) {
        throw new IOException(
            file
                + " can be read by other users, so it may no longer be a secret; run chmod 600 on"
                + " it, or delete it to start with a new key");
      }
      return new AgentKey(parse(file, kept.get()));
    }
    SigningKey made = SigningKey.generate(random);
    disk.writeSecret(file, Bytes.utf8(Bytes.of(made.seed()).toHex() + "\n"));
    return new AgentKey(made);
  }

  private static SigningKey parse(Path file, Bytes octets) throws IOException {
    String text = new String(octets.toArray(), java.nio.charset.StandardCharsets.US_ASCII);
    try {
      if (text.length() == FILE_OCTETS && text.endsWith("\n")) {
        return SigningKey.of(Bytes.parseHex(text.substring(0, FILE_OCTETS - 1)).toArray());
      }
    } catch (IllegalArgumentException e) {
      // Said below, without the octets: they may be most of a key.
    }
    throw new IOException(
        file
            + " is not a key: expected 64 hexadecimal digits and a newline; restore it, or delete"
            + " it to start with a new key");
  }

  /** The name that goes with the key. */
  public AgentId id() {
    return AgentId.of(key.publicKey());
  }

  /** The half that may be shown. */
  public PublicKey publicKey() {
    return key.publicKey();
  }

  /** Signs {@code record} as a {@code kind}. */
  public Envelope sign(Envelope.Kind kind, JsonValue.Obj record) {
    return Envelope.sign(kind, record, key);
  }
}
