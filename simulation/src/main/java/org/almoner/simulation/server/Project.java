package org.almoner.simulation.server;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.almoner.coordinator.batch.BlobShelf;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.release.Release;
import org.almoner.simulation.truth.Puzzle;
import org.almoner.workload.batch.BatchSpec;
import org.almoner.workload.batch.BatchUnits;

/** An owner's releases and batches. The modules are never run, so any octets serve. */
final class Project implements BlobShelf {
  /** What a unit is allotted: one core for a day at most. */
  static final Allotment ALLOTMENT = new Allotment(1, 64 << 20, 1 << 20, Allotment.WALL_MS_MAX);

  private final String origin;
  private final SigningKey owner;

  Project(String origin, SigningKey owner) {
    this.origin = origin;
    this.owner = owner;
  }

  SigningKey owner() {
    return owner;
  }

  private static Bytes module(int number) {
    return Bytes.utf8("module " + number);
  }

  private static BlobRef blob(int number) {
    Bytes module = module(number);
    return new BlobRef("unit.wasm", Hash.sha256(module.toArray()), module.size());
  }

  /** The release of that number, signed. */
  Envelope release(int number) {
    Release release =
        new Release(
            "riddle",
            number + ".0.0",
            "AGPL-3.0-or-later",
            "https://almoner.example/riddle",
            "0".repeat(40),
            "clang 14",
            blob(number),
            List.of("{first}"));
    return Envelope.sign(Envelope.Kind.RELEASE, release.toJson(), owner);
  }

  /** A batch of {@code units} units of a release. */
  Envelope batch(int release, long units) {
    BatchSpec spec =
        new BatchSpec(
            origin,
            "riddle",
            "Riddles whose answers only the simulation knows.",
            release(release).digest(),
            new BatchUnits.Range(1, units, 1),
            List.of(),
            ALLOTMENT,
            List.of(Puzzle.FILE),
            BatchSpec.AGREE_MIN);
    return Envelope.sign(Envelope.Kind.BATCH, spec.toJson(), owner);
  }

  /** Releases are numbered from 0 to this. */
  private static final int RELEASES_MAX = 64;

  private static Optional<Bytes> find(Hash digest) {
    for (int number = 0; number < RELEASES_MAX; number++) {
      if (blob(number).digest().equals(digest)) {
        return Optional.of(module(number));
      }
    }
    return Optional.empty();
  }

  @Override
  public OptionalLong size(Hash digest) {
    return find(digest).map(m -> OptionalLong.of(m.size())).orElseGet(OptionalLong::empty);
  }

  @Override
  public Optional<InputStream> open(Hash digest) {
    return find(digest).map(m -> new ByteArrayInputStream(m.toArray()));
  }

  @Override
  public Optional<InputStream> openSent(AgentId agent, Hash digest) {
    return Optional.empty();
  }
}
