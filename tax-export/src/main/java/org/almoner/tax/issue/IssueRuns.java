package org.almoner.tax.issue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.register.DurableFile;
import org.almoner.tax.seal.SealRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs over many donors, one at a time, on a thread of their own. What is asked for is written down
 * first, so that a run that a kill cut short goes on at the next start; documents that were issued
 * stand, and the summary is of all donors again. A run that a refused seal stopped goes on by
 * itself, after a minute at first and then after twice as long each time, up to an hour.
 */
public final class IssueRuns {
  /** Most donors that can be named; a run over all has no limit. */
  public static final int DONORS_MAX = 10_000;

  /** Time after the first refusal of a seal until the run goes on; twice that after the second. */
  static final Duration PAUSE_MIN = Duration.ofMinutes(1);

  /** Longest such time. */
  static final Duration PAUSE_MAX = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(IssueRuns.class);
  private static final String ASKED = "run.json";

  private final Issuer issuer;
  private final Path folder;
  private final Executor executor;
  private final InstantSource clock;
  private RunStatus status = RunStatus.NONE;
  private boolean stopping;
  private final List<Rest> rests = new ArrayList<>();
  private final List<Runnable> whenOver = new ArrayList<>();

  /**
   * What a run goes over, and what it knows of an attempt before.
   *
   * @param donors who were named; none for all
   * @param again numbers that were cancelled before the command was given, and which another may
   *     follow
   * @param replies what became of those it went over
   * @param pause how long it waited before this attempt
   */
  private record Order(
      int year, List<DonorId> donors, Set<String> again, List<IssueReply> replies, Duration pause) {
    Order {
      donors = List.copyOf(donors);
      again = Set.copyOf(again);
      replies = List.copyOf(replies);
    }

    static Order first(int year, List<DonorId> donors, Set<String> again) {
      return new Order(year, donors, again, List.of(), Duration.ZERO);
    }

    Order after(List<IssueReply> done) {
      return new Order(year, donors, again, done, pause);
    }

    Order afterPause() {
      Duration longer = pause.isZero() ? PAUSE_MIN : pause.multipliedBy(2);
      return new Order(
          year, donors, again, replies, longer.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : longer);
    }

    boolean isOf(int other, List<DonorId> named) {
      return year == other && new HashSet<>(donors).equals(new HashSet<>(named));
    }

    String command() {
      return "'almoner receipts issue --year "
          + year
          + (donors.isEmpty() ? "" : " --donor " + donors.get(0))
          + (donors.size() > 1 ? " ..." : "")
          + "'";
    }
  }

  /** A run that waits for its seal. */
  private record Rest(Order order, Instant until) {}

  /**
   * Runs with {@code issuer} on {@code executor}, which need do one thing at a time.
   *
   * @param folder where what was asked for and the summaries are kept, for one account alone
   */
  public IssueRuns(Issuer issuer, Path folder, Executor executor, InstantSource clock) {
    this.issuer = issuer;
    this.folder = folder;
    this.executor = executor;
    this.clock = clock;
  }

  /** Goes on with what the process before this one did not finish: single documents, and a run. */
  public void resume() throws IOException {
    executor.execute(this::finish);
    Path asked = folder.resolve(ASKED);
    if (!Files.exists(asked)) {
      return;
    }
    try {
      JsonFields fields = JsonFields.of(CanonicalJson.parse(Files.readAllBytes(asked)));
      int year = fields.smallInteger("year", 0, 9999);
      List<DonorId> donors = new ArrayList<>();
      for (String donor : fields.texts("donors", 0, DONORS_MAX, 2 * DonorId.SIZE)) {
        donors.add(DonorId.parseHex(donor));
      }
      fields.end();
      LOG.atInfo().addKeyValue("year", year).log("A run of documents goes on");
      // Between then and now a document may have been cancelled on purpose.
      var unused = start(Order.first(year, donors, Set.of()));
    } catch (MalformedJson | IllegalArgumentException e) {
      throw new IOException(asked + " is damaged: " + e.getMessage() + "; remove it", e);
    } catch (DrawingFailed e) {
      LOG.atWarn().addKeyValue("why", e.getMessage()).log("A run of documents does not go on");
    }
  }

