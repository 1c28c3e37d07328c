package org.almoner.command.audit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.batch.Batch;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundleReader;
import org.almoner.protocol.result.MalformedBundle;
import org.almoner.workload.compare.ComparedOutput;
import org.almoner.workload.compare.Comparison;
import org.almoner.workload.compare.FileComparison;
import org.almoner.workload.compare.OutputComparer;

/**
 * Whether outputs of one line's unit are the same as its batch compares them, octet by octet or by
 * what they mean. Fetches those of which this computer has no octets; for one line.
 */
final class OutputMatch {
  /** The instruction counts were not compared. */
  static final String ANY_COUNT = "any count";

  /** Most words on how outputs were compared. */
  static final int WORDS_MAX = 4;

  private final AuditorClient client;
  private final Path folder;
  private final long leaf;
  private final Comparison comparison;
  private final boolean counted;
  private final BundleLimits limits;

  /**
   * Compares for {@code line}; failures are only held against each other by their octets.
   *
   * @param folder where outputs are laid that are fetched, one file each
   */
  OutputMatch(AuditorClient client, Path folder, CheckedLine line, Batch batch) {
    this.client = client;
    this.folder = folder;
    this.leaf = line.leaf();
    this.comparison = line.line().exit() == 0 ? batch.spec().compare() : Comparison.EXACT;
    this.counted = comparison.counted() && batch.release().program().isCounted();
    this.limits = BundleLimits.ofOctets(batch.spec().allotment().diskBytes());
  }

  /** What comparing came to. */
  sealed interface Result {
    /** They are the same. */
    record Same() implements Result {}

    /** They are not, or one of them cannot be compared at all. */
    record Different(String found) implements Result {}

    /** The coordinator does not show one of them. */
    record Missing() implements Result {}
  }

  /** Words on how outputs were compared; none for octet by octet. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    comparison.files().stream()
        .map(FileComparison::form)
        .distinct()
        .sorted()
        .forEach(form -> words.add(form.word()));
    if (!comparison.counted()) {
      words.add(ANY_COUNT);
    }
    return words;
  }

  /** Whether the instruction counts must be the same. */
  boolean counted() {
    return counted;
  }

  /** Holds one output that the line's coordinator has against another. */
  Result compare(Hash one, Hash other) throws IOException, InterruptedException, AuditStopped {
    if (one.equals(other)) {
      return new Result.Same();
    }
    if (comparison.isExact()) {
      return new Result.Different(other.toString());
    }
    Optional<Path> there = fetch(other);
    return there.isEmpty() ? new Result.Missing() : compare(one, other, there.get());
  }

  /** Holds an output that the line's coordinator has against one that is here. */
  Result compare(Hash one, Hash other, Path bundle)
      throws IOException, InterruptedException, AuditStopped {
    if (one.equals(other)) {
      return new Result.Same();
    }
    if (comparison.isExact()) {
      return new Result.Different(other.toString());
    }
    Optional<Path> mine = fetch(one);
    if (mine.isEmpty()) {
      return new Result.Missing();
    }
    try {
      return compare(read(mine.get()), other, read(bundle));
    } catch (MalformedBundle e) {
      return new Result.Different("an output is no bundle: " + e.getMessage());
    }
  }

  private static Result compare(ComparedOutput mine, Hash other, ComparedOutput theirs) {
    if (mine.fault().isPresent()) {
      return new Result.Different("what the line left cannot be compared: " + mine.fault().get());
    }
    if (theirs.fault().isPresent()) {
      return new Result.Different(other + ", which cannot be compared: " + theirs.fault().get());
    }
    boolean same =
        mine.digest().equals(theirs.digest()) && mine.numbers().agreeWith(theirs.numbers());
    return same ? new Result.Same() : new Result.Different(other.toString());
  }

  /** The octets of an output that the coordinator has, of that digest. */
  Optional<Path> fetch(Hash output) throws IOException, InterruptedException, AuditStopped {
    Path file = folder.resolve(output.toHex());
    boolean here =
        Files.exists(file) || client.output(leaf, output, limits.bundleOctets(), arriving(file));
    if (!here) {
      return Optional.empty();
    }
    if (!Files.exists(file)) {
      Files.move(arriving(file), file);
    }
    return Optional.of(file);
  }

  private static Path arriving(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  private ComparedOutput read(Path bundle) throws IOException, MalformedBundle {
    OutputComparer comparer = new OutputComparer(comparison, Files.size(bundle));
    try (InputStream octets = new BufferedInputStream(Files.newInputStream(bundle))) {
      BundleReader.read(octets, limits, comparer);
    }
    return comparer.finish();
  }
}
