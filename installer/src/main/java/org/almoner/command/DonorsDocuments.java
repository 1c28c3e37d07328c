package org.almoner.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.http.page.IssuedDocuments;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;

/** Shows donors' pages what the register issued to them, and what became of it. */
final class DonorsDocuments implements IssuedDocuments {
  private final ReceiptRegister register;

  DonorsDocuments(ReceiptRegister register) {
    this.register = register;
  }

  @Override
  public List<Issued> of(DonorId donor) {
    return register.of(donor).stream()
        .filter(document -> isIssuedTo(donor, document))
        .map(DonorsDocuments::issued)
        .toList();
  }

  @Override
  public Optional<Bytes> file(DonorId donor, String number, Part part) throws IOException {
    Optional<Registered> document = register.find(number).filter(found -> isIssuedTo(donor, found));
    if (document.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Bytes.of(
            switch (part) {
              case PDF -> register.pdf(document.get());
              case EVIDENCE -> register.evidence(document.get());
            }));
  }

  private static Issued issued(Registered document) {
    return new Issued(
        document.number(),
        document.from(),
        document.to(),
        document.issuedOn(),
        switch (document.state()) {
          case REPLACED -> State.REPLACED;
          case CANCELLED -> State.CANCELLED;
          default -> State.STANDS;
        },
        document.replacedBy(),
        document.reason());
  }

  private static boolean isIssuedTo(DonorId donor, Registered document) {
    return document.shown()
        && document.state() != Registered.State.KEPT
        && document.donor().equals(donor);
  }
}