  private void finish() {
    try {
      issuer.resume();
    } catch (IOException | RuntimeException e) {
      LOG.atWarn()
          .setCause(e)
          .log("A document that was sealed is not given out yet; the next issue tries again");
    }
  }

  /** Lets {@code look} see each run's end, on the thread of the run, before it is told. */
  public synchronized void whenOver(Runnable look) {
    whenOver.add(look);
  }

  /**
   * Begins a run, or goes on at once with the one that waits for its seal.
   *
   * @param donors to whom; empty for all
   * @throws DrawingFailed when another is at work or waits for its seal, in one sentence
   */
  public synchronized RunStatus start(int year, List<DonorId> donors)
      throws IOException, DrawingFailed {
    for (Rest rest : rests) {
      if (!rest.order().isOf(year, donors)) {
        throw new DrawingFailed(
            "another run waits for its seal and goes on by itself on "
                + rest.until()
                + "; "
                + rest.order().command()
                + " tries it at once, and when it is done give this command again");
      }
    }
    return start(Order.first(year, donors, issuer.cancelled(donors)));
  }

  /** Goes on with a run that waits for its seal, once its time has come; to be called often. */
  public synchronized void goOn() {
    if (rests.isEmpty()
        || stopping
        || status.state() != RunStatus.State.STOPPED
        || clock.instant().isBefore(rests.get(0).until())) {
      return;
    }
    Order order = rests.get(0).order();
    try {
      LOG.atInfo().addKeyValue("year", order.year()).log("A run of documents tries its seal again");
      var unused = start(order);
    } catch (IOException | DrawingFailed e) {
      Instant until = rest(order);
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("until", until)
          .log("A run of documents does not go on yet");
    }
  }

  private synchronized RunStatus start(Order order) throws IOException, DrawingFailed {
    if (status.state() == RunStatus.State.WORKING) {
      throw new DrawingFailed(
          "a run of " + status.year() + " is at work: " + status.done() + " of " + status.donors());
    }
    DurableFile.privateFolder(folder);
    DurableFile.write(
        folder.resolve(ASKED),
        CanonicalJson.encode(
            JsonValue.Obj.of()
                .put("year", order.year())
                .putTexts("donors", order.donors().stream().map(DonorId::toHex).toList())
                .build()));
    rests.clear();
    status =
        new RunStatus(
            order.year(),
            RunStatus.State.WORKING,
            order.donors().size(),
            0,
            0,
            0,
            clock.instant(),
            clock.instant(),
            "");
    executor.execute(() -> work(order));
    return status;
  }

  /** How far the newest run has come. */
  public synchronized RunStatus status() {
    return status;
  }

  /** Lets the run end after the group it is at; it goes on at the next start. */
  public synchronized void stop() {
    stopping = true;
  }

  /** What became of each donor in the newest run of {@code year} that ended, as CSV. */
  public Optional<byte[]> summary(int year) throws IOException {
    Optional<byte[]> named = read(ofNamed(year));
    return named.isPresent() ? named : summaryOfAll(year);
  }

  /** As {@link #summary}, of the newest run over all donors. */
  public Optional<byte[]> summaryOfAll(int year) throws IOException {
    return read(ofAll(year));
  }

  private Path ofAll(int year) {
    return folder.resolve(year + ".csv");
  }

  private Path ofNamed(int year) {
    return folder.resolve(year + "-named.csv");
  }

