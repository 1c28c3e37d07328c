package org.almoner.ledger.witness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.almoner.ledger.append.CheckpointRegister;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.NoteSignature;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.read.LogReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks witnesses to sign each checkpoint after it is published; publication never waits for them.
 *
 * <p>A witness that does not answer is asked again with the next checkpoint, or after some seconds.
 */
public final class Cosigning implements AutoCloseable {
  /** How often the register is looked at, in milliseconds. */
  static final long LOOK_MS = 200;

  /** After so many looks a checkpoint that not enough witnesses signed is sent out again. */
  static final int PATIENCE_LOOKS = 25;

  /** Longest wait for witnesses that are being asked when the coordinator ends, in seconds. */
  private static final long CLOSE_SECONDS_MAX = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Cosigning.class);

  private final WitnessPolicy policy;
  private final List<VerifierKey> logKeys;
  private final CheckpointRegister register;
  private final LogReader reader;
  private final Map<String, Asked> witnesses = new HashMap<>();
  private final ExecutorService threads;
  private final ScheduledExecutorService looking;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition reached = lock.newCondition();
  private volatile Optional<SignedNote> newest = Optional.empty();
  private volatile Optional<SignedCheckpoint> quorum = Optional.empty();
  private Optional<String> sent = Optional.empty();
  private int looks;

  /** One witness; asked by one thread at a time. */
  private static final class Asked {
    private final WitnessClient client;
    private final CosignerKey key;

    /** The size it signed last, as far as is known. */
    private long size;

    Asked(WitnessClient client, CosignerKey key) {
      this.client = client;
      this.key = key;
    }
  }

  /**
   * Begins to ask.
   *
   * @param clients a way to each witness of {@code policy}, by name
   * @param logKeys the log's keys, at least one
   */
  public Cosigning(
      WitnessPolicy policy,
      Map<String, WitnessClient> clients,
      List<VerifierKey> logKeys,
      CheckpointRegister register,
      LogReader reader) {
    this.policy = policy;
    this.logKeys = List.copyOf(logKeys);
    this.register = register;
    this.reader = reader;
    clients.forEach(
        (name, client) -> {
          WitnessPolicy.Member member = policy.witnesses().get(name);
          if (member == null) {
            throw new IllegalArgumentException("the policy has no witness " + name);
          }
          witnesses.put(name, new Asked(client, member.key()));
        });
    this.threads = Executors.newFixedThreadPool(Math.max(1, clients.size()), Cosigning::daemon);
    this.looking = Executors.newSingleThreadScheduledExecutor(Cosigning::daemon);
    var unused = looking.scheduleWithFixedDelay(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "cosigning");
    thread.setDaemon(true);
    return thread;
  }

  /** The checkpoint {@code note} with the cosignatures that are known of it. */
  public String over(String note) {
    return newest
        .filter(known -> note.startsWith(known.text() + "\n"))
        .map(SignedNote::format)
        .orElse(note);
  }

  /**
   * The newest checkpoint that enough witnesses signed, with their lines; empty until they did.
   * {@link #over} may be newer and lack them for a moment.
   */
  public Optional<String> signed() {
    return quorum.map(checkpoint -> checkpoint.note().format());
  }

  /**
   * Waits for a checkpoint of at least {@code size} entries that enough witnesses signed.
   *
   * @param waitMs at most so long
   * @throws IOException when there is none by then
   */
  public SignedCheckpoint await(long size, long waitMs) throws IOException, InterruptedException {
    long leftNanos = TimeUnit.MILLISECONDS.toNanos(waitMs);
    lock.lockInterruptibly();
    try {
      while (quorum.isEmpty() || quorum.get().checkpoint().size() < size) {
        if (leftNanos <= 0) {
          throw new IOException(
              "not enough witnesses signed a checkpoint of "
                  + size
                  + " entries within "
                  + waitMs
                  + " ms; see that the witnesses of the policy are running, then try again");
        }
        leftNanos = reached.awaitNanos(leftNanos);
      }
      return quorum.get();
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    try {
      Optional<String> note = register.read();
      looks++;
      if (note.isPresent() && (!note.equals(sent) || (looks > PATIENCE_LOOKS && !satisfied()))) {
        looks = 0;
        sent = note;
        collect(note.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException
        | MalformedNote
        | MalformedCheckpoint
        | NoteRejected
        | RuntimeException e) {
      LOG.atWarn().setCause(e).log("the witnesses could not be asked");
      sent = Optional.empty();
    }
  }

  /** Whether enough witnesses signed the very checkpoint that was sent out last. */
  private boolean satisfied() {
    return quorum.isPresent()
        && sent.filter(note -> note.startsWith(quorum.get().note().text() + "\n")).isPresent();
  }

  private void collect(String note)
      throws IOException, InterruptedException, MalformedNote, MalformedCheckpoint, NoteRejected {
    SignedCheckpoint signed = open(SignedNote.parse(note));
    List<Callable<Optional<NoteSignature>>> tasks = new ArrayList<>();
    witnesses.forEach((name, asked) -> tasks.add(() -> ask(name, asked, signed)));
    List<NoteSignature> lines = new ArrayList<>();
    for (Future<Optional<NoteSignature>> answer : threads.invokeAll(tasks)) {
      try {
        answer.get().ifPresent(lines::add);
      } catch (ExecutionException e) {
        throw new IOException("asking a witness failed", e.getCause());
      }
    }
    if (lines.isEmpty()) {
      return;
    }
    SignedNote cosigned = signed.note().with(lines);
    newest = Optional.of(cosigned);
    if (policy.satisfied(policy.signed(cosigned))) {
      reached(open(cosigned));
    }
  }

  private SignedCheckpoint open(SignedNote note) throws MalformedCheckpoint, NoteRejected {
    return SignedCheckpoint.open(note, logKeys.get(0).name(), logKeys);
  }

  private void reached(SignedCheckpoint checkpoint) {
    lock.lock();
    try {
      quorum = Optional.of(checkpoint);
      reached.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Optional<NoteSignature> ask(String name, Asked asked, SignedCheckpoint signed)
      throws InterruptedException {
    try {
      WitnessClient.Answer answer = add(asked, signed);
      if (answer.status() == 409) {
        asked.size = size(answer.body(), signed.checkpoint());
        answer = add(asked, signed);
      }
      if (answer.status() != 200) {
        LOG.atWarn()
            .addKeyValue("witness", name)
            .addKeyValue("status", answer.status())
            .log("a witness did not sign: {}", answer.body().strip());
        return Optional.empty();
      }
      Optional<NoteSignature> line = ownLine(asked.key, answer.body(), signed.note().text());
      line.ifPresent(signature -> asked.size = signed.checkpoint().size());
      return line;
    } catch (IOException | MalformedNote e) {
      LOG.atWarn().addKeyValue("witness", name).log("a witness gave no answer: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private WitnessClient.Answer add(Asked asked, SignedCheckpoint signed)
      throws IOException, InterruptedException {
    long old = asked.size;
    AddCheckpoint request =
        new AddCheckpoint(old, reader.consistency(old, signed.checkpoint().size()), signed.note());
    return asked.client.add(request.format());
  }

  /** The size in a witness's refusal; one beyond the log's own is a log that was rolled back. */
  private static long size(String body, Checkpoint own) throws IOException {
    try {
      long size = Long.parseLong(body.strip());
      if (size < 0 || size > own.size()) {
        throw new IOException(
            "it signed a checkpoint of "
                + size
                + " entries, this log has "
                + own.size()
                + ": was the store restored from a backup?");
      }
      return size;
    } catch (NumberFormatException e) {
      throw new IOException("it answered 409 without a size: " + body.strip(), e);
    }
  }

  private static Optional<NoteSignature> ownLine(CosignerKey key, String body, String text)
      throws MalformedNote {
    for (String line : body.lines().toList()) {
      NoteSignature signature = NoteSignature.parse(line);
      if (signature.name().equals(key.name()) && signature.keyId() == key.keyId()) {
        if (!key.verifies(text, signature.signature())) {
          throw new MalformedNote("its signature does not fit the checkpoint");
        }
        return Optional.of(signature);
      }
    }
    throw new MalformedNote("it answered without a signature of its key");
  }

  /** Lets what is under way end: a store whose reader is interrupted may close its files. */
  @Override
  public void close() {
    looking.shutdown();
    try {
      if (!looking.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOG.atWarn().log("a witness is still being asked");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
  }
}
