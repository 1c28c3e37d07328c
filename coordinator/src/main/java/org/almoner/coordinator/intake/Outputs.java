package org.almoner.coordinator.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.HashSet;
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
import org.almoner.protocol.usage.UsageLine;

/** Looks into the output bundles of a report, on its sender's thread. */
final class Outputs {
  /** Largest bundle that travels with a report, in octets: 16 KiB. Larger ones are blobs. */
  static final int INLINE_BYTES_MAX = 16 * 1024;

  /** What a guest that was stopped is reported with: a bundle of no files. */
  static final Hash EMPTY = new OutputBundle(List.of()).digest();

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
  Map<Hash, Set<String>> names(Map<Hash, Bytes> came, List<UsageLine> lines) throws IOException {
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
      names.put(output.getKey(), read(output.getKey(), octets, size));
    }
    return names;
  }

  /** Whether the line's bundle holds every file its batch asks for; refuses when it is not here. */
  boolean complete(UsageLine line, Map<Hash, Set<String>> names) throws IOException {
    Optional<Batch> batch = batches.find(line.lease().batch());
    Set<String> here = names.get(line.output());
    if (here == null) {
      here = readBlob(line.output());
      names.put(line.output(), here);
    }
    return batch.isPresent() && here.containsAll(batch.get().spec().outputs());
  }

  private Set<String> readBlob(Hash digest) throws IOException {
    Optional<InputStream> blob = blobs.open(digest);
    if (blob.isEmpty()) {
      throw Refusals.output(
          "output "
              + digest
              + " came neither with the report nor as a blob; send both again together");
    }
    try (InputStream octets = blob.get()) {
      return read(digest, octets, BlobRef.BYTES_MAX);
    }
  }

  private static Set<String> read(Hash digest, InputStream octets, long bytesMax)
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
                return OutputStream.nullOutputStream();
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
