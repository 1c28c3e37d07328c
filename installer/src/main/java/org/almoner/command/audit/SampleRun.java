package org.almoner.command.audit;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.almoner.agent.blob.BlobCache;
import org.almoner.agent.contact.Backoff;
import org.almoner.agent.contact.CoordinatorClient;
import org.almoner.agent.contact.Sleeper;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.run.Runner;
import org.almoner.ledger.audit.ErasedLeaves;
import org.almoner.ledger.check.CheckedLog;
import org.almoner.ledger.check.EntryWatcher;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.sample.CountingLines;
import org.almoner.ledger.sample.Dice;
import org.almoner.ledger.sample.Draw;
import org.almoner.ledger.sample.PublicFacts;
import org.almoner.ledger.tile.TileSource;

/** Draws lines by the dice and looks at each; what was looked at before is not done again. */
public final class SampleRun {
  /** Most lines of one sample. */
  public static final int UNITS_MAX = 10_000;

  /** Room for modules and inputs, in octets: 8 GiB. */
  private static final long BLOB_BYTES_MAX = 8L << 30;

  private static final long PERCENT_A_MILESTONE = 10;

  private final AuditFolder folder;
  private final SignedCheckpoint checkpoint;
  private final Dice dice;
  private final TileSource tiles;
  private final InstantSource clock;
  private final Progress progress;
  private final CountingLines counting = new CountingLines();
  private final PublicFacts facts = new PublicFacts();

  /**
   * A sample of the log below {@code checkpoint}.
   *
   * @param tiles where that log is read
   */
  public SampleRun(
      AuditFolder folder,
      SignedCheckpoint checkpoint,
      Dice dice,
      TileSource tiles,
      InstantSource clock,
      Progress progress) {
    this.folder = folder;
    this.checkpoint = checkpoint;
    this.dice = dice;
    this.tiles = tiles;
    this.clock = clock;
    this.progress = progress;
  }

  /** Whom the auditor asks, and what its units run on. */
  public record Means(
      HttpClient http,
      CoordinatorAddress coordinator,
      String token,
      Runner runner,
      Sleeper sleeper,
      RandomGenerator random) {}

  /**
   * Checks the log, draws and looks.
   *
   * @param watcher looks on while the log is checked
   * @param wanted lines to draw, 1 to {@link #UNITS_MAX}
   * @throws AuditStopped when it cannot go on; done again, it goes on where it stopped
   */
  public Sample run(int wanted, EntryWatcher watcher, Means means)
      throws IOException, InterruptedException, AuditStopped {
    if (wanted < 1 || wanted > UNITS_MAX) {
      throw AuditStopped.misused(
          "--units takes 1 to " + UNITS_MAX + ", got " + wanted + "; begin with 60");
    }
    checkLog(watcher);
    Draw draw = Draw.of(checkpoint.checkpoint(), dice);
    List<Long> order =
        draw.ranks(counting.count(), UNITS_MAX).stream().map(counting::leaf).toList();
    requireAllLookedAt(order, wanted);
    List<Long> leaves = order.subList(0, Math.min(wanted, order.size()));
    LineExaminer examiner = examiner(means, folder.erased());
    List<LineResult> results = new ArrayList<>();
    Instant start = clock.instant();
    int examined = 0;
    for (long leaf : leaves) {
      Optional<LineResult> before = folder.line(leaf).filter(r -> r.verdict() != Verdict.NOT_RUN);
      if (before.isPresent()) {
        results.add(before.get());
        continue;
      }
      tell(results.size(), leaves.size(), examined, start);
      LineResult result = examiner.examine(leaf);
      folder.keep(result);
      results.add(result);
      examined++;
    }
    return new Sample(
        checkpoint,
        dice,
        draw.seed(),
        folder.begun().erased(),
        counting.count(),
        wanted,
        withoutTwins(results));
  }

  /** Who may report fewer lines than were looked at has chosen them. */
  private void requireAllLookedAt(List<Long> order, int wanted) throws IOException, AuditStopped {
    for (int at = order.size(); at > wanted; at--) {
      if (folder.line(order.get(at - 1)).isPresent()) {
        throw AuditStopped.misused(
            "this audit has looked at line "
                + at
                + " of its draw already, so --units takes at least "
                + at
                + ", got "
                + wanted);
      }
    }
  }

  private void checkLog(EntryWatcher watcher) throws IOException, AuditStopped {
    CheckedLog checked = LogCheck.run(tiles, checkpoint, watcher.and(counting).and(facts));
    if (!checked.findings().isEmpty()) {
      throw AuditStopped.because(
          "the log does not hold, so no line is drawn from it: "
              + checked.findings().get(0)
              + (checked.findings().size() > 1
                  ? " and " + (checked.findings().size() - 1) + " more"
                  : "")
              + "; 'almoner log check' says all");
    }
  }

  private LineExaminer examiner(Means means, ErasedLeaves erased) throws IOException {
    CoordinatorClient blobs =
        new CoordinatorClient(
            means.coordinator(),
            means.http(),
            Duration.ofSeconds(30),
            new Backoff(means.random()),
            means.sleeper());
    Rerunner rerunner =
        new Rerunner(
            blobs,
            new BlobCache(folder.place("blobs"), new FsyncDisk(), clock, BLOB_BYTES_MAX),
            means.runner(),
            folder.place("scratch"));
    AuditorClient client =
        new AuditorClient(means.http(), means.coordinator(), means.token(), means.sleeper());
    return new LineExaminer(
        client,
        rerunner,
        new LogReader(tiles),
        checkpoint.checkpoint(),
        facts,
        erased,
        folder.place("outputs"));
  }

  /** No lease has two lines; the one at the later entry is wrong. */
  private static List<LineResult> withoutTwins(List<LineResult> results) {
    Map<String, Long> first = new HashMap<>();
    for (LineResult result : results) {
      if (!result.lease().isEmpty()) {
        first.merge(result.lease(), result.leaf(), Math::min);
      }
    }
    return results.stream()
        .map(
            result -> {
              long other = first.getOrDefault(result.lease(), result.leaf());
              return other == result.leaf()
                  ? result
                  : result.and(
                      new Difference("lease", result.lease(), "entry " + other + " has it too"));
            })
        .toList();
  }

  private void tell(int done, int all, int examined, Instant start) {
    String left = "";
    if (examined > 0) {
      long spentMs = Duration.between(start, clock.instant()).toMillis();
      left = ", about " + span(spentMs * (all - done) / examined / 1_000 + 1) + " left";
    }
    progress.show(
        String.format(Locale.ROOT, "%,d of %,d lines looked at%s", done, all, left),
        100L * done / all / PERCENT_A_MILESTONE);
  }

  private static String span(long seconds) {
    return seconds < 120
        ? seconds + " s"
        : seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h";
  }
}
