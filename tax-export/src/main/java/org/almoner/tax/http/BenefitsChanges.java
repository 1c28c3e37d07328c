package org.almoner.tax.http;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.donor.Benefit;
import org.almoner.tax.donor.BenefitsBook;
import org.almoner.tax.register.ReceiptRegister;

/**
 * Changes of what was given to donors, each after the register holds which documents it makes
 * wrong: where the change fails, a document is looked at that need not be; never is one forgotten.
 */
final class BenefitsChanges {
  private final BenefitsBook book;
  private final ReceiptRegister register;

  BenefitsChanges(BenefitsBook book, ReceiptRegister register) {
    this.book = book;
    this.register = register;
  }

  /** What stands at {@code place} of a donor's list, from 1; empty when nothing does. */
  Optional<Benefit> at(DonorId donor, int place) throws IOException {
    List<Benefit> all = book.of(donor);
    return place < 1 || place > all.size() ? Optional.empty() : Optional.of(all.get(place - 1));
  }

  /**
   * Enters {@code benefit}.
   *
   * @return the numbers of the documents that stand and say otherwise
   */
  List<String> add(DonorId donor, Benefit benefit, LocalDate today) throws IOException {
    book.requireRoom(donor);
    List<String> wrong = register.misstate(donor, benefit.on(), today);
    book.add(donor, benefit);
    return wrong;
  }

  /**
   * Removes what stands {@link #at} {@code place}.
   *
   * @return the numbers of the documents that stand and say otherwise
   */
  List<String> remove(DonorId donor, int place, LocalDate today) throws IOException {
    Optional<Benefit> there = at(donor, place);
    if (there.isEmpty()) {
      return List.of();
    }
    List<String> wrong = register.misstate(donor, there.get().on(), today);
    book.remove(donor, place);
    return wrong;
  }
}
