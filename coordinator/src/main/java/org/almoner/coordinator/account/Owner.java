package org.almoner.coordinator.account;

import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.PublicKey;

/**
 * A project owner whose key the operator approved.
 *
 * @param name shown to volunteers, 1 to {@link #NAME_MAX} characters
 * @param signer what signs the owner's batches and releases
 */
public record Owner(String name, PublicKey signer) implements Row {
  /** Longest name, in characters. */
  public static final int NAME_MAX = 100;

  private static final int VERSION = 2;

  /** Key of the row of the owner with this key. */
  public static String key(PublicKey key) {
    return "owner/" + key.toHex();
  }

  /** Reads a row. */
  public static Owner parse(PublicKey key, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key(key), row, VERSION);
    Owner owner = new Owner(in.text(), key);
    in.end();
    return owner;
  }

  @Override
  public String key() {
    return key(signer);
  }

  @Override
  public Bytes image() {
    return new RowWriter(VERSION).text(name).finish();
  }
}
