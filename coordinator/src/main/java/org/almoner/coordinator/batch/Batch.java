package org.almoner.coordinator.batch;

import java.util.List;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.identity.Signature;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.lease.Work;
import org.almoner.protocol.release.Release;
import org.almoner.workload.batch.BatchPlan;
import org.almoner.workload.batch.BatchSpec;

/**
 * A batch as it was submitted; nothing in it ever changes, so any thread may read it.
 *
 * @param number 0 for the first batch of this coordinator
 * @param owner the owner's name; {@link #COORDINATOR} for starter units
 * @param envelope the batch as signed
 * @param releaseEnvelope its release as signed
 */
public record Batch(
    BatchId id,
    long number,
    String owner,
    BatchSpec spec,
    Release release,
    BatchPlan plan,
    Work work,
    int workOctets,
    Envelope envelope,
    Envelope releaseEnvelope)
    implements Row {
  /** Family of the rows. */
  public static final String FAMILY = "batch/";

  /** Stands for the owner of starter units, the coordinator itself; no approved owner has it. */
  public static final String COORDINATOR = "";

  private static final int VERSION = 1;

  /** Octets of a lease's JSON around its arguments and files, more than enough. */
  private static final int LEASE_OCTETS = 300;

  /** Octets of a file's JSON around its name. */
  private static final int FILE_OCTETS = 420;

  /**
   * Reads a signed batch and its signed release, which must fit each other.
   *
   * @throws BadSignature when a signature is not good, or not the same owner's
   * @throws MalformedJson when a payload cannot be read
   * @throws IllegalArgumentException when they do not fit each other, in one sentence
   */
  public static Batch of(long number, String owner, Envelope envelope, Envelope releaseEnvelope)
      throws BadSignature, MalformedJson {
    BatchSpec spec = BatchSpec.parse(envelope.open());
    Release release = Release.parse(releaseEnvelope.open());
    if (!releaseEnvelope.signer().equals(envelope.signer())) {
      throw new BadSignature("the release was signed by another key than the batch");
    }
    Hash releaseDigest = releaseEnvelope.digest();
    if (!spec.release().equals(releaseDigest)) {
      throw new IllegalArgumentException(
          "the batch names release "
              + spec.release()
              + " but came with "
              + releaseDigest
              + "; send the release it names");
    }
    if (!release.covers(spec.allotment())) {
      throw new IllegalArgumentException(
          "the batch allots a unit more than the release says it needs; lower what the batch allots,"
              + " or sign a new release");
    }
    BatchId id = BatchSpec.idOf(envelope.digest());
    BatchPlan plan = BatchPlan.of(spec.units(), release.args());
    Work work =
        new Work(
            id,
            spec.project(),
            spec.purpose(),
            spec.release(),
            release.title(),
            release.program(),
            spec.allotment(),
            spec.inputs(),
            spec.outputs());
    int workOctets = CanonicalJson.encode(work.toJson()).length;
    return new Batch(
        id, number, owner, spec, release, plan, work, workOctets, envelope, releaseEnvelope);
  }

  /** Reads a row. */
  public static Batch parse(String key, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key, row, VERSION);
    long number = in.number();
    String owner = in.text();
    PublicKey signer = PublicKey.of(in.fixed(PublicKey.SIZE).toArray());
    Envelope envelope =
        new Envelope(
            Envelope.Kind.BATCH, in.bytes(), signer, new Signature(in.fixed(Signature.SIZE)));
    Envelope release =
        new Envelope(
            Envelope.Kind.RELEASE, in.bytes(), signer, new Signature(in.fixed(Signature.SIZE)));
    in.end();
    try {
      return of(number, owner, envelope, release);
    } catch (BadSignature | MalformedJson | IllegalArgumentException e) {
      throw in.fault("holds no batch: " + e.getMessage());
    }
  }

  /** Key of that batch's row. */
  public static String key(BatchId id) {
    return FAMILY + id.toHex();
  }

  /** The same batch with its number. */
  public Batch numbered(long given) {
    return new Batch(
        id, given, owner, spec, release, plan, work, workOctets, envelope, releaseEnvelope);
  }

  /** The same batch with its owner's name. */
  Batch ownedBy(String name) {
    return new Batch(
        id, number, name, spec, release, plan, work, workOctets, envelope, releaseEnvelope);
  }

  /** Whether its units are starter units, judged by answers the coordinator knows. */
  public boolean starter() {
    return owner.equals(COORDINATOR);
  }

  /** Number of units. */
  public long units() {
    return plan.count();
  }

  /** A bound for the octets one lease of this batch takes in a grant. */
  public int leaseOctets(BatchPlan.Unit unit) {
    int octets = LEASE_OCTETS + unit.inputs().size() * FILE_OCTETS;
    for (String arg : unit.args()) {
      octets += 6 * arg.length() + 3;
    }
    return octets;
  }

  /**
   * One lease of this batch, written out.
   *
   * @param wish the engine it is wished to run on; none when any will do
   */
  public Lease lease(LeaseId id, List<Engine> wish) {
    BatchPlan.Unit unit = plan.unit(id.unit());
    return new Lease(id, unit.args(), unit.inputs(), wish);
  }

  @Override
  public String key() {
    return key(id);
  }

  @Override
  public Bytes image() {
    return new RowWriter(VERSION)
        .number(number)
        .text(owner)
        .fixed(Bytes.of(envelope.signer().toArray()))
        .bytes(envelope.payload())
        .fixed(envelope.signature().octets())
        .bytes(releaseEnvelope.payload())
        .fixed(releaseEnvelope.signature().octets())
        .finish();
  }
}
