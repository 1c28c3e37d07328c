package org.almoner.coordinator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.batch.BlobShelf;
import org.almoner.coordinator.dispatch.Replica;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundleReader;
import org.almoner.protocol.result.MalformedBundle;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.workload.compare.OutputComparer;

/**
 * Says why an output was no result although its program ended well, by looking into it once more:
 * that is rare, and the sentence would be long beside every replica. For one answer on one thread.
 */
final class WhyNoResult {
  /** Octets of outputs that are looked into for one answer: 64 MiB. */
  static final long OCTETS_MAX = 64L << 20;

  private static final Bytes EMPTY = Bytes.of(new OutputBundle(List.of()).encode());

  private final BlobShelf blobs;
  private long looked;

  /** Finds outputs that were too large for their report in {@code blobs}. */
  WhyNoResult(BlobShelf blobs) {
    this.blobs = blobs;
  }

  /**
   * One sentence that begins with a file's name; empty when nothing can be told.
   *
   * @param inline the output, when it travelled with its report
   */
  String sentence(Batch batch, Replica replica, Hash output, Optional<Bytes> inline)
      throws IOException {
    Optional<Bytes> bundle =
        inline.isEmpty() && output.equals(Hash.sha256(EMPTY.toArray()))
            ? Optional.of(EMPTY)
            : inline;
    OptionalLong size =
        bundle.isPresent() ? OptionalLong.of(bundle.get().size()) : blobs.size(output);
    if (size.isEmpty()) {
      return "";
    }
    if (size.getAsLong() > OCTETS_MAX - looked) {
      return "output of "
          + size.getAsLong()
          + " octets: too large to say here what is wrong; run-local says it";
    }
    looked += size.getAsLong();
    Optional<InputStream> octets =
        bundle.isPresent()
            ? Optional.of(new ByteArrayInputStream(bundle.get().toArray()))
            : blobs.openSent(replica.agent(), output);
    if (octets.isEmpty()) {
      return "";
    }
    try (InputStream in = octets.get()) {
      return sentence(batch, in, size.getAsLong());
    } catch (MalformedBundle e) {
      throw new IOException("a logged output is no bundle any more: " + e.getMessage(), e);
    }
  }

  private static String sentence(Batch batch, InputStream octets, long size)
      throws IOException, MalformedBundle {
    OutputComparer comparer = new OutputComparer(batch.spec().compare(), size);
    Set<String> names = new HashSet<>();
    BundleReader.read(
        octets,
        BundleLimits.ofOctets(size),
        (path, length) -> {
          names.add(path.value());
          return comparer.file(path, length);
        });
    for (String wanted : batch.spec().outputs()) {
      if (!names.contains(wanted)) {
        return wanted + ": was not left in /out";
      }
    }
    return comparer.finish().fault().orElse("");
  }
}
