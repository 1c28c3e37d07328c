package org.almoner.coordinator.account;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;

/**
 * The hash of a secret text, with the donor whose it is. The text itself, 32 random octets in
 * hexadecimal, is shown once and kept nowhere.
 *
 * @param hash SHA-256 of the text
 * @param donor whose token it is
 * @param valid whether it still opens anything
 */
public record Token(Hash hash, DonorId donor, boolean valid) implements Row {
  /** Octets drawn for a token. */
  public static final int SIZE = 32;

  private static final int VERSION = 2;

  /** Draws the text of a new token. */
  public static String draw(SecureRandom random) {
    byte[] drawn = new byte[SIZE];
    random.nextBytes(drawn);
    return Bytes.of(drawn).toHex();
  }

  /** What is kept of a token's text. */
  public static Hash hashOf(String text) {
    return Hash.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Key of the row of a token with this hash. */
  public static String key(Hash hash) {
    return "token/" + hash.toHex();
  }

  /** Reads a row. */
  public static Token parse(Hash hash, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key(hash), row, VERSION);
    Token token = new Token(hash, new DonorId(in.fixed(DonorId.SIZE)), true);
    in.end();
    return token;
  }

  /** The same token, opening nothing any more. */
  public Token revoked() {
    return new Token(hash, donor, false);
  }

  @Override
  public String key() {
    return key(hash);
  }

  @Override
  public Bytes image() {
    return valid ? new RowWriter(VERSION).fixed(donor.octets()).finish() : REMOVED;
  }
}
