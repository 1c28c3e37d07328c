package org.almoner.tax.bookcheck;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.pdf.MalformedDocument;
import org.almoner.tax.pdf.PdfEvidence;

/**
 * Holds a register against the log: what it says was logged is there, and nothing is left over that
 * it does not tell of. Used once.
 */
final class AgainstLog {
  private final Book book;
  private final DocumentFolder folder;
  private final LoggedDocuments logged;
  private final Checkpoint checkpoint;
  private final List<Finding> findings;
  private final List<String> explained = new ArrayList<>();
  private final Map<String, Page> pages = new HashMap<>();
  private final TreeSet<Long> statementsLeft;
  private final TreeSet<Long> receiptsLeft;
  private final TreeMap<Long, Withdrawal> withdrawalsLeft;

  /**
   * @param begun entries in the log before the register was read: what was logged later is not left
   *     over
   */
  AgainstLog(
      Book book,
      DocumentFolder folder,
      LoggedDocuments logged,
      Checkpoint checkpoint,
      long begun,
      List<Finding> findings) {
    this.book = book;
    this.folder = folder;
    this.logged = logged;
    this.checkpoint = checkpoint;
    this.findings = findings;
    statementsLeft = new TreeSet<>(logged.statements.headSet(begun));
    receiptsLeft = new TreeSet<>(logged.receipts.keySet());
    receiptsLeft.removeIf(leaf -> leaf >= begun);
    withdrawalsLeft = new TreeMap<>(logged.withdrawals);
    withdrawalsLeft.keySet().removeIf(leaf -> leaf >= begun);
    book.pages().forEach(page -> pages.put(page.number(), page));
  }

  /** Returns what is no finding and has to be told, one line each. */
  List<String> run() throws IOException {
    List<Long> sealed = new ArrayList<>();
    boolean allTold = true;
    for (Page page : book.pages()) {
      long statement = statement(page);
      if (page.was("SEALED")) {
        sealed.add(statement);
      }
      boolean given = page.stands() || page.was("REPLACED");
      if (given && !page.receipt().isThere()) {
        find(Finding.Kind.LOG, page.number(), "it was given out, and no entry of the log is named");
      }
      allTold &= statement >= 0 || !page.wasSealed();
      stated(page, statement);
      receipt(page);
      if (page.isWithdrawn() && page.receipt().isThere()) {
        withdrawal(page, statement);
      }
    }
    removeAboutToBeGiven(sealed, receiptsLeft);
    if (!receiptsLeft.isEmpty()) {
      find(
          Finding.Kind.UNREGISTERED,
          "log",
          receiptsLeft.size()
              + " receipts in the log are not in the register, first entry "
              + receiptsLeft.first());
    }
    abandoned();
    withdrawalsLeft.forEach(
        (leaf, withdrawal) ->
            find(
                Finding.Kind.UNREGISTERED,
                "log",
                "entry "
                    + leaf
                    + " says that the document with statement "
                    + withdrawal.statement()
                    + " was "
                    + withdrawal.state()
                    + ", the register does not"));
    statements(allTold);
    return explained;
  }

  /** For each sealed document one receipt behind its statement may wait to be registered. */
  private static void removeAboutToBeGiven(List<Long> sealed, Set<Long> receipts) {
    sealed.sort(null);
    int begun = 0;
    int used = 0;
    for (Long receipt : List.copyOf(receipts)) {
      while (begun < sealed.size() && sealed.get(begun) < receipt) {
        begun++;
      }
      if (used < begun) {
        used++;
        receipts.remove(receipt);
      }
    }
  }

  /** Where the log holds a page's statement; in early registers only the document itself tells. */
  private long statement(Page page) throws IOException {
    Path pdf = folder.pdf(page.number());
    if (page.statement() >= 0 || !Files.exists(pdf)) {
      return page.statement();
    }
    try {
      byte[] proof = PdfEvidence.read(Files.readAllBytes(pdf)).proof().toArray();
      return TlogProof.parse(new String(proof, StandardCharsets.UTF_8)).index();
    } catch (MalformedDocument | MalformedCheckpoint e) {
      find(Finding.Kind.DOCUMENT, page.number(), "log entry: " + e.getMessage());
      return -1;
    }
  }