  private static Optional<byte[]> read(Path csv) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(csv));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private void work(Order order) {
    int year = order.year();
    List<IssueReply> replies = new ArrayList<>(order.replies());
    try {
      Batch batch =
          new Batch(
              issuer.begin(year),
              left(order),
              cancelled -> order.again().contains(cancelled.number()));
      goesOverAll(batch, order.replies());
      while (batch.goesOn() && !isStopping()) {
        List<IssueReply> group = issuer.next(batch);
        replies.addAll(group);
        tell(group);
      }
      if (batch.goesOn()) {
        end(RunStatus.State.STOPPED, "the coordinator is closing");
      } else {
        sum(order, replies);
        DurableFile.delete(folder.resolve(ASKED));
        end(RunStatus.State.DONE, "");
      }
    } catch (DrawingFailed e) {
      forget();
      end(RunStatus.State.FAILED, String.valueOf(e.getMessage()));
    } catch (SealRefused e) {
      LOG.atWarn().addKeyValue("year", year).log("A run of documents waits for its seal");
      Instant until = rest(order.donors().isEmpty() ? order : order.after(replies));
      end(
          RunStatus.State.STOPPED,
          "nothing can be sealed now: "
              + e.getMessage()
              + "; what was sealed stands, and it goes on by itself on "
              + until
              + ", or at once with the same command");
    } catch (IOException | RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("year", year).log("A run of documents failed");
      end(RunStatus.State.FAILED, "it failed: " + e.getMessage() + "; the same command goes on");
    }
  }

  /** A run over some says nothing of the others: what is known of them stays. */
  private void sum(Order order, List<IssueReply> replies) throws IOException {
    if (order.donors().isEmpty()) {
      DurableFile.write(ofAll(order.year()), csv(replies));
      DurableFile.delete(ofNamed(order.year()));
    } else {
      DurableFile.write(ofNamed(order.year()), csv(replies));
    }
  }

  /** Who is left; who was named and has had an answer is not gone over again. */
  private List<DonorId> left(Order order) {
    Set<DonorId> done = order.replies().stream().map(IssueReply::donor).collect(Collectors.toSet());
    return order.donors().isEmpty()
        ? issuer.everybody()
        : order.donors().stream().filter(donor -> !done.contains(donor)).toList();
  }

  /** Keeps what goes on later; returns when. */
  private synchronized Instant rest(Order order) {
    Order later = order.afterPause();
    Instant until = clock.instant().plus(later.pause()).truncatedTo(ChronoUnit.SECONDS);
    rests.clear();
    rests.add(new Rest(later, until));
    return until;
  }

  /** What the log or the rules refuse is refused again: it does not go on by itself. */
  private void forget() {
    try {
      DurableFile.delete(folder.resolve(ASKED));
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("A run that was refused is tried again at the next start");
    }
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  private synchronized void goesOverAll(Batch batch, List<IssueReply> before) {
    status =
        new RunStatus(
            status.year(),
            status.state(),
            before.size() + batch.size(),
            0,
            0,
            0,
            clock.instant(),
            clock.instant(),
            "");
    tell(before);
  }

  private synchronized void tell(List<IssueReply> group) {
    for (IssueReply reply : group) {
      status = status.with(reply, clock.instant());
    }
  }

  private void end(RunStatus.State as, String why) {
    looks().forEach(Runnable::run);
    told(as, why);
  }

  private synchronized List<Runnable> looks() {
    return List.copyOf(whenOver);
  }

  private synchronized void told(RunStatus.State as, String why) {
    status = status.ended(as, why, clock.instant());
    LOG.atInfo()
        .addKeyValue("year", status.year())
        .addKeyValue("state", as.text())
        .addKeyValue("issued", status.issued())
        .addKeyValue("skipped", status.skipped())
        .log("A run of documents ended");
  }

  /** RFC 4180: {@code donor,number,state,reason,sentence}. */
  static byte[] csv(List<IssueReply> replies) {
    StringBuilder csv = new StringBuilder("donor,number,state,reason,sentence\r\n");
    for (IssueReply reply : replies) {
      csv.append(reply.donor().toHex())
          .append(',')
          .append(reply.number())
          .append(',')
          .append(reply.state().text())
          .append(',')
          .append(reply.reason().text())
          .append(",\"")
          .append(reply.sentence().replace("\"", "\"\"").replace('\n', ' '))
          .append("\"\r\n");
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }
}
