package org.almoner.workload.check;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.release.Release;
import org.almoner.workload.batch.BatchPlan;
import org.almoner.workload.batch.BatchSpec;
import org.almoner.workload.batch.BatchUnits;
import org.almoner.workload.spec.Fault;
import org.almoner.workload.spec.FilePath;
import org.almoner.workload.spec.Workload;

/** A workload whose files were found and digested. Only {@link WorkloadCheck} makes one. */
public final class CheckedWorkload {
  private final Workload workload;
  private final Release release;
  private final BatchUnits units;
  private final List<BlobRef> inputs;
  private final Map<Hash, Path> files;
  private final long uploadBytes;
  private final List<Fault> warnings;

  CheckedWorkload(
      Workload workload,
      Release release,
      BatchUnits units,
      List<BlobRef> inputs,
      Map<Hash, Path> files,
      long uploadBytes,
      List<Fault> warnings) {
    this.workload = workload;
    this.release = release;
    this.units = units;
    this.inputs = List.copyOf(inputs);
    this.files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    this.uploadBytes = uploadBytes;
    this.warnings = warnings.stream().sorted().toList();
  }

  /** What its file says. */
  public Workload workload() {
    return workload;
  }

  /** The software, for its owner to sign. */
  public Release release() {
    return release;
  }

  /**
   * The batch, for its owner to sign. The same file over the same files gives the same octets.
   *
   * @param origin the coordinator's log it is submitted to
   * @param releaseDigest digest of the signed payload of {@link #release}
   */
  public BatchSpec batch(String origin, Hash releaseDigest) {
    return new BatchSpec(
        origin,
        workload.name().text(),
        workload.purpose().text(),
        releaseDigest,
        units,
        inputs,
        workload.needs(),
        workload.outputs().stream().map(FilePath::text).toList(),
        workload.agree(),
        workload.deadline().endMs(),
        workload.compare(),
        workload.checks());
  }

  /** When two results are the same, in one line. */
  public String comparison() {
    return release.program().isCounted()
        ? workload.compare().toString()
        : workload.compare().withoutCount();
  }

  /** The units as they will be leased. */
  public BatchPlan plan() {
    return BatchPlan.of(units, release.args());
  }

  /** Files that every unit finds below {@code /in}. */
  public List<BlobRef> inputs() {
    return inputs;
  }

  /** Where each file that is to be uploaded lies, by its digest; the module first. */
  public Map<Hash, Path> files() {
    return files;
  }

  /** Octets of those files together. */
  public long uploadBytes() {
    return uploadBytes;
  }

  /** What is allowed and yet probably not meant, in reading order. */
  public List<Fault> warnings() {
    return warnings;
  }

  /** The most that volunteers can spend on it, in core-seconds: all units, all replicas. */
  public long coreSecondsMax() {
    return Math.multiplyExact(
        Math.multiplyExact(units.count(), workload.agree()),
        workload.needs().wallMs() / 1000 * workload.needs().cores());
  }
}
