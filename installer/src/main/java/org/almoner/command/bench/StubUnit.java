package org.almoner.command.bench;

import java.util.List;
import java.util.SplittableRandom;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.OutputBundle;

/**
 * What a unit comes to without being run: one file, the same for all replicas of a unit and another
 * for every other unit.
 *
 * @param bundle its output bundle
 * @param digest SHA-256 of the bundle
 * @param count the instructions it is said to have taken
 */
record StubUnit(Bytes bundle, Hash digest, long count) {
  /** Size of the file. */
  static final int OUTPUT_BYTES = 1_024;

  private static final long COUNT_MIN = 1_000_000;
  private static final BundlePath PATH = new BundlePath(StubRelease.OUTPUT);

  static StubUnit of(LeaseId lease) {
    SplittableRandom drawn = new SplittableRandom(31L * lease.batch().hashCode() + lease.unit());
    byte[] content = new byte[OUTPUT_BYTES];
    drawn.nextBytes(content);
    byte[] bundle =
        new OutputBundle(List.of(new OutputBundle.OutputFile(PATH, Bytes.of(content)))).encode();
    return new StubUnit(Bytes.of(bundle), Hash.sha256(bundle), COUNT_MIN + lease.unit());
  }
}
