package org.almoner.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.almoner.coordinator.Stores;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.desk.Proven;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.ledger.tree.InclusionProof;
import org.almoner.ledger.witness.Cosigning;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.issue.StatementLog;

/** Shows a running coordinator to those who draw up statements. */
final class LogDesk implements StatementLog {
  private static final long WAIT_SECONDS = 60;

  private final Desk desk;
  private final Stores stores;
  private final List<VerifierKey> keys = new ArrayList<>();
  private final Optional<Cosigning> cosigning;

  /**
   * Shows {@code desk} and {@code stores}.
   *
   * @param cosigning whose quorum each document waits for, where there are witnesses
   */
  LogDesk(Desk desk, Stores stores, Optional<Cosigning> cosigning) {
    this.desk = desk;
    this.stores = stores;
    this.cosigning = cosigning;
    try {
      for (String key : desk.about().logKeys()) {
        keys.add(VerifierKey.parse(key));
      }
    } catch (MalformedNote e) {
      throw new IllegalStateException("the coordinator states a log key that cannot be read", e);
    }
  }

  @Override
  public String origin() {
    return desk.about().origin();
  }

  @Override
  public long maturitySeconds() {
    return desk.about().maturitySeconds();
  }

  @Override
  public boolean openPeriod() {
    return desk.about().openPeriod();
  }

  @Override
  public List<DonorId> donors() {
    return desk.donors();
  }

  @Override
  public List<UsageOpening> openings(DonorId donor) {
    return desk.openings(donor).stream()
        .map(line -> new UsageOpening(line.leaf(), line.salt(), line.part(), line.report()))
        .toList();
  }

  @Override
  public SignedCheckpoint checkpoint() {
    try {
      String note =
          stores
              .register()
              .read()
              .orElseThrow(() -> new IOException("the log has no checkpoint yet"));
      return open(note);
    } catch (IOException e) {
      throw new IllegalStateException("the log's checkpoint cannot be read", e);
    }
  }

  @Override
  public LogReader reader() {
    return new LogReader(stores.log());
  }

  @Override
  public boolean isErased(DonorId donor) {
    return desk.isErased(donor);
  }

  @Override
  public List<Logged> logStatements(List<Content> statements) throws IOException {
    return logged(statements, desk::logStatement);
  }

  @Override
  public List<Logged> logReceipts(List<Content> receipts) throws IOException {
    return logged(receipts, desk::logReceipt);
  }

  /** Hands in all of them before it waits for the first, so that the writer groups them. */
  private List<Logged> logged(
      List<Content> contents, BiFunction<DonorId, Bytes, CompletableFuture<Receipted>> log)
      throws IOException {
    List<CompletableFuture<Receipted>> logging = new ArrayList<>();
    for (Content content : contents) {
      logging.add(log.apply(content.donor(), content.record()));
    }
    List<Logged> logged = new ArrayList<>();
    for (CompletableFuture<Receipted> one : logging) {
      logged.add(logged(one));
    }
    return logged;
  }

  private Logged logged(CompletableFuture<Receipted> logging) throws IOException {
    try {
      Receipted receipted = logging.get(WAIT_SECONDS, TimeUnit.SECONDS);
      Proven proven = receipted.proven().get(0);
      if (cosigning.isPresent()) {
        return witnessed(proven, cosigning.get());
      }
      return new Logged(
          proven.leaf(),
          proven.salt(),
          new InclusionProof(proven.inclusion()),
          open(receipted.checkpoint()));
    } catch (ExecutionException e) {
      throw new IOException("the log did not take the record: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("the log did not answer within " + WAIT_SECONDS + " seconds", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the log took the record", e);
    }
  }

  /** The same entry under the next checkpoint that enough witnesses signed. */
  private Logged witnessed(Proven proven, Cosigning cosigning)
      throws IOException, InterruptedException {
    SignedCheckpoint checkpoint =
        cosigning.await(proven.leaf() + 1, TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
    InclusionProof inclusion = reader().inclusion(proven.leaf(), checkpoint.checkpoint().size());
    return new Logged(proven.leaf(), proven.salt(), inclusion, checkpoint);
  }

  @Override
  public long logWithdrawal(Withdrawal withdrawal) throws IOException {
    try {
      return desk.logWithdrawal(withdrawal).get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the log did not take the withdrawal: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("the log did not answer within " + WAIT_SECONDS + " seconds", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the log took the withdrawal", e);
    }
  }

  private SignedCheckpoint open(String note) throws IOException {
    try {
      return SignedCheckpoint.open(note, keys.get(0).name(), keys);
    } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
      throw new IOException("the log's checkpoint: " + e.getMessage(), e);
    }
  }
}
