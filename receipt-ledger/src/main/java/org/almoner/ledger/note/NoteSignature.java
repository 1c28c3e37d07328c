package org.almoner.ledger.note;

import java.nio.ByteBuffer;
import org.almoner.protocol.bytes.Bytes;

/**
 * One signature line: {@code — <key name> <base64(key id || signature)>}.
 *
 * @param name name of the key, not unique by itself
 * @param keyId first four octets of a digest of name, type and key
 * @param signature what the key made, at least one octet; its form depends on the key's type
 * @see <a href="https://c2sp.org/signed-note">c2sp.org/signed-note</a>
 */
public record NoteSignature(String name, int keyId, Bytes signature) {
  private static final String DASH = "\u2014 ";
  private static final int KEY_ID_OCTETS = 4;

  /** Refuses a bad name and an empty signature. */
  public NoteSignature {
    KeyName.checked(name);
    if (signature.size() == 0) {
      throw new IllegalArgumentException("the signature of " + name + " is empty");
    }
  }

  /**
   * Reads a line, without its newline.
   *
   * @throws MalformedNote saying which part is wrong
   */
  public static NoteSignature parse(String line) throws MalformedNote {
    if (!line.startsWith(DASH)) {
      throw new MalformedNote("a signature line starts with an em dash and a space: " + line);
    }
    int space = line.indexOf(' ', DASH.length());
    if (space < 0) {
      throw new MalformedNote("a signature line is a name, a space and base64: " + line);
    }
    try {
      byte[] octets = CanonicalBase64.decode(line.substring(space + 1)).toArray();
      if (octets.length <= KEY_ID_OCTETS) {
        throw new MalformedNote("a signature is a key id and at least one octet: " + line);
      }
      ByteBuffer in = ByteBuffer.wrap(octets);
      int keyId = in.getInt();
      byte[] signature = new byte[in.remaining()];
      in.get(signature);
      return new NoteSignature(line.substring(DASH.length(), space), keyId, Bytes.of(signature));
    } catch (IllegalArgumentException e) {
      throw new MalformedNote("signature line: " + e.getMessage());
    }
  }

  /** The line, without its newline. */
  public String format() {
    byte[] octets =
        ByteBuffer.allocate(KEY_ID_OCTETS + signature.size())
            .putInt(keyId)
            .put(signature.toArray())
            .array();
    return DASH + name + " " + CanonicalBase64.encode(Bytes.of(octets));
  }
}
