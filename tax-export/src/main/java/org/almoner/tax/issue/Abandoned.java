package org.almoner.tax.issue;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Withdraws statements in the log that no document carries: a crash came before the page, or the
 * page was refused. Afterwards the register tells of every statement that counts.
 */
final class Abandoned {
  /**
   * Most statements that one beginning withdraws: a crash leaves no more than a group of them. A
   * withdrawal stands in the log for good, so the rest waits until somebody has looked.
   */
  static final int WITHDRAWN_MAX = Batch.GROUP_MAX;

  private static final Logger LOG = LoggerFactory.getLogger(Abandoned.class);

  private final StatementLog log;
  private final ReceiptRegister register;

  Abandoned(StatementLog log, ReceiptRegister register) {
    this.log = log;
    this.register = register;
  }

  /**
   * Goes over the log as {@code drawing} read it; after {@link Adoption}, and nothing may be issued
   * meanwhile. An early register does not say which statements are its documents': there nothing is
   * withdrawn.
   *
   * @throws DrawingFailed when the log says of more documents that they were issued than the
   *     register knows: it is not whole, and what it is silent of may be in donors' hands
   */
  void withdraw(Drawing drawing) throws IOException, DrawingFailed {
    Set<Long> left = new TreeSet<>(drawing.statements());
    Set<Long> receipts = new TreeSet<>(drawing.receipts());
    AtomicInteger waiting = new AtomicInteger();
    Set<Long> carried = new TreeSet<>();
    Set<String> silent = new TreeSet<>();
    register.forEach(
        document -> {
          if (document.receipt().isLogged()) {
            receipts.remove(document.receipt().leaf());
          } else if (document.state() == Registered.State.SEALED) {
            waiting.incrementAndGet();
          }
          if (document.statement() != Registered.NO_ENTRY) {
            carried.add(document.statement());
          } else if (!document.pdf().equals(Hash.ZERO)) {
            silent.add(document.number());
          }
        });
    left.removeAll(carried);
    if (!silent.isEmpty()) {
      return;
    }
    if (receipts.size() > waiting.get()) {
      throw new DrawingFailed(
          "the register of documents is not whole: the log says that "
              + receipts.size()
              + " documents were issued of which it knows nothing, the first in entry "
              + receipts.iterator().next()
              + "; restore the folder 'register' from the newest copy, and nothing is issued until"
              + " then");
    }
    for (long statement : left.stream().limit(WITHDRAWN_MAX).toList()) {
      long entry = log.logWithdrawal(Withdrawal.cancelled(statement));
      LOG.atWarn()
          .addKeyValue("statement", statement)
          .addKeyValue("entry", entry)
          .log("A statement that no document carries is withdrawn");
    }
  }
}
