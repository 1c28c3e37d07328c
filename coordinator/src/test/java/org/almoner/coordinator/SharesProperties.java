package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.Lease;

/**
 * Owners have processor time by their weights, whatever their units take and however much is asked.
 */
class SharesProperties {
  private static final long MINUTE_MS = 60_000;

  /** Ten minutes are dealt at once. */
  private static final long QUANTUM_MS = 10 * MINUTE_MS;

  @Property(tries = 12)
  void whatOwnersHadDiffersByAQuantumAndTheLargestUnit(
      @ForAll @Size(3) List<@IntRange(min = 1, max = 5) Integer> weights,
      @ForAll @Size(3) List<@IntRange(min = 1, max = 10) Integer> minutes,
      @ForAll @Size(min = 30, max = 60) List<@IntRange(min = 1, max = 9) Integer> wants) {
    try (Bench bench = new Bench()) {
      Map<String, Integer> shares = new HashMap<>();
      for (int i = 0; i < weights.size(); i++) {
        shares.put("owner-" + i, weights.get(i));
      }
      bench.config = bench.config.withShares(shares);
      bench.open();
      Owners owners = new Owners(bench);
      Map<BatchId, Integer> ownerOf = new HashMap<>();
      for (int i = 0; i < weights.size(); i++) {
        SigningKey key = Owners.key(100 + i);
        bench.desk().approveOwner("owner-" + i, key.publicKey()).join();
        ownerOf.put(owners.submit(key, "batch-" + i, minutes.get(i) * MINUTE_MS, 0), i);
      }
      long[] had = new long[weights.size()];
      long agents = 1_000;
      for (int want : wants) {
        for (Lease lease : bench.agent(agents++).lease(bench.desk(), want).grant().leases()) {
          int owner = ownerOf.get(lease.id().batch());
          had[owner] += minutes.get(owner) * MINUTE_MS;
        }
      }
      long largest = minutes.stream().mapToLong(m -> m * MINUTE_MS).max().orElseThrow();
      for (int i = 0; i < had.length; i++) {
        for (int j = 0; j < i; j++) {
          assertThat(Math.abs(had[i] / weights.get(i) - had[j] / weights.get(j)))
              .as("of %s and %s after %s", i, j, wants)
              .isLessThanOrEqualTo(QUANTUM_MS + largest);
        }
      }
    }
  }
}
