package org.almoner.command;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.almoner.coordinator.opening.Erasure;
import org.almoner.tax.donor.DonorDirectory;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erasures that reached the coordinator but not the donors' names and documents, because the
 * process died in between or a copy from before was put back.
 */
final class UnfinishedErasures {
  private static final Logger LOG = LoggerFactory.getLogger(UnfinishedErasures.class);

  private UnfinishedErasures() {}

  /** Erases what is still there; done already, it does nothing. */
  static void finish(
      List<Erasure> erasures, DonorDirectory donors, ReceiptRegister register, LocalDate today)
      throws IOException {
    for (Erasure erasure : erasures) {
      boolean found =
          register.of(erasure.donor()).stream()
              .anyMatch(document -> isLeft(document, erasure, today));
      if (found) {
        register.erase(erasure.donor(), erasure.keepDocuments(), today);
      }
      if (donors.erase(erasure.donor()) || found) {
        LOG.atWarn()
            .addKeyValue("donor", erasure.donor())
            .log("A donor was erased before; the name or documents that were left are erased now");
      }
    }
  }

  private static boolean isLeft(Registered document, Erasure erasure, LocalDate today) {
    return switch (document.state()) {
      case RESERVED, SEALED, ISSUED, REPLACED, CANCELLED -> true;
      case KEPT -> !erasure.keepDocuments() && document.keepUntil().isBefore(today);
      case ERASED -> false;
    };
  }
}
