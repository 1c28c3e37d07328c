package org.almoner.coordinator.starter;

import java.util.List;
import org.almoner.coordinator.batch.Batch;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Program;
import org.almoner.protocol.release.Build;
import org.almoner.protocol.release.Release;
import org.almoner.workload.batch.BatchSpec;
import org.almoner.workload.batch.BatchUnits;

/**
 * The batch of starter units that a coordinator submits to itself, signed with its own key: the
 * same origin and key give the same batch.
 *
 * <p>A batch's record asks for two at least who agree; here the known answer is one of them.
 */
public final class StarterBatch {
  /** Its name. */
  public static final String PROJECT = "starter";

  /** What its volunteers are told. */
  public static final String PURPOSE =
      "Show that this computer computes right before it is given other work: count the primes of a"
          + " stretch whose primes are known. It counts nothing on a statement.";

  /** The file each unit leaves. */
  public static final String OUTPUT = "starter.txt";

  private static final long MIB = 1 << 20;

  /** The module writes and reads 8 MiB; ten minutes are enough for a computer of any age. */
  private static final Allotment ALLOTMENT = new Allotment(1, 16 * MIB, MIB, 600_000);

  /** Numbers of ten digits: instructions are counted, so each argument has the same length. */
  private static final BatchUnits UNITS = new BatchUnits.Range(1_000_000_000L, 1_999_999_999L, 1);

  /** The commit whose source the module was built from. */
  private static final String COMMIT = "efe0daed3923b5b6f1372b4490f3c7477c24991f";

  private static final Build BUILD =
      new Build(
          "docs/examples/starter",
          List.of(
              "clang-14=1:14.0.6-12",
              "lld-14=1:14.0.6-12",
              "wasi-libc=0.0~git20220510.9886d3d-2",
              "libclang-rt-14-dev-wasm32=1:14.0.6-12"),
          List.of("./build.sh"),
          "starter.wasm");

  private StarterBatch() {}

  /** The batch of the coordinator with that log and key, without a number. */
  public static Batch of(String origin, SigningKey coordinator) {
    Envelope release = Envelope.sign(Envelope.Kind.RELEASE, release().toJson(), coordinator);
    BatchSpec spec =
        new BatchSpec(
            origin,
            PROJECT,
            PURPOSE,
            release.digest(),
            UNITS,
            List.of(),
            ALLOTMENT,
            List.of(OUTPUT),
            BatchSpec.AGREE_MIN);
    Envelope batch = Envelope.sign(Envelope.Kind.BATCH, spec.toJson(), coordinator);
    try {
      return Batch.of(0, Batch.COORDINATOR, batch, release);
    } catch (BadSignature | MalformedJson e) {
      throw new IllegalStateException("what was just signed cannot be read", e);
    }
  }

  private static Release release() {
    return new Release(
        "almoner-starter",
        "1",
        "AGPL-3.0-or-later",
        "https://almoner.example/almoner",
        COMMIT,
        "clang-14 14.0.6-12, lld-14 14.0.6-12, wasi-libc 0.0~git20220510.9886d3d-2 (Debian 12)",
        new Program.Wasm(StarterModule.blob(), List.of()),
        List.of("{first}"),
        BUILD,
        ALLOTMENT);
  }
}
