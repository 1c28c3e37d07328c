package org.almoner.tax.issue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.TlogProof;
import org.almoner.ledger.tally.Statement;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.pdf.MalformedDocument;
import org.almoner.tax.pdf.PdfEvidence;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up sealed files whose number is still said to be only reserved, so that no number is sealed
 * twice: a crash came after the files and before the register's event. Files that are not the
 * number's are removed; they were never given out.
 */
final class Adoption {
  private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

  private final StatementLog log;
  private final ReceiptRegister register;

  Adoption(StatementLog log, ReceiptRegister register) {
    this.log = log;
    this.register = register;
  }

  /** Goes over all numbers; nothing may be issued meanwhile. */
  void run() throws IOException {
    List<Registered> reserved = new ArrayList<>();
    register.forEach(
        document -> {
          if (document.state() == Registered.State.RESERVED) {
            reserved.add(document);
          }
        });
    for (Registered document : reserved) {
      Optional<ReceiptRegister.Sealed> files = whole(document);
      if (files.isPresent()) {
        register.store(List.of(files.get()));
        LOG.atInfo()
            .addKeyValue("number", document.number())
            .log("A document that was sealed before a crash is taken up");
      } else {
        register.discard(document);
      }
    }
  }

  private Optional<ReceiptRegister.Sealed> whole(Registered document) throws IOException {
    Optional<ReceiptRegister.Sealed> left = register.left(document);
    if (left.isEmpty() || log.isErased(document.donor())) {
      return Optional.empty();
    }
    ReceiptRegister.Sealed files = left.get();
    try {
      PdfEvidence carried = PdfEvidence.read(files.pdf().toArray());
      StatementOpening opening = StatementOpening.parse(carried.statement());
      long leaf =
          TlogProof.parse(new String(carried.proof().toArray(), StandardCharsets.UTF_8)).index();
      if (isOf(document, opening.statement(), Hash.sha256(files.evidence().toArray()))
          && isLogged(opening, leaf)) {
        return Optional.of(
            new ReceiptRegister.Sealed(document, leaf, files.pdf(), files.evidence()));
      }
    } catch (MalformedDocument | MalformedJson | MalformedCheckpoint e) {
      LOG.atWarn()
          .addKeyValue("number", document.number())
          .addKeyValue("why", e.getMessage())
          .log("A file that was never given out is removed");
    }
    return Optional.empty();
  }

  private static boolean isOf(Registered document, Statement statement, Hash evidence) {
    return statement.number().equals(document.number())
        && statement.donor().equals(document.donor())
        && statement.from().equals(document.from())
        && statement.to().equals(document.to())
        && statement.evidence().equals(evidence);
  }

  private boolean isLogged(StatementOpening opening, long leaf) throws IOException {
    long size = log.checkpoint().checkpoint().size();
    return opening.statement().origin().equals(log.origin())
        && leaf < size
        && opening.entry().leafHash().equals(log.reader().leaf(leaf, size));
  }
}
