package org.almoner.coordinator;

import java.util.List;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.release.Release;
import org.almoner.workload.batch.BatchSpec;
import org.almoner.workload.batch.BatchUnits;

/** Several owners on one bench, each with batches of five thousand units. */
final class Owners {
  private final Bench bench;

  Owners(Bench bench) {
    this.bench = bench;
  }

  static SigningKey key(long seed) {
    return SigningKey.generate(new SeededRandom(seed));
  }

  private Envelope release(SigningKey owner, byte[] module) {
    bench.blobs.put(module);
    Release release =
        new Release(
            "adder",
            "1.0",
            "MIT",
            "https://example.org/adder",
            "0".repeat(40),
            "clang 14",
            new BlobRef("adder.wasm", Hash.sha256(module), module.length),
            List.of("{first}", "{last}"));
    return Envelope.sign(Envelope.Kind.RELEASE, release.toJson(), owner);
  }

  BatchId submit(SigningKey owner, String name, long wallMs, long deadlineMs) {
    return submit(owner, name, wallMs, deadlineMs, Bench.MODULE);
  }

  BatchId submit(SigningKey owner, String name, long wallMs, long deadlineMs, byte[] module) {
    Envelope release = release(owner, module);
    BatchSpec spec =
        new BatchSpec(
            Bench.ORIGIN,
            name,
            "Add the numbers of a range, for a test.",
            release.digest(),
            new BatchUnits.Range(1, 5_000, 1),
            List.of(),
            new Allotment(1, 1 << 20, 1 << 20, wallMs),
            List.of(StubAgent.FILE),
            2,
            deadlineMs);
    Envelope batch = Envelope.sign(Envelope.Kind.BATCH, spec.toJson(), owner);
    return bench.desk().submit(batch, release).join();
  }
}
