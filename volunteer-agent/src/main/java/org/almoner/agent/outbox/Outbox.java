package org.almoner.agent.outbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.almoner.agent.durable.DamagedFile;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.KeptTwice;
import org.almoner.agent.durable.RecordFile;
import org.almoner.agent.durable.SetAside;
import org.almoner.agent.sign.AgentKey;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.problem.Problem;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.UsageReport;
import org.almoner.protocol.usage.VerifiedReport;
import org.jspecify.annotations.Nullable;

/**
 * Everything finished that the log does not prove yet, on disk, and where the chain of reports has
 * come to.
 *
 * <p>A finished unit becomes a file in {@code finished/} and its output one in {@code outputs/}.
 * When no report is on its way, all finished lines together become {@code outgoing.json}: numbered,
 * signed, stored, then sent, as often as it takes, always the same octets. It leaves when its
 * receipt is on the shelf, or to {@code refused/}. At most one report is on its way: a refused one
 * gives its number back, which a successor that names it could not survive. That report and {@code
 * chain.json} are kept twice: a number that is used for another report ends the key.
 *
 * <p>Each step is one durable change, and {@link #open} finishes the one that a crash cut short.
 * Safe for use by several threads.
 */
public final class Outbox {
  private static final String LOST =
      "that unit is lost: its lease passes to another computer after its deadline";

  private final Path finishedDirectory;
  private final Path refusedDirectory;
  private final Path outgoingFile;
  private final Path chainFile;
  private final OutputShelf outputs;
  private final Disk disk;
  private final String origin;
  private final AgentKey key;
  private final Map<LeaseId, FinishedLine> finished = new LinkedHashMap<>();
  private final Set<Hash> arriving = new HashSet<>();
  private Optional<VerifiedReport> outgoing = Optional.empty();
  private Chain chain;

  private Outbox(Path directory, Disk disk, String origin, AgentKey key) throws IOException {
    this.finishedDirectory = directory.resolve("finished");
    this.refusedDirectory = directory.resolve("refused");
    this.outgoingFile = directory.resolve("outgoing.json");
    this.chainFile = directory.resolve("chain.json");
    this.outputs = new OutputShelf(directory.resolve("outputs"), disk);
    this.disk = disk;
    this.origin = origin;
    this.key = key;
    this.chain = Chain.START;
    disk.makeDirectory(finishedDirectory);
    disk.makeDirectory(refusedDirectory);
  }

  /**
   * Opens the outbox below {@code directory}, which it makes, and tidies up after a crash.
   *
   * @param shelf where the next report goes, as the stored receipts tell
   * @param aside where damaged lines go; each costs itself
   * @throws DamagedFile when the report on its way or the end of the chain is lost in both copies
   */
  public static Outbox open(
      Path directory, Disk disk, String origin, AgentKey key, Chain shelf, SetAside aside)
      throws IOException {
    Outbox outbox = new Outbox(directory, disk, origin, key);
    outbox.recover(shelf, aside);
    return outbox;
  }

  private void recover(Chain shelf, SetAside aside) throws IOException {
    chain = KeptTwice.mend(disk, chainFile, Chain::parse).orElse(Chain.START).furthest(shelf);
    outgoing = KeptTwice.mend(disk, outgoingFile, this::ownReport);
    if (outgoing.isPresent() && outgoing.get().report().seq() < chain.seq()) {
      // Its receipt reached the shelf; only this file was left.
      KeptTwice.delete(disk, outgoingFile);
      outgoing = Optional.empty();
    }
    Set<Hash> whole = outputs.whole();
    for (Path file : disk.list(finishedDirectory)) {
      FinishedLine line = line(file, whole, aside);
      if (line != null) {
        finished.put(line.line().lease(), line);
      }
    }
    forgetReported();
    forgetOutputs();
  }

