package org.almoner.coordinator.http;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.http.page.IssuedDocuments;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;

/** Documents of the donor the scripted desk knows: one stands for another, and one for nothing. */
final class FewDocuments implements IssuedDocuments {
  static final String NUMBER = "2025-000001";

  @Override
  public List<Issued> of(DonorId donor) {
    return donor.equals(ScriptedDesk.DONOR)
        ? List.of(
            of(NUMBER, State.STANDS, "", ""),
            of("2025-000002", State.REPLACED, NUMBER, ""),
            of("2025-000003", State.CANCELLED, "", "a name was <wrong>"))
        : List.of();
  }

  private static Issued of(String number, State state, String replacedBy, String reason) {
    return new Issued(
        number,
        LocalDate.of(2025, 1, 1),
        LocalDate.of(2025, 12, 31),
        LocalDate.of(2026, 2, 3),
        state,
        replacedBy,
        reason);
  }

  @Override
  public Optional<Bytes> file(DonorId donor, String number, Part part) throws IOException {
    return of(donor).stream()
        .filter(document -> document.number().equals(number))
        .map(document -> Bytes.utf8(part + " of " + document.number()))
        .findFirst();
  }
}
