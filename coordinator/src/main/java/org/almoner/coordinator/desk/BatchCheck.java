package org.almoner.coordinator.desk;

import java.util.List;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.BlobRef;

/**
 * How a batch would be taken if it were submitted now; nothing was changed to find out.
 *
 * @param owner the approved owner whose key signed it
 * @param submitted whether it was submitted before
 * @param missing blobs to be uploaded first; until its module is here, nothing is said of that
 */
public record BatchCheck(BatchId id, String owner, boolean submitted, List<BlobRef> missing) {
  /** Copies the list. */
  public BatchCheck {
    missing = List.copyOf(missing);
  }
}