  /** A finished line with its output; null when either is damaged and the line is put aside. */
  private @Nullable FinishedLine line(Path file, Set<Hash> whole, SetAside aside)
      throws IOException {
    Optional<FinishedLine> line = aside.read(file, FinishedLine::parse, LOST);
    if (line.isEmpty() || whole.contains(line.get().line().output())) {
      return line.orElse(null);
    }
    if (!reported().contains(line.get().line().lease())) {
      aside.take(new DamagedFile(file, "the output that belongs to it is"), LOST);
    }
    return null;
  }

  /** Whether the report of that number is on its way. */
  public synchronized boolean isOnItsWay(long seq) {
    return outgoing.filter(o -> o.report().seq() == seq).isPresent();
  }

  /** Where the next report goes, or the one on its way. */
  public synchronized Chain chain() {
    return chain;
  }

  private VerifiedReport ownReport(JsonFields fields) throws MalformedJson {
    try {
      VerifiedReport report = VerifiedReport.of(Envelope.parse(Envelope.Kind.USAGE_REPORT, fields));
      if (!report.report().agent().equals(key.id()) || !report.report().origin().equals(origin)) {
        throw new MalformedJson("the report is of another agent or to another log");
      }
      return report;
    } catch (BadSignature e) {
      throw new MalformedJson(String.valueOf(e.getMessage()));
    }
  }

  /** Whether a line of this lease is kept here, finished or on its way. */
  public synchronized boolean holds(LeaseId lease) {
    return finished.containsKey(lease) || reported().contains(lease);
  }

  /** Lines whose proof has not come yet. */
  public synchronized int waiting() {
    return finished.size() + reported().size();
  }

  /**
   * Keeps a finished unit.
   *
   * @param bundle its output bundle, of the digest that the line names; the file is taken over
   */
  public synchronized void keep(UsageLine line, Path bundle) throws IOException {
    // When the disk fails in between, the output waits here for the same to be said again.
    arriving.add(line.output());
    if (outputs.find(Set.of(line.output())).isEmpty()) {
      outputs.adopt(bundle, line.output());
    }
    store(new FinishedLine(line, false));
    arriving.remove(line.output());
  }

  /**
   * The report to send now, if there is anything to report; the same one until it is settled.
   *
   * @param uploads octets that its outputs may have together, beyond those that travel with it
   */
  public synchronized Optional<Outgoing> next(long uploads) throws IOException {
    if (outgoing.isEmpty() && !finished.isEmpty()) {
      mint(uploads);
    }
    if (outgoing.isEmpty()) {
      return Optional.empty();
    }
    forgetReported(); // Again, when the disk failed while that was done.
    Set<OutputFile> here = outputs.find(digests(outgoing.get()));
    return Optional.of(new Outgoing(outgoing.get(), List.copyOf(here)));
  }

  private void mint(long uploads) throws IOException {
    List<FinishedLine> fitting = fitting(uploads);
    if (fitting.isEmpty()) {
      return;
    }
    Optional<FinishedLine> alone = fitting.stream().filter(f -> f.alone()).findFirst();
    List<UsageLine> lines =
        alone.map(List::of).orElse(fitting).stream()
            .map(FinishedLine::line)
            .limit(Grant.LEASES_MAX)
            .toList();
    UsageReport report = new UsageReport(origin, key.id(), chain.seq(), chain.prev(), lines);
    Envelope envelope = key.sign(Envelope.Kind.USAGE_REPORT, report.toJson());
    KeptTwice.write(disk, outgoingFile, envelope.toJson());
    outgoing = KeptTwice.read(disk, outgoingFile, this::ownReport);
    forgetReported();
  }

  /** Finished lines whose outputs may go out now, oldest first. */
  private List<FinishedLine> fitting(long uploads) throws IOException {
    Set<Hash> all =
        finished.values().stream().map(f -> f.line().output()).collect(Collectors.toSet());
    Map<Hash, Long> large =
        outputs.find(all).stream()
            .filter(output -> !output.inline())
            .collect(Collectors.toMap(OutputFile::digest, OutputFile::bytes));
    List<FinishedLine> fitting = new ArrayList<>();
    long left = uploads;
    for (FinishedLine line : finished.values()) {
      long octets = large.getOrDefault(line.line().output(), 0L);
      if (octets <= left) {
        fitting.add(line);
        left -= octets;
      }
    }
    return fitting;
  }

