package org.almoner.coordinator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.desk.LeaseReply;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.enrolment.Enrolment;
import org.almoner.protocol.enrolment.Link;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.LeaseRequest;
import org.almoner.protocol.lease.Renewal;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.protocol.usage.Held;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.UsageReport;

/** An agent without a computer: signs what a real one would sign. */
final class StubAgent {
  static final String FILE = "out.txt";
  static final long MEMORY_BYTES = 8L << 30;

  /** A large machine: tests report many lines that ran at one time. */
  static final int CORES = 256;

  final String origin;
  final SigningKey key;
  final AgentId id;
  long seq;
  Hash prev = Hash.ZERO;
  private int requests;

  StubAgent(String origin, long seed) {
    this.origin = origin;
    this.key = SigningKey.generate(new SeededRandom(seed));
    this.id = AgentId.of(key.publicKey());
  }

  Envelope enrolment() {
    return enrolment(CORES);
  }

  Envelope enrolment(int cores) {
    Enrolment enrolment =
        new Enrolment(origin, key.publicKey(), "stub/1", "linux", "amd64", cores, MEMORY_BYTES);
    return Envelope.sign(Envelope.Kind.ENROLMENT, enrolment.toJson(), key);
  }

  Envelope link(String code) {
    Link link = new Link(origin, id, Link.Action.LINK, Link.digestOf(code));
    return Envelope.sign(Envelope.Kind.LINK, link.toJson(), key);
  }

  Envelope unlink() {
    Link link = new Link(origin, id, Link.Action.UNLINK, Hash.ZERO);
    return Envelope.sign(Envelope.Kind.LINK, link.toJson(), key);
  }

  Envelope request(int want) {
    requests++;
    return request(want, requests);
  }

  Envelope request(int want, int number) {
    byte[] name = new byte[LeaseRequest.ID_SIZE];
    name[0] = (byte) number;
    name[1] = (byte) (number >> 8);
    LeaseRequest request =
        new LeaseRequest(origin, id, Bytes.of(name), want, 4, 1L << 30, 1L << 30);
    return Envelope.sign(Envelope.Kind.LEASE_REQUEST, request.toJson(), key);
  }

  /** Asks for so much processor time, with these blobs at hand. */
  Envelope request(int want, long seconds, List<Hash> blobs) {
    requests++;
    byte[] name = new byte[LeaseRequest.ID_SIZE];
    name[0] = (byte) requests;
    name[1] = (byte) (requests >> 8);
    LeaseRequest request =
        new LeaseRequest(
            origin, id, Bytes.of(name), want, 4, 1L << 30, 1L << 30, seconds, "", blobs);
    return Envelope.sign(Envelope.Kind.LEASE_REQUEST, request.toJson(), key);
  }

  /** What a request is granted; fails when there is no work. */
  static Granted granted(Desk desk, Envelope request) {
    return desk.lease(request)
        .join()
        .match(
            granted -> Granted.of(granted.grant()),
            none -> {
              throw new AssertionError("no work: " + none.reason());
            });
  }

  /** Says how far leases have come. */
  Envelope renewal(List<Renewal.Held> leases) {
    Renewal renewal = new Renewal(origin, id, leases);
    return Envelope.sign(Envelope.Kind.RENEWAL, renewal.toJson(), key);
  }

  /** Asks for work; fails when there is none. */
  Granted lease(Desk desk, int want) {
    LeaseReply reply = desk.lease(request(want)).join();
    return reply.match(
        granted -> Granted.of(granted.grant()),
        none -> {
          throw new AssertionError("no work: " + none.reason());
        });
  }

  /** A grant and its digest. */
  record Granted(Grant grant, Hash digest) {
    static Granted of(Envelope envelope) {
      try {
        return new Granted(Grant.parse(envelope.open()), envelope.digest());
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    Lease lease(int index) {
      return grant.leases().get(index);
    }
  }

  static OutputBundle bundle(String content) {
    return new OutputBundle(
        List.of(new OutputBundle.OutputFile(new BundlePath(FILE), Bytes.utf8(content))));
  }

  /** What an honest computer answers for a lease. */
  static String answer(Lease lease) {
    return String.join(" ", lease.args());
  }

  /** An honest line that ended {@code afterMs} after its grant. */
  UsageLine line(Granted granted, Lease lease, String content, long count, int exit) {
    return line(granted, lease, bundle(content), count, exit);
  }

  /** An honest line of a unit that left this bundle. */
  UsageLine line(Granted granted, Lease lease, OutputBundle bundle, long count, int exit) {
    long start = granted.grant().issuedMs();
    return new UsageLine(
        lease.id(),
        granted.digest(),
        granted.grant().workOf(lease.id()).release(),
        granted.grant().meter(),
        start,
        start + 900,
        900,
        800,
        5 << 20,
        4 << 20,
        1 << 20,
        List.of(),
        count,
        bundle.digest(),
        Held.of(lease.id(), id, Bytes.of(bundle.encode())),
        exit,
        List.of());
  }

  /** A signed report with the outputs that travel with it. */
  record Report(Envelope envelope, Map<Hash, Bytes> outputs) {}

  Report report(List<UsageLine> lines, List<String> contents) {
    return reportOf(lines, contents.stream().map(StubAgent::bundle).toList());
  }

  Report reportOf(List<UsageLine> lines, List<OutputBundle> bundles) {
    Map<Hash, Bytes> outputs = new TreeMap<>();
    bundles.forEach(b -> outputs.put(b.digest(), Bytes.of(b.encode())));
    UsageReport report = new UsageReport(origin, id, seq, prev, lines);
    return new Report(Envelope.sign(Envelope.Kind.USAGE_REPORT, report.toJson(), key), outputs);
  }

  /** An honest report of all leases, each line changed by {@code change}. */
  Report honest(Granted granted, UnaryOperator<UsageLine> change) {
    List<UsageLine> lines = new ArrayList<>();
    List<String> contents = new ArrayList<>();
    for (Lease lease : granted.grant().leases()) {
      String content = answer(lease);
      contents.add(content);
      lines.add(change.apply(line(granted, lease, content, content.length() * 1_000L, 0)));
    }
    return report(lines, contents);
  }

  /** The same line with another count. */
  static UsageLine counting(UsageLine line, long count) {
    return new UsageLine(
        line.lease(),
        line.grant(),
        line.release(),
        line.meter(),
        line.startMs(),
        line.endMs(),
        line.wallMs(),
        line.cpuMs(),
        line.memPeakBytes(),
        line.memMeanBytes(),
        line.memReservedBytes(),
        line.gpus(),
        count,
        line.output(),
        line.held(),
        line.exit(),
        List.of());
  }

  Report honest(Granted granted) {
    return honest(granted, line -> line);
  }

  /** The report was logged: the chain goes on behind it. */
  void logged(Report report) {
    seq++;
    prev = report.envelope().digest();
  }

  Receipted send(Desk desk, Report report) {
    Receipted receipted = desk.report(report.envelope(), report.outputs(), 0).join();
    logged(report);
    return receipted;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
