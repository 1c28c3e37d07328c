package org.almoner.command.bench;

import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.release.Release;
import org.almoner.workload.batch.BatchSpec;
import org.almoner.workload.batch.BatchUnits;

/** The software that units of the load name: a module that does nothing, and batches of it. */
final class StubRelease {
  /** The file each unit leaves. */
  static final String OUTPUT = "result";

  static final Allotment ALLOTMENT =
      new Allotment(1, Allotment.PAGE_BYTES, Allotment.PAGE_BYTES, 60_000);

  /**
   * The least module that is admitted: a function type, a function, one page of memory, both
   * exported under the names WASI gives them, an empty body.
   *
   * @see <a href="https://www.w3.org/TR/wasm-core-1/#binary-format">Wasm binary format</a>
   */
  static final Bytes MODULE =
      Bytes.parseHex(
          "0061736d01000000"
              + "0104"
              + "01600000"
              + "0302"
              + "0100"
              + "0503"
              + "010001"
              + "0713"
              + "02065f73746172740000066d656d6f72790200"
              + "0a04"
              + "0102000b");

  private final SigningKey owner;
  private final Envelope signed;

  StubRelease(SigningKey owner) {
    this.owner = owner;
    this.signed =
        Envelope.sign(
            Envelope.Kind.RELEASE,
            new Release(
                    "almoner-bench-stub",
                    "1",
                    "AGPL-3.0-or-later",
                    "https://almoner.example/source",
                    "0".repeat(40),
                    "none: written out octet by octet",
                    module(),
                    List.of("{index}"))
                .toJson(),
            owner);
  }

  Envelope signed() {
    return signed;
  }

  /** A signed batch; another number makes another batch. */
  Envelope batch(String origin, int number, int units) {
    BatchSpec spec =
        new BatchSpec(
            origin,
            "bench-" + number,
            "Load for a measurement of this coordinator; nothing is computed.",
            signed.digest(),
            new BatchUnits.Range(0, units - 1, 1),
            List.of(),
            ALLOTMENT,
            List.of(OUTPUT),
            BatchSpec.AGREE_MIN);
    return Envelope.sign(Envelope.Kind.BATCH, spec.toJson(), owner);
  }

  static Hash moduleDigest() {
    return Hash.sha256(MODULE.toArray());
  }

  private static BlobRef module() {
    return new BlobRef("stub.wasm", moduleDigest(), MODULE.size());
  }
}
