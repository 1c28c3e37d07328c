package org.almoner.coordinator.batch;

import java.io.IOException;
import java.util.Optional;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BlobRef;

/** Says whether a module may be run by volunteers. Asked on the submitter's thread. */
@FunctionalInterface
public interface Admission {
  /**
   * Why the module is not admitted, in one sentence; empty when it is.
   *
   * @param module a blob that is here
   * @param allotment what each unit may take
   * @throws IOException when the blob cannot be read
   */
  Optional<String> refusal(BlobRef module, Allotment allotment) throws IOException;
}