  /** Lets go of a report whose receipt is on the shelf. */
  public synchronized void delivered(Outgoing report) throws IOException {
    VerifiedReport logged = current(report);
    Chain next = Chain.after(logged.report().seq(), logged.envelope().digest());
    KeptTwice.write(disk, chainFile, next.toJson());
    chain = next;
    KeptTwice.delete(disk, outgoingFile);
    outgoing = Optional.empty();
    forgetOutputs();
  }

  /**
   * Takes a refused report out of the way; its number is free again.
   *
   * @param problem what the coordinator said
   */
  public synchronized AfterRefusal refused(Outgoing report, Problem problem) throws IOException {
    VerifiedReport no = current(report);
    AfterRefusal after;
    if (no.report().lines().size() > 1) {
      for (UsageLine line : no.report().lines()) {
        store(new FinishedLine(line, true));
      }
      after = AfterRefusal.SPLIT;
    } else {
      RecordFile.write(disk, refusedFile(no), refusedRecord(report, problem));
      after = AfterRefusal.PUT_ASIDE;
    }
    KeptTwice.delete(disk, outgoingFile);
    outgoing = Optional.empty();
    forgetOutputs();
    return after;
  }

  /** Reports that were refused and put aside. */
  public int putAside() throws IOException {
    return disk.list(refusedDirectory).size();
  }

  private VerifiedReport current(Outgoing report) {
    return outgoing
        .filter(o -> o.envelope().equals(report.signed().envelope()))
        .orElseThrow(() -> new IllegalStateException("this report is not on its way"));
  }

  /** The report, the reason, and the outputs that travelled with it. */
  private JsonValue.Obj refusedRecord(Outgoing report, Problem problem) throws IOException {
    JsonValue.Builder inline = JsonValue.Obj.of();
    for (OutputFile output : report.outputs()) {
      if (output.inline()) {
        Bytes octets = disk.read(output.file(), OutputFile.INLINE_OCTETS_MAX).orElseThrow();
        inline.put(output.digest().toHex(), Base64.getEncoder().encodeToString(octets.toArray()));
      }
    }
    return JsonValue.Obj.of()
        .put("report", report.signed().envelope().toJson())
        .put("problem", problem.toJson())
        .put("outputs", inline.build())
        .build();
  }

  private void store(FinishedLine line) throws IOException {
    RecordFile.write(disk, finishedFile(line.line().lease()), line.toJson());
    finished.put(line.line().lease(), line);
  }

  private Set<LeaseId> reported() {
    return outgoing.stream()
        .flatMap(o -> o.report().lines().stream())
        .map(UsageLine::lease)
        .collect(Collectors.toSet());
  }

  private static Set<Hash> digests(VerifiedReport report) {
    return report.report().lines().stream().map(UsageLine::output).collect(Collectors.toSet());
  }

  /** A line stands in one place: the outgoing report once it is written. */
  private void forgetReported() throws IOException {
    for (LeaseId lease : reported()) {
      disk.delete(finishedFile(lease));
      finished.remove(lease);
    }
  }

  private void forgetOutputs() throws IOException {
    Set<Hash> needed = new HashSet<>();
    outgoing.ifPresent(o -> needed.addAll(digests(o)));
    finished.values().forEach(f -> needed.add(f.line().output()));
    needed.addAll(arriving);
    outputs.keepOnly(needed);
  }

  private Path finishedFile(LeaseId lease) {
    return finishedDirectory.resolve(lease.toString().replace('/', '-') + ".json");
  }

  private Path refusedFile(VerifiedReport report) {
    return refusedDirectory.resolve(report.envelope().digest().toHex() + ".json");
  }
}
