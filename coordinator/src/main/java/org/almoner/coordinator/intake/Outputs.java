package org.almoner.coordinator.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.Batches;
import org.almoner.coordinator.batch.BlobShelf;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundleReader;
import org.almoner.protocol.result.MalformedBundle;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.protocol.usage.Held;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.UsageReport;
import org.almoner.workload.compare.ComparedOutput;
import org.almoner.workload.compare.Comparison;
import org.almoner.workload.compare.OutputComparer;

/** Looks into the output bundles of a report; those that are blobs are read for it. */
final class Outputs {
  /** Largest bundle that travels with a report, in octets: 16 KiB. Larger ones are blobs. */
  static final int INLINE_BYTES_MAX = 16 * 1024;

  /** What a guest that was stopped is reported with: a bundle of no files. */
  static final Hash EMPTY = new OutputBundle(List.of()).digest();

  private static final Bytes EMPTY_BUNDLE = Bytes.of(new OutputBundle(List.of()).encode());

  private final Batches batches;
  private final BlobShelf blobs;

  Outputs(Batches batches, BlobShelf blobs) {
    this.batches = batches;
    this.blobs = blobs;
  }

  /**
   * File names of each bundle that came, by its digest. Refuses what is no bundle, too large, or of
   * none of the lines.
   */
  private static Map<Hash, Set<String>> names(Map<Hash, Bytes> came, List<UsageLine> lines)
      throws IOException {
    Map<Hash, Set<String>> names = new HashMap<>();
    names.put(EMPTY, Set.of());
    for (Map.Entry<Hash, Bytes> output : came.entrySet()) {
      if (lines.stream().noneMatch(line -> line.output().equals(output.getKey()))) {
        throw Refusals.output("output " + output.getKey() + " is named by no line; leave it out");
      }
      int size = output.getValue().size();
      if (size > INLINE_BYTES_MAX) {
        throw Refusals.outputTooLarge(
            "output "
                + output.getKey()
                + " has "
                + size
                + " octets; at most "
                + INLINE_BYTES_MAX
                + " travel with a report, upload it as a blob first");
      }
      InputStream octets = new ByteArrayInputStream(output.getValue().toArray());
      names.put(output.getKey(), read(output.getKey(), octets, size, List.of()));
    }
    return names;
  }

  /** Whether a line names an output that neither came with the report nor is the empty one. */
  static boolean nameBlobs(UsageReport report, Map<Hash, Bytes> came) {
    return report.lines().stream()
        .anyMatch(line -> !came.containsKey(line.output()) && !line.output().equals(EMPTY));
  }

  /**
   * Each line of the report with what of its output is compared. Refuses a report whose outputs are
   * not here, or were not in its agent's hands when it was made.
   */
  List<Checked> check(UsageReport report, Map<Hash, Bytes> came) throws IOException {
    Map<Hash, Set<String>> names = names(came, report.lines());
    Map<Name, ComparedOutput> compared = new HashMap<>();
    List<Checked> checked = new ArrayList<>();
    for (UsageLine line : report.lines()) {
      Hash output = line.output();
      if (!names.containsKey(output)) {
        names.put(output, readBlob(output, report, compared));
      } else if (came.containsKey(output)) {
        requireHeld(line, Held.of(line.lease(), report.agent(), came.get(output)));
      } else if (output.equals(EMPTY)) {
        requireHeld(line, Held.of(line.lease(), report.agent(), EMPTY_BUNDLE));
      }
      checked.add(checked(line, names.get(output), came, compared));
    }
    return checked;
  }

  private Checked checked(
      UsageLine line, Set<String> names, Map<Hash, Bytes> came, Map<Name, ComparedOutput> compared)
      throws IOException {
    Optional<Batch> batch = batches.find(line.lease().batch());
    if (batch.isEmpty()) {
      return Checked.ofNoBatch(line);
    }
    if (!Checked.isCompared(line, batch.get())) {
      return Checked.exactly(line, batch.get(), names);
    }
    Comparison comparison = batch.get().spec().compare();
    Name name = new Name(line.output(), comparison);
    ComparedOutput known = compared.get(name);
    if (known == null) {
      known = compare(comparison, came.getOrDefault(line.output(), EMPTY_BUNDLE));
      compared.put(name, known);
    }
    return Checked.of(line, batch.get(), names, known);
  }

  private static ComparedOutput compare(Comparison comparison, Bytes bundle) throws IOException {
    OutputComparer comparer = new OutputComparer(comparison, bundle.size());
    InputStream octets = new ByteArrayInputStream(bundle.toArray());
    try {
      BundleReader.read(octets, BundleLimits.ofOctets(bundle.size()), comparer);
    } catch (MalformedBundle e) {
      throw Refusals.output("an output is no output bundle: " + e.getMessage());
    }
    return comparer.finish();
  }

  /** An output, and how it is compared. */
  private record Name(Hash output, Comparison comparison) {}

  /** Reads a blob once for all lines that name it. */
  private Set<String> readBlob(Hash digest, UsageReport report, Map<Name, ComparedOutput> compared)
      throws IOException {
    Optional<InputStream> blob = blobs.openSent(report.agent(), digest);
    if (blob.isEmpty()) {
      throw Refusals.output(
          "output "
              + digest
              + " came from this agent neither with the report nor as a blob; send both again"
              + " together");
    }
    Map<UsageLine, Held> held = new LinkedHashMap<>();
    Map<Comparison, OutputComparer> comparers = new LinkedHashMap<>();
    long bytesMax = BlobRef.BYTES_MAX;
    for (UsageLine line : report.lines()) {
      if (line.output().equals(digest)) {
        held.put(line, Held.begin(line.lease(), report.agent()));
        bytesMax = Math.min(bytesMax, allottedDisk(line));
        batches
            .find(line.lease().batch())
            .filter(batch -> Checked.isCompared(line, batch))
            .map(batch -> batch.spec().compare())
            .ifPresent(how -> comparers.put(how, new OutputComparer(how, Long.MAX_VALUE)));
      }
    }
    Set<String> names;
    try (InputStream octets = new PassingBy(blob.get(), held.values())) {
      names = read(digest, octets, bytesMax, List.copyOf(comparers.values()));
    }
    comparers.forEach((how, comparer) -> compared.put(new Name(digest, how), comparer.finish()));
    held.forEach((line, found) -> requireHeld(line, found.finish()));
    return names;
  }

  private long allottedDisk(UsageLine line) {
    return batches
        .find(line.lease().batch())
        .map(batch -> batch.spec().allotment().diskBytes())
        .orElse(0L);
  }

  private static void requireHeld(UsageLine line, Hash found) {
    if (!line.held().equals(found)) {
      throw Refusals.notHeld(line.lease());
    }
  }

  private static Set<String> read(
      Hash digest, InputStream octets, long bytesMax, List<OutputComparer> comparers)
      throws IOException {
    Set<String> names = new HashSet<>();
    Hash found;
    try {
      found =
          BundleReader.read(
              octets,
              BundleLimits.ofOctets(bytesMax),
              (path, size) -> {
                names.add(path.value());
                OutputStream sink = OutputStream.nullOutputStream();
                for (OutputComparer comparer : comparers) {
                  sink = new Both(sink, comparer.file(path, size));
                }
                return sink;
              });
    } catch (MalformedBundle e) {
      throw Refusals.output("output " + digest + " is no output bundle: " + e.getMessage());
    }
    if (!found.equals(digest)) {
      throw Refusals.output(
          "octets came under digest "
              + digest
              + " that hash to "
              + found
              + "; send the right ones");
    }
    return names;
  }
}
