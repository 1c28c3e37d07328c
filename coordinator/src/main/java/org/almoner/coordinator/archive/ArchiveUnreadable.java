package org.almoner.coordinator.archive;

import java.io.IOException;
import org.almoner.protocol.lease.BatchId;

/** What an archive holds cannot be read now. The store is as sound as before. */
public final class ArchiveUnreadable extends IOException {
  private static final long serialVersionUID = 1L;

  /** Of this batch, for that reason. */
  public ArchiveUnreadable(BatchId batch, IOException why) {
    super("the archive of batch " + batch + " cannot be read: " + why.getMessage(), why);
  }
}
