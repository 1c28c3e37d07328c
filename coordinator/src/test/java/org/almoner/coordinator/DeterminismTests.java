package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.almoner.ledger.entry.Entry;
import org.almoner.protocol.lease.Lease;
import org.junit.jupiter.api.Test;

/** The log tells nothing but its commitments about who did what, and when within a day. */
class DeterminismTests {
  private static List<Entry> run(long seed, Instant start) {
    try (Bench bench = new Bench(seed, start)) {
      bench.open();
      bench.desk().approveOwner("Owner " + seed, bench.ownerKey.publicKey()).join();
      bench.submit(6);
      for (int i = 0; i < 4; i++) {
        StubAgent agent = bench.agent(100 * seed + i);
        if (i % 2 == 0) {
          bench.link(agent);
        }
        StubAgent.Granted granted = agent.lease(bench.desk(), 4);
        bench.clock.pass(Duration.ofSeconds(1));
        if (i == 1) {
          Lease lease = granted.lease(0);
          var line = agent.line(granted, lease, "lie", 1, 0);
          agent.send(bench.desk(), agent.report(List.of(line), List.of("lie")));
        } else {
          agent.send(bench.desk(), agent.honest(granted));
        }
      }
      bench.clock.pass(Duration.ofDays(2));
      bench.desk().settle().join();
      return bench.entries();
    }
  }

  @Test
  void runsThatDifferInKeysNamesAndTheHourGiveLogsOfOneForm() {
    List<Entry> one = run(1, Instant.parse("2026-11-20T09:00:00Z"));
    List<Entry> two = run(2, Instant.parse("2026-11-20T17:30:00Z"));
    assertThat(two).hasSameSizeAs(one);
    for (int leaf = 0; leaf < one.size(); leaf++) {
      Entry a = one.get(leaf);
      Entry b = two.get(leaf);
      assertThat(b.kind()).as("leaf " + leaf).isEqualTo(a.kind());
      assertThat(b.body().size()).isEqualTo(a.body().size());
      if (!a.kind().isCommitment()) {
        assertThat(masked(b)).isEqualTo(masked(a));
      } else {
        assertThat(b.body()).isNotEqualTo(a.body());
      }
    }
  }

  /** Public records with digests, keys and signatures masked. */
  private static String masked(Entry entry) {
    String json = new String(entry.body().toArray(), java.nio.charset.StandardCharsets.UTF_8);
    return json.replaceAll("[0-9a-f]{64,}", "*");
  }
}
