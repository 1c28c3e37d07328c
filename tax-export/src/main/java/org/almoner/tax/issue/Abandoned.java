package org.almoner.tax.issue;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
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
   */
  void withdraw(Drawing drawing) throws IOException {
    Set<Long> left = new TreeSet<>(drawing.statements());
    Set<Long> carried = new TreeSet<>();
    Set<String> silent = new TreeSet<>();
    register.forEach(
        document -> {
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
    for (long statement : left) {
      long entry = log.logWithdrawal(Withdrawal.cancelled(statement));
      LOG.atInfo()
          .addKeyValue("statement", statement)
          .addKeyValue("entry", entry)
          .log("A statement that no document carries is withdrawn");
    }
  }
}