  private void stated(Page page, long statement) {
    if (statement < 0 || isBehindTheEnd(page, statement)) {
      return;
    }
    statementsLeft.remove(statement);
    if (!logged.statements.contains(statement)) {
      find(Finding.Kind.LOG, page.number(), "entry " + statement + " of the log is no statement");
    }
  }

  private void receipt(Page page) {
    Page.Opening opening = page.receipt();
    if (!opening.isThere() || isBehindTheEnd(page, opening.leaf())) {
      return;
    }
    JsonValue record =
        JsonValue.Obj.of().put("number", page.number()).put("pdf", page.pdf()).build();
    Hash salt = Hash.parseHex(opening.salt());
    Hash expected =
        Commitment.of(Kind.RECEIPT, checkpoint.origin(), salt, 0, CanonicalJson.bytes(record))
            .entry()
            .leafHash();
    Hash found = logged.receipts.remove(opening.leaf());
    receiptsLeft.remove(opening.leaf());
    if (found == null || !found.equals(expected)) {
      find(
          Finding.Kind.LOG,
          page.number(),
          "entry " + opening.leaf() + " of the log is not the receipt of this file");
    }
  }

  private void withdrawal(Page page, long own) throws IOException {
    if (isBehindTheEnd(page, page.change())) {
      return;
    }
    Page next = pages.get(page.by());
    long by = next == null ? Withdrawal.NOTHING : statement(next);
    Withdrawal found = logged.withdrawals.remove(page.change());
    withdrawalsLeft.remove(page.change());
    boolean nobody = next != null && by < 0;
    if (found == null || nobody || found.statement() != own || found.by() != by) {
      find(
          Finding.Kind.LOG,
          page.number(),
          page.change() < 0
              ? "it was withdrawn, and no entry of the log is named"
              : "entry " + page.change() + " of the log does not say that it was withdrawn so");
    }
  }

  /** The log of an earlier day cannot show what the register says was logged later. */
  private boolean isBehindTheEnd(Page page, long leaf) {
    if (leaf < checkpoint.size()) {
      return false;
    }
    find(
        Finding.Kind.LOG,
        page.number(),
        "entry "
            + leaf
            + ", which the register names, is behind the "
            + checkpoint.size()
            + " entries of this copy of the log: make a newer copy, and audit again");
    return true;
  }

  /**
   * Statements that no document carries, and of which the log itself says that they do not count.
   */
  private void abandoned() {
    List<Long> found = new ArrayList<>();
    for (Map.Entry<Long, Withdrawal> one : List.copyOf(withdrawalsLeft.entrySet())) {
      Withdrawal withdrawal = one.getValue();
      if (!withdrawal.isReplaced() && statementsLeft.remove(withdrawal.statement())) {
        withdrawalsLeft.remove(one.getKey());
        found.add(withdrawal.statement());
      }
    }
    if (!found.isEmpty()) {
      explained.add(
          found.size()
              + " statements that no document carries are withdrawn, the first is entry "
              + found.get(0));
    }
  }

  /** Whoever holds a sealed file with a statement of which the register is silent can show it. */
  private void statements(boolean allTold) {
    if (statementsLeft.isEmpty()) {
      return;
    }
    long unsealed = pages.values().stream().filter(page -> page.was("RESERVED")).count();
    String sentence =
        statementsLeft.size()
            + " statements in the log are in no document of the register, first entry "
            + statementsLeft.first();
    if (allTold && statementsLeft.size() > unsealed) {
      find(Finding.Kind.UNREGISTERED, "log", sentence);
    } else {
      explained.add(
          sentence
              + (allTold
                  ? "; " + unsealed + " numbers are taken and not sealed yet"
                  : "; some documents of this register do not say which is theirs"));
    }
  }

  private void find(Finding.Kind kind, String about, String sentence) {
    findings.add(new Finding(kind, about, sentence));
  }
}
