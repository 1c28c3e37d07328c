package org.almoner.command.bench.log;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.UsageReport;

/**
 * Reports signed before the load begins, given out in turn: checking one costs the same each time,
 * and its salts are new each time, so that no entry of the log is like another.
 */
final class Supply {
  private static final int AGENTS = 100;
  private static final int REPORTS_EACH = 10;
  private static final long MEMORY_BYTES = 64L << 20;
  private static final long WALL_MS = 600_000;

  private final List<Envelope> reports;
  private int next;

  private Supply(List<Envelope> reports) {
    this.reports = reports;
  }

  static Supply sign(String origin, SecureRandom random) {
    SplittableRandom drawn = new SplittableRandom(1);
    List<Envelope> reports = new ArrayList<>();
    for (int agent = 0; agent < AGENTS; agent++) {
      SigningKey key = SigningKey.generate(random);
      Hash prev = Hash.ZERO;
      for (int seq = 0; seq < REPORTS_EACH; seq++) {
        List<UsageLine> lines =
            IntStream.range(0, LogSettings.LINES_PER_REPORT).mapToObj(i -> line(drawn)).toList();
        UsageReport report = new UsageReport(origin, AgentId.of(key.publicKey()), seq, prev, lines);
        Envelope signed = Envelope.sign(Envelope.Kind.USAGE_REPORT, report.toJson(), key);
        prev = signed.digest();
        reports.add(signed);
      }
    }
    return new Supply(List.copyOf(reports));
  }

  synchronized Envelope next() {
    next = (next + 1) % reports.size();
    return reports.get(next);
  }

  private static UsageLine line(SplittableRandom drawn) {
    byte[] batch = new byte[BatchId.SIZE];
    drawn.nextBytes(batch);
    long endMs = 1_790_000_000_000L + drawn.nextLong(WALL_MS);
    return new UsageLine(
        new LeaseId(new BatchId(Bytes.of(batch)), drawn.nextLong(1_000_000), 0),
        hash(drawn),
        hash(drawn),
        "bench",
        endMs - WALL_MS,
        endMs,
        WALL_MS,
        WALL_MS - drawn.nextLong(WALL_MS),
        MEMORY_BYTES,
        MEMORY_BYTES,
        MEMORY_BYTES,
        List.of(),
        drawn.nextLong(1L << 40),
        hash(drawn),
        hash(drawn),
        0,
        List.of());
  }

  private static Hash hash(SplittableRandom drawn) {
    byte[] octets = new byte[Hash.SIZE];
    drawn.nextBytes(octets);
    return Hash.of(octets);
  }
}
