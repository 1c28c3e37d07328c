package org.almoner.coordinator.opening;

import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;

/**
 * Octets that only the holder of one key can read, AES-256-GCM.
 *
 * @param key under which they are sealed
 * @param nonce 12 octets, drawn for them alone
 * @param octets as sealed, with their 16-octet tag
 */
public record Sealed(KeyId key, Bytes nonce, Bytes octets) {
  /** Octets in a nonce. */
  public static final int NONCE_SIZE = 12;

  /** Reads what {@link #write} wrote. */
  public static Sealed read(RowReader in) throws DamagedRow {
    return new Sealed(new KeyId(in.fixed(KeyId.SIZE)), in.fixed(NONCE_SIZE), in.bytes());
  }

  /** Writes it into a row. */
  public void write(RowWriter out) {
    out.fixed(key.octets()).fixed(nonce).bytes(octets);
  }
}
