package org.almoner.agent.sign;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.almoner.agent.durable.DamagedFile;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.NeedsOwner;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonValue;

/**
 * The Ed25519 key by which this computer is known to one coordinator.
 *
 * <p>It lies in {@value #FILE}, readable by its owner alone: a line of 64 hexadecimal digits, the
 * seed, and a line of 64 more, the agent's name that goes with it, by which a damaged seed is found
 * out. Whoever copies the file can sign as this computer.
 */
public final class AgentKey {
  /** Name of the file. */
  public static final String FILE = "agent-key";

  private static final int LINE = 2 * SigningKey.SEED_SIZE + 1;
  private static final int FILE_OCTETS = 2 * LINE;

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
    Optional<Bytes> kept = read(file, disk);
    if (kept.isPresent()) {
      if (!disk.isSecret(file)) {
        throw new NeedsOwner(
            file
                + " can be read by other users, so it may no longer be a secret; run chmod 600 on"
                + " it, or delete it to start with a new key");
      }
      return parse(file, kept.get());
    }
    SigningKey made = SigningKey.generate(random);
    AgentKey key = new AgentKey(made);
    disk.writeSecret(
        file, Bytes.utf8(Bytes.of(made.seed()).toHex() + "\n" + key.id().toHex() + "\n"));
    return key;
  }

  private static Optional<Bytes> read(Path file, Disk disk) throws IOException {
    try {
      return disk.read(file, FILE_OCTETS);
    } catch (DamagedFile e) {
      throw noKey(file);
    }
  }

  private static AgentKey parse(Path file, Bytes octets) throws IOException {
    String text = new String(octets.toArray(), java.nio.charset.StandardCharsets.US_ASCII);
    try {
      if (text.length() == FILE_OCTETS) {
        AgentKey key =
            new AgentKey(SigningKey.of(Bytes.parseHex(text.substring(0, LINE - 1)).toArray()));
        if (text.substring(LINE - 1).equals("\n" + key.id().toHex() + "\n")) {
          return key;
        }
      }
    } catch (IllegalArgumentException e) {
      // Said below, without the octets: they may be most of a key.
    }
    throw noKey(file);
  }

  private static NeedsOwner noKey(Path file) {
    return new NeedsOwner(
        file
            + " is not a key: expected two lines of 64 hexadecimal digits, the second of them the"
            + " name that goes with the first; restore it, or delete all of "
            + file.getParent()
            + " to start with a new key");
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
