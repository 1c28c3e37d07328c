package org.almoner.coordinator.batch;

import java.io.IOException;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.coordinator.writer.Group;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.ReleaseEntry;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * Where a release stands in the log, in clear; kept so that it is logged once.
 *
 * @param digest of the release's payload
 */
public record ReleaseLogged(Hash digest, long leaf) implements Row {
  private static final int VERSION = 1;

  /** Whether the release is in the log. */
  public static boolean known(Group group, Hash digest) throws IOException {
    return group.octets(keyOf(digest)).isPresent();
  }

  /** The entry of a batch's release. */
  public static Entry entry(Batch batch) {
    return new ReleaseEntry(batch.releaseEnvelope(), batch.release()).entry();
  }

  private static String keyOf(Hash digest) {
    return "release/" + digest.toHex();
  }

  @Override
  public String key() {
    return keyOf(digest);
  }

  @Override
  public Bytes image() {
    return new RowWriter(VERSION).number(leaf).finish();
  }
}
