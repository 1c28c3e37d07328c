package org.almoner.tax.issue;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.almoner.tax.register.Wish;

/**
 * What operators ask to be done to single documents: kept until a second one agrees where the
 * document's profile wants four eyes, and carried out. Called under the issuer's lock alone.
 */
final class Wishes {
  private final ReceiptRegister register;
  private final Issuer issuer;

  Wishes(ReceiptRegister register, Issuer issuer) {
    this.register = register;
    this.issuer = issuer;
  }

  /**
   * Keeps a wish, or carries it out. Which of them is decided on the document as it is once all
   * that was cut short is finished.
   */
  Optional<Registered> ask(Wish wish, LocalDate today) throws IOException, DrawingFailed {
    boolean stood = issuer.stands(wish.number());
    issuer.resume();
    Optional<Registered> found = register.find(wish.number());
    if (found.isEmpty() || found.get().state() != Registered.State.ISSUED) {
      return Optional.of(stood && isDone(wish, found) ? found.get() : carryOut(wish, today));
    }
    if (!found.get().fourEyes()) {
      register.ask(wish);
      return Optional.of(carryOut(wish, today));
    }
    Optional<Wish> waiting = register.wish(wish.number());
    if (waiting.isPresent() && !isSame(waiting.get(), wish)) {
      throw new DrawingFailed(
          "somebody asked before that "
              + wish.number()
              + " be "
              + waiting.get().act().done()
              + "; another operator confirms or refuses that first");
    }
    if (waiting.isEmpty()) {
      register.ask(wish);
    }
    return Optional.empty();
  }

  Registered confirm(Wish wish, String by, LocalDate today) throws IOException, DrawingFailed {
    requireWaiting(wish);
    register.confirm(wish, by, today);
    return carryOut(wish, today);
  }

  void refuse(Wish wish, LocalDate today) throws IOException, DrawingFailed {
    requireWaiting(wish);
    register.drop(wish, today);
  }

  private static boolean isSame(Wish one, Wish other) {
    return one.act() == other.act()
        && one.reason().equals(other.reason())
        && one.by().equals(other.by());
  }

  private static boolean isDone(Wish wish, Optional<Registered> document) {
    Registered.State done =
        wish.act() == Wish.Act.CANCEL ? Registered.State.CANCELLED : Registered.State.REPLACED;
    return document.filter(now -> now.state() == done).isPresent();
  }

  private void requireWaiting(Wish wish) throws DrawingFailed {
    if (!register.wish(wish.number()).filter(wish::equals).isPresent()) {
      throw new DrawingFailed("what was asked for " + wish.number() + " does not wait any more");
    }
  }

  /** A wish that cannot be carried out is dropped, so that nobody confirms it later. */
  private Registered carryOut(Wish wish, LocalDate today) throws IOException, DrawingFailed {
    try {
      if (wish.act() == Wish.Act.CANCEL) {
        return issuer.cancel(wish.number(), wish.reason());
      }
      IssueReply unused = issuer.replace(wish.number());
      return register.find(wish.number()).orElseThrow();
    } catch (DrawingFailed e) {
      if (register.wish(wish.number()).isPresent()) {
        register.drop(wish, today);
      }
      throw e;
    }
  }
}
