package org.almoner.coordinator.batch;

import java.io.IOException;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.ReleaseEntry;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.PublicKey;

/**
 * Where a release stands in the log, in clear; kept so that it is logged once for each owner who
 * signed it.
 *
 * @param digest of the release's payload
 * @param owner whose signature the entry carries
 */
public record ReleaseLogged(Hash digest, PublicKey owner, long leaf) implements Row {
  private static final int VERSION = 1;

  /** Whether the release of a batch is in the log, signed by the batch's owner. */
  public static boolean known(Group group, Batch batch) throws IOException {
    return group.octets(keyOf(batch.spec().release(), batch.envelope().signer())).isPresent();
  }

  /** The release of a batch, logged at {@code leaf}. */
  public static ReleaseLogged of(Batch batch, long leaf) {
    return new ReleaseLogged(batch.spec().release(), batch.envelope().signer(), leaf);
  }

  /** The entry of a batch's release. */
  public static Entry entry(Batch batch) {
    return new ReleaseEntry(batch.releaseEnvelope(), batch.release()).entry();
  }

  private static String keyOf(Hash digest, PublicKey owner) {
    return "release/" + digest.toHex() + "/" + owner.toHex();
  }

  @Override
  public String key() {
    return keyOf(digest, owner);
  }

  @Override
  public Bytes image() {
    return new RowWriter(VERSION).number(leaf).finish();
  }
}
