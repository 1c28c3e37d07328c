package org.almoner.trials.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.release.Release;
import org.almoner.workload.batch.BatchSpec;
import org.almoner.workload.batch.BatchUnits;

/**
 * An owner with one module and batches of it.
 *
 * @param origin log of the coordinator it is submitted to
 * @param module the module's octets
 */
public record Project(String origin, SigningKey owner, Bytes module, List<String> outputs) {
  /** The example workload, whose module is admitted. */
  public static final Path MERSENNE =
      Path.of(System.getProperty("almoner.root"), "docs/examples/mersenne/mersenne.wasm");

  /** A project that asks units for one file. */
  public static Project of(String origin, SigningKey owner, String output) {
    try {
      return new Project(origin, owner, Bytes.of(Files.readAllBytes(MERSENNE)), List.of(output));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Uploads the module. */
  public void upload(Caller owner) throws IOException {
    owner.put("/api/v1/blobs/" + digest().toHex(), module.toArray()).good();
  }

  /** How the module is named. */
  public Hash digest() {
    return Hash.sha256(module.toArray());
  }

  public Envelope release() {
    Release release =
        new Release(
            "trial",
            "1.0.0",
            "AGPL-3.0-or-later",
            "https://almoner.example/almoner",
            "0".repeat(40),
            "clang 14",
            new BlobRef("trial.wasm", digest(), module.size()),
            List.of("{first}", "{last}"));
    return Envelope.sign(Envelope.Kind.RELEASE, release.toJson(), owner);
  }

  /** A batch of units of {@code step} numbers each. */
  public Envelope batch(String purpose, BatchUnits units, Allotment allotment) {
    BatchSpec spec =
        new BatchSpec(
            origin,
            "trial",
            purpose,
            release().digest(),
            units,
            List.of(),
            allotment,
            outputs,
            BatchSpec.AGREE_MIN);
    return Envelope.sign(Envelope.Kind.BATCH, spec.toJson(), owner);
  }

  /** Submits a batch; the same again gives the same id. */
  public Caller.Reply submit(Caller owner, Envelope batch) throws IOException {
    return owner.post(
        "/api/v1/batches",
        JsonValue.Obj.of().put("batch", batch.toJson()).put("release", release().toJson()).build());
  }
}
