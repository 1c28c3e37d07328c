package org.almoner.coordinator;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.desk.Rebuilt;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.desk.ReleaseDesk;
import org.almoner.coordinator.desk.ReleaseView;
import org.almoner.coordinator.starter.StarterBatch;
import org.almoner.coordinator.writer.Job;
import org.almoner.ledger.entry.RecallEntry;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.release.Recall;

/** The verbs about releases. */
final class ReleaseVerbs implements ReleaseDesk {
  private final String origin;
  private final Rooms rooms;
  private final Function<Job<ReleaseView>, CompletableFuture<ReleaseView>> submit;

  /**
   * Speaks for the coordinator of that origin.
   *
   * @param submit decides on the writer's thread and answers on another
   */
  ReleaseVerbs(
      String origin,
      Rooms rooms,
      Function<Job<ReleaseView>, CompletableFuture<ReleaseView>> submit) {
    this.origin = origin;
    this.rooms = rooms;
    this.submit = submit;
  }

  @Override
  public List<ReleaseView> all() {
    return rooms.releases().newestFirst();
  }

  @Override
  public List<ReleaseView> find(Hash digest) {
    return rooms.releases().find(digest);
  }

  @Override
  public Optional<ReleaseView> of(BatchId id) {
    return rooms
        .batches()
        .find(id)
        .flatMap(batch -> rooms.releases().find(batch.spec().release(), batch.envelope().signer()));
  }

  @Override
  public CompletableFuture<ReleaseView> recall(Envelope signed) {
    RecallEntry entry;
    try {
      entry = RecallEntry.of(signed);
    } catch (BadSignature e) {
      return refused(
          401, "bad-signature", "The signature does not verify", String.valueOf(e.getMessage()));
    } catch (MalformedJson e) {
      return refused(400, "malformed", "Malformed record", String.valueOf(e.getMessage()));
    }
    if (!entry.recall().origin().equals(origin)) {
      return refused(
          422,
          "wrong-origin",
          "Meant for another coordinator",
          "the recall names origin " + entry.recall().origin() + "; this coordinator is " + origin);
    }
    return recall(entry);
  }

  @Override
  public CompletableFuture<ReleaseView> recall(Hash digest, String reason) {
    return recall(RecallEntry.ofOperator(new Recall(origin, digest, reason)));
  }

  private CompletableFuture<ReleaseView> recall(RecallEntry entry) {
    if (find(entry.recall().release()).stream()
        .anyMatch(release -> release.owner().equals(Batch.COORDINATOR))) {
      return refused(
          403,
          "not-yours",
          "This belongs to the coordinator",
          StarterBatch.PROJECT
              + " units are the coordinator's own: every computer begins with one, and without them"
              + " there is no other work; a newer Almoner brings another release of them");
    }
    return submit.apply(group -> rooms.recall(group, entry));
  }

  @Override
  public CompletableFuture<ReleaseView> keep(Hash digest, Rebuilt rebuilt) {
    return submit.apply(group -> rooms.releases().keep(group, digest, rebuilt));
  }

  private static CompletableFuture<ReleaseView> refused(
      int status, String slug, String title, String detail) {
    return CompletableFuture.failedFuture(new Refusal(status, slug, title, detail));
  }
}
