package org.almoner.tax.donor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.register.DurableFile;
import org.almoner.tax.register.EventFile;

/**
 * One AES-256 key for each donor, in a private file of its own: whoever destroys a donor's key has
 * destroyed everything that was sealed under it, wherever it lies.
 *
 * <p>One line a donor: the pseudonym, a space, the key, in hexadecimal digits.
 */
final class DonorKeys {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_AT = 2 * DonorId.SIZE + 1;
  private static final String CIPHER = "AES/GCM/NoPadding";

  private final Path path;
  private final SecureRandom random;
  private final Map<DonorId, Bytes> keys = new TreeMap<>();
  private EventFile file;

  private DonorKeys(Path path, SecureRandom random) {
    this.path = path;
    this.random = random;
    this.file = new EventFile(path);
  }

  static DonorKeys open(Path path, SecureRandom random) throws IOException {
    DonorKeys keys = new DonorKeys(path, random);
    keys.file.open(
        (number, line) -> {
          String text = new String(line.toArray(), StandardCharsets.US_ASCII);
          if (!text.matches("[0-9a-f]{32} [0-9a-f]{64}")) {
            throw new IOException(path + " is damaged: line " + number + " is no key");
          }
          DonorId donor = DonorId.parseHex(text.substring(0, KEY_AT - 1));
          keys.keys.put(donor, Bytes.parseHex(text.substring(KEY_AT)));
        });
    return keys;
  }

  boolean has(DonorId donor) {
    return keys.containsKey(donor);
  }

  /** Draws a key for each of {@code donors} that has none; they are on disk on return. */
  void draw(Collection<DonorId> donors) throws IOException {
    Map<DonorId, Bytes> drawn = new TreeMap<>();
    List<byte[]> lines = new ArrayList<>();
    for (DonorId donor : donors) {
      if (!has(donor) && !drawn.containsKey(donor)) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        drawn.put(donor, Bytes.of(key));
        lines.add(line(donor, Bytes.of(key)));
      }
    }
    file.append(lines);
    keys.putAll(drawn);
  }

  /** Destroys a donor's key; it is not on disk any more on return. */
  void destroy(DonorId donor) throws IOException {
    if (!has(donor)) {
      return;
    }
    ByteArrayOutputStream left = new ByteArrayOutputStream();
    keys.forEach(
        (each, key) -> {
          if (!each.equals(donor)) {
            left.writeBytes(line(each, key));
            left.write('\n');
          }
        });
    DurableFile.write(path, left.toByteArray());
    file = new EventFile(path);
    keys.remove(donor);
  }

  private static byte[] line(DonorId donor, Bytes key) {
    return (donor.toHex() + " " + key.toHex()).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Seals octets under the donor's key, which must have been drawn: nonce, then ciphertext with its
   * tag.
   *
   * @param purpose what they are; it and the pseudonym are authenticated with them
   */
  Bytes seal(DonorId donor, String purpose, byte[] octets) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, donor, purpose, nonce).doFinal(octets);
      byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
      return Bytes.of(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES-GCM", e);
    }
  }

  /** Opens what {@link #seal} gave; empty when the donor has no key or it was sealed otherwise. */
  Optional<Bytes> open(DonorId donor, String purpose, Bytes sealed) {
    if (!has(donor) || sealed.size() < NONCE_BYTES) {
      return Optional.empty();
    }
    byte[] all = sealed.toArray();
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, donor, purpose, Arrays.copyOf(all, NONCE_BYTES));
      return Optional.of(Bytes.of(cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, DonorId donor, String purpose, byte[] nonce)
      throws GeneralSecurityException {
    Bytes key = keys.get(donor);
    if (key == null) {
      throw new IllegalStateException("no key was drawn for " + donor);
    }
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(
        mode, new SecretKeySpec(key.toArray(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((purpose + "\n" + donor.toHex()).getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }
}
