package org.almoner.coordinator.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.coordinator.desk.LineOpening;
import org.almoner.coordinator.journal.JournalRecord;
import org.almoner.coordinator.journal.KnownKeys;
import org.almoner.coordinator.journal.Opening;
import org.almoner.coordinator.journal.Page;
import org.almoner.coordinator.opening.OpeningKeys;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.writer.Writer;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.lease.Grant;

/** Opens what is sealed in the journal, from any thread. */
public final class Openings {
  /** More leaves than one group commit logs, and so than one page has: 64,064. */
  private static final int PAGE_LEAVES_MAX = (Writer.GROUP_JOBS_MAX + 1) * Grant.LEASES_MAX;

  private final RowStore store;
  private final DonorLines lines;
  private final OpeningKeys keys;
  private final KnownKeys signers = new KnownKeys();

  /** Reads from {@code store} and opens with {@code keys}. */
  public Openings(RowStore store, OpeningKeys keys) {
    this.store = store;
    this.lines = new DonorLines(store);
    this.keys = keys;
  }

  /**
   * Openings of the lines of {@code agents} that belong to {@code donor}, in leaf order.
   *
   * @throws org.almoner.coordinator.desk.Refusal when a key was erased or is missing
   */
  public List<LineOpening> of(DonorId donor, List<AgentId> agents) throws IOException {
    List<LineOpening> openings = new ArrayList<>();
    Map<Long, Opening> opened = new HashMap<>();
    lines.each(
        donor,
        agents,
        line -> {
          JournalRecord record = line.record();
          Opening opening = opened.get(record.leaf());
          if (opening == null) {
            opening = record.open(keys, signers, "donor " + donor);
            opened.clear(); // the lines of a report come together
            opened.put(record.leaf(), opening);
          }
          opening(opening, line.leaf(), line.part()).ifPresent(openings::add);
        });
    openings.sort(Comparator.comparingLong(LineOpening::leaf));
    return openings;
  }

  /**
   * What opens the entry at {@code leaf}; empty when that is a public entry or one the coordinator
   * made.
   *
   * <p>Finds the page by trying the leaves before it. It reads one row more than there are entries
   * before {@code leaf} in its own group commit: few in a quiet log, some hundred in a busy one, at
   * the very most {@link #PAGE_LEAVES_MAX}. For an auditor's handful, not for all.
   *
   * @param leaf of an entry that is in the log: for any other all those rows would be tried
   * @throws IOException when the journal has no page of the entry, or a row cannot be read
   * @throws org.almoner.coordinator.desk.Refusal 410 when its key was erased, 500 when it is
   *     missing
   */
  public Optional<LineOpening> at(long leaf) throws IOException {
    Optional<JournalRecord> record = page(leaf).recordOf(leaf);
    if (record.isEmpty()) {
      return Optional.empty();
    }
    Opening opening = record.get().open(keys, signers, "entry " + leaf);
    return opening(opening, leaf, (int) (leaf - record.get().leaf()));
  }

  /**
   * An output that came with the report behind the entry at {@code leaf}, found as in {@link #at}.
   */
  public Optional<Bytes> output(long leaf, Hash digest) throws IOException {
    return page(leaf).output(digest);
  }

  private Page page(long leaf) throws IOException {
    for (long first = leaf; first >= Math.max(0, leaf - PAGE_LEAVES_MAX + 1); first--) {
      Optional<Bytes> row = store.get(Page.key(first));
      if (row.isPresent()) {
        return Page.parse(first, row.get());
      }
    }
    throw new IOException("the journal has no page of entry " + leaf);
  }

  private static Optional<LineOpening> opening(Opening opening, long leaf, int part) {
    Optional<Envelope> signed = opening.envelope();
    return signed.map(record -> new LineOpening(leaf, opening.salts().get(part), part, record));
  }
}
