package org.almoner.coordinator.desk;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.lease.BatchId;

/** What may be asked of the releases that were logged; as the rest of the {@link Desk}. */
public interface ReleaseDesk {
  /** All of them, the newest first. */
  List<ReleaseView> all();

  /** The release of that digest, as each owner signed it; none when there is no such. */
  List<ReleaseView> find(Hash digest);

  /** The release of a batch; empty when there is no such batch. */
  Optional<ReleaseView> of(BatchId batch);

  /**
   * An owner recalls what the same key signed: logged, and from then on nothing of it is leased and
   * no batch of it is taken, for good.
   */
  CompletableFuture<ReleaseView> recall(Envelope recall);

  /** The operator recalls a release, whoever signed it. */
  CompletableFuture<ReleaseView> recall(Hash digest, String reason);

  /** Keeps what came of building a release again; the last word counts. */
  CompletableFuture<ReleaseView> keep(Hash digest, Rebuilt rebuilt);
}
