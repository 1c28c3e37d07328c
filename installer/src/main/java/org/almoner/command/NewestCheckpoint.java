package org.almoner.command;

import java.time.Instant;
import java.util.Optional;
import org.almoner.coordinator.Coordinator;
import org.almoner.coordinator.http.page.LatestCheckpoint;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.note.CanonicalBase64;
import org.almoner.protocol.bytes.Bytes;

/** Shows the coordinator's page the log's newest checkpoint. */
final class NewestCheckpoint implements LatestCheckpoint {
  private final LogDesk log;
  private final Coordinator coordinator;

  NewestCheckpoint(LogDesk log, Coordinator coordinator) {
    this.log = log;
    this.coordinator = coordinator;
  }

  @Override
  public Optional<Published> read() {
    Checkpoint checkpoint = log.checkpoint().checkpoint();
    return Optional.of(
        new Published(
            checkpoint.origin(),
            checkpoint.size(),
            CanonicalBase64.encode(Bytes.of(checkpoint.root().toArray()))));
  }

  @Override
  public Optional<Instant> grewAt() {
    return coordinator.grewAt();
  }
}
