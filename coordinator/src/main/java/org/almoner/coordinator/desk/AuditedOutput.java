package org.almoner.coordinator.desk;

import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** Where an output lies that an auditor may read. */
public sealed interface AuditedOutput {
  /** It travelled with a report. */
  record Inline(Bytes bundle) implements AuditedOutput {}

  /** It is among the outputs that were sent as blobs. */
  record Blob(Hash digest) implements AuditedOutput {}
}
