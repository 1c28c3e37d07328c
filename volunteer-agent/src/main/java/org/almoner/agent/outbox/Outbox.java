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
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.RecordFile;
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

/**
 * Everything finished that the log does not prove yet, on disk.
 *
 * <p>A finished unit becomes a file in {@code finished/} and its output one in {@code outputs/}.
 * When no report is on its way, all finished lines together become {@code outgoing.json}: numbered,
 * signed, stored, then sent, as often as it takes, always the same octets. It leaves when its
 * receipt is on the shelf, or to {@code refused/}. At most one report is on its way: a refused one
 * gives its number back, which a successor that names it could not survive.
 *
 * <p>Each step is one durable change, and {@link #open} finishes the one that a crash cut short.
 * Safe for use by several threads.
 */
public final class Outbox {
  private final Path finishedDirectory;
  private final Path outputsDirectory;
  private final Path refusedDirectory;
  private final Path outgoingFile;
  private final Disk disk;
  private final String origin;
  private final AgentKey key;
  private final Map<LeaseId, FinishedLine> finished = new LinkedHashMap<>();
  private Optional<VerifiedReport> outgoing = Optional.empty();
  private Chain chain;

  private Outbox(Path directory, Disk disk, String origin, AgentKey key, Chain chain) {
    this.finishedDirectory = directory.resolve("finished");
    this.outputsDirectory = directory.resolve("outputs");
    this.refusedDirectory = directory.resolve("refused");
    this.outgoingFile = directory.resolve("outgoing.json");
    this.disk = disk;
    this.origin = origin;
    this.key = key;
    this.chain = chain;
  }

  /**
   * Opens the outbox below {@code directory}, which it makes, and tidies up after a crash.
   *
   * @param chain where the next report goes, as the stored receipts tell
   * @throws IOException also when a file is damaged
   */
  public static Outbox open(Path directory, Disk disk, String origin, AgentKey key, Chain chain)
      throws IOException {
    Outbox outbox = new Outbox(directory, disk, origin, key, chain);
    disk.makeDirectory(outbox.finishedDirectory);
    disk.makeDirectory(outbox.outputsDirectory);
    disk.makeDirectory(outbox.refusedDirectory);
    outbox.recover();
    return outbox;
  }

  private void recover() throws IOException {
    outgoing = RecordFile.read(disk, outgoingFile, this::ownReport);
    if (outgoing.isPresent() && outgoing.get().report().seq() < chain.seq()) {
      // Its receipt reached the shelf; only this file was left.
      disk.delete(outgoingFile);
      outgoing = Optional.empty();
    }
    for (Path file : disk.list(finishedDirectory)) {
      FinishedLine line = RecordFile.read(disk, file, FinishedLine::parse).orElseThrow();
      finished.put(line.line().lease(), line);
    }
    forgetReported();
    forgetOutputs();
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
    disk.adopt(bundle, outputFile(line.output()));
    store(new FinishedLine(line, false));
  }

  /** The report to send now, if there is anything to report; the same one until it is settled. */
  public synchronized Optional<Outgoing> next() throws IOException {
    if (outgoing.isEmpty() && !finished.isEmpty()) {
      mint();
    }
    if (outgoing.isEmpty()) {
      return Optional.empty();
    }
    List<OutputFile> outputs = new ArrayList<>();
    for (Hash digest : digests(outgoing.get())) {
      Path file = outputFile(digest);
      outputs.add(new OutputFile(digest, file, disk.size(file)));
    }
    return Optional.of(new Outgoing(outgoing.get(), outputs));
  }

  private void mint() throws IOException {
    Optional<FinishedLine> alone = finished.values().stream().filter(f -> f.alone()).findFirst();
    List<UsageLine> lines =
        alone
            .map(line -> List.of(line.line()))
            .orElseGet(
                () ->
                    finished.values().stream()
                        .map(FinishedLine::line)
                        .limit(Grant.LEASES_MAX)
                        .toList());
    UsageReport report = new UsageReport(origin, key.id(), chain.seq(), chain.prev(), lines);
    Envelope envelope = key.sign(Envelope.Kind.USAGE_REPORT, report.toJson());
    RecordFile.write(disk, outgoingFile, envelope.toJson());
    outgoing = RecordFile.read(disk, outgoingFile, this::ownReport);
    forgetReported();
  }

  /** Lets go of a report whose receipt is on the shelf. */
  public synchronized void delivered(Outgoing report) throws IOException {
    VerifiedReport logged = current(report);
    chain = Chain.after(logged.report().seq(), logged.envelope().digest());
    disk.delete(outgoingFile);
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
    disk.delete(outgoingFile);
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
    JsonValue.Builder outputs = JsonValue.Obj.of();
    for (OutputFile output : report.outputs()) {
      if (output.inline()) {
        Bytes octets = disk.read(output.file(), OutputFile.INLINE_OCTETS_MAX).orElseThrow();
        outputs.put(output.digest().toHex(), Base64.getEncoder().encodeToString(octets.toArray()));
      }
    }
    return JsonValue.Obj.of()
        .put("report", report.signed().envelope().toJson())
        .put("problem", problem.toJson())
        .put("outputs", outputs.build())
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
    Set<Path> files = needed.stream().map(this::outputFile).collect(Collectors.toSet());
    for (Path file : disk.list(outputsDirectory)) {
      if (!files.contains(file)) {
        disk.delete(file);
      }
    }
  }

  private Path finishedFile(LeaseId lease) {
    return finishedDirectory.resolve(lease.toString().replace('/', '-') + ".json");
  }

  private Path outputFile(Hash digest) {
    return outputsDirectory.resolve(digest.toHex());
  }

  private Path refusedFile(VerifiedReport report) {
    return refusedDirectory.resolve(report.envelope().digest().toHex() + ".json");
  }
}
