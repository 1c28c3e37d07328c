package org.almoner.simulation.books;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.almoner.ledger.check.CheckedLog;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tally.SettledOutcomes;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.simulation.network.Acknowledged;
import org.almoner.simulation.server.Server;

/** Reads the whole log like anybody with its key, and opens it with what the agents were given. */
public final class Auditor {
  private final Server server;
  private final Acknowledged acknowledged;
  private final NavigableMap<Long, CheckedLine> lines = new TreeMap<>();
  private final Map<Long, UsageOpening> openings = new HashMap<>();
  private final List<String> badOpenings = new ArrayList<>();
  private int opened;

  /** Audits that server's log. */
  public Auditor(Server server, Acknowledged acknowledged) {
    this.server = server;
    this.acknowledged = acknowledged;
  }

  /** Draws the books up as the log stands now. */
  public Books examine() throws IOException {
    Reading reading = new Reading();
    SignedCheckpoint checkpoint = checkpoint();
    CheckedLog checked = LogCheck.run(server.tiles(), checkpoint, reading::entry);
    checked.findings().forEach(finding -> reading.faults.add(finding.toString()));
    open();
    reading.faults.addAll(badOpenings);
    return new Books(
        checkpoint.checkpoint().size(),
        checkpoint.checkpoint().root(),
        reading.faults,
        reading.outcomes,
        lines,
        reading.usage);
  }

  private SignedCheckpoint checkpoint() throws IOException {
    try {
      return SignedCheckpoint.open(server.checkpoint(), Server.ORIGIN, List.of(server.logKey()));
    } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
      throw new IOException("the log's own checkpoint is not its own", e);
    }
  }

  private void open() {
    List<UsageOpening> all = acknowledged.lines();
    List<UsageOpening> fresh = new ArrayList<>();
    for (; opened < all.size(); opened++) {
      UsageOpening opening = all.get(opened);
      UsageOpening before = openings.putIfAbsent(opening.leaf(), opening);
      if (before == null) {
        fresh.add(opening);
      } else if (!before.equals(opening)) {
        badOpenings.add("entry " + opening.leaf() + " was acknowledged as two different lines");
      }
    }
    try {
      UsageOpening.checkAll(Server.ORIGIN, fresh).forEach(line -> lines.put(line.leaf(), line));
    } catch (OpeningRejected e) {
      badOpenings.add(String.valueOf(e.getMessage()));
    }
  }

  /** What is learnt from the entries, one after the other. */
  private static final class Reading {
    private final List<String> faults = new ArrayList<>();
    private final SettledOutcomes outcomes = new SettledOutcomes();
    private final Map<Long, Hash> usage = new HashMap<>();

    void entry(long index, Bytes octets) {
      try {
        Entry entry = Entry.parse(octets);
        if (entry.kind() == Kind.USAGE) {
          usage.put(index, entry.leafHash());
        }
        outcomes.take(entry);
      } catch (MalformedEntry | OpeningRejected e) {
        faults.add("entry " + index + ": " + e.getMessage());
      }
    }
  }
}
