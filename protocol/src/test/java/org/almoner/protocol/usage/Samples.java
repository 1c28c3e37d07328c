package org.almoner.protocol.usage;

import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;

/** One agent and the records it might sign. */
final class Samples {
  static final SigningKey KEY = SigningKey.of(new byte[32]);
  static final AgentId AGENT = AgentId.of(KEY.publicKey());
  static final BatchId BATCH = BatchId.parseHex("00112233445566aa");

  private Samples() {}

  static UsageLine line(long unit) {
    LeaseId lease = new LeaseId(BATCH, unit, 1);
    return new UsageLine(
        lease,
        Hash.sha256(new byte[] {1}),
        Hash.sha256(new byte[] {2}),
        "almoner-meter/1",
        1_700_000_000_000L,
        1_700_000_002_500L,
        2_500,
        2_400,
        90_000_000,
        80_000_000,
        128_000_000,
        List.of(new GpuUse("Example 9000", 12)),
        123_456_789_012L,
        Hash.sha256(Bytes.utf8("out").toArray()),
        Held.of(lease, AGENT, Bytes.utf8("out")),
        0,
        List.of(new Energy(61, Energy.Tier.M2)));
  }

  static UsageReport report(long seq, Hash prev) {
    return new UsageReport("log.example/2026", AGENT, seq, prev, List.of(line(0), line(1)));
  }
}
