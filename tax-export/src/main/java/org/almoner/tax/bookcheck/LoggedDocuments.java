package org.almoner.tax.bookcheck;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tree.Frontier;
import org.almoner.ledger.tree.TreeHash;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** What a log holds of documents: statements, receipts and withdrawals, by index. */
final class LoggedDocuments {
  final TreeSet<Long> statements = new TreeSet<>();
  final Map<Long, Hash> receipts = new HashMap<>();
  final Map<Long, Withdrawal> withdrawals = new TreeMap<>();
  private final List<Finding> findings;

  private LoggedDocuments(List<Finding> findings) {
    this.findings = findings;
  }

  /** Reads every entry up to the checkpoint; together they have to lead to its root. */
  static LoggedDocuments read(LogReader reader, Checkpoint checkpoint, List<Finding> findings)
      throws IOException {
    LoggedDocuments logged = new LoggedDocuments(findings);
    Frontier frontier = Frontier.empty();
    long leaf = 0;
    while (leaf < checkpoint.size()) {
      for (Bytes octets : reader.entriesFrom(leaf, checkpoint.size())) {
        if (leaf == checkpoint.size()) {
          break;
        }
        frontier.append(TreeHash.leaf(octets), (height, root) -> {});
        logged.take(leaf, octets);
        leaf++;
      }
    }
    if (!frontier.root().equals(checkpoint.root())) {
      logged.find("the entries of this copy do not lead to the signed root");
    }
    return logged;
  }

  private void take(long leaf, Bytes octets) {
    try {
      Entry entry = Entry.parse(octets);
      if (entry.kind() == Kind.STATEMENT) {
        statements.add(leaf);
      } else if (entry.kind() == Kind.RECEIPT) {
        receipts.put(leaf, TreeHash.leaf(octets));
      } else if (entry.kind() == Kind.WITHDRAWAL) {
        withdrawals.put(leaf, Withdrawal.parse(entry));
      }
    } catch (MalformedEntry e) {
      find("entry " + leaf + ": " + e.getMessage());
    }
  }

  private void find(String sentence) {
    findings.add(new Finding(Finding.Kind.LOG, "log", sentence));
  }
}
