package org.almoner.tax.issue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.register.Registered;

/** Donors of one run, taken in groups that are bounded in number and in octets. */
final class Batch {
  /** Most documents in one group. */
  static final int GROUP_MAX = 256;

  /** Once the evidence of a group has so many octets, no more is added. */
  static final long GROUP_BYTES = 64L << 20;

  /** Donors whose lines are in memory at a time. */
  private static final int SLICE = 8;

  private final Drafting drafting;
  private final List<DonorId> donors;
  private final Predicate<Registered> again;
  private int place;

  /**
   * Of {@code donors}, each once.
   *
   * @param again which documents that were cancelled are to be followed by another
   */
  Batch(Drafting drafting, List<DonorId> donors, Predicate<Registered> again) {
    this.drafting = drafting;
    this.donors = List.copyOf(new LinkedHashSet<>(donors));
    this.again = again;
  }

  Drafting drafting() {
    return drafting;
  }

  boolean goesOn() {
    return place < donors.size();
  }

  int size() {
    return donors.size();
  }

  /** Draws up the next group. */
  List<Prepared> prepare(Workers workers) throws IOException {
    List<Prepared> group = new ArrayList<>();
    long octets = 0;
    while (goesOn() && group.size() < GROUP_MAX && octets < GROUP_BYTES) {
      int end = Math.min(place + Math.min(SLICE, GROUP_MAX - group.size()), donors.size());
      for (Prepared one : workers.all(donors.subList(place, end), this::first)) {
        octets += octets(one);
        group.add(one);
      }
      place = end;
    }
    return group;
  }

  /** What does not fit of one donor keeps nobody else's document back. */
  private Prepared first(DonorId donor) throws IOException {
    try {
      return drafting.first(donor, again);
    } catch (DrawingFailed e) {
      return new Prepared.Nothing(IssueReply.refused(donor, String.valueOf(e.getMessage())));
    }
  }

  private static long octets(Prepared one) {
    if (one instanceof Prepared.Fresh fresh) {
      return fresh.draft().evidence().size();
    }
    return one instanceof Prepared.Again draft ? draft.draft().evidence().size() : 0;
  }
}
