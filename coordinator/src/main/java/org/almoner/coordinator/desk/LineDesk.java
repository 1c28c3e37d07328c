package org.almoner.coordinator.desk;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.almoner.protocol.identity.DonorId;

/**
 * What donors may object to before a line is settled, and what the operator may correct afterwards;
 * as the rest of the {@link Desk}.
 */
public interface LineDesk {
  /** Most characters of an objection. */
  int WORDS_MAX = 500;

  /** Most objections that wait for a ruling, of one donor. */
  int OPEN_MAX = 100;

  /**
   * A donor objects to what became of a line: it is not settled before the operator has ruled.
   *
   * @param words why, 1 to {@value #WORDS_MAX} characters; sealed, and erased with the donor
   * @throws Refusal when the line is not the donor's, counts, or is settled
   */
  CompletableFuture<ObjectionView> object(DonorId donor, long leaf, String words);

  /** All that wait for a ruling, and those ruled on whose line is not settled yet. */
  List<ObjectionView> objections();

  /**
   * The operator rules.
   *
   * @param upheld whether the line counts
   * @throws Refusal when nobody objected, or it was ruled on before
   */
  CompletableFuture<ObjectionView> rule(long leaf, boolean upheld);

  /**
   * Has the next daily settlement void settled lines, or reinstate them.
   *
   * @param reason a word of {@code a-z} and dashes
   * @return how many corrections wait for the next settlement now
   * @throws Refusal naming the first line for which that would change nothing; none is corrected
   *     then
   */
  CompletableFuture<Integer> correct(List<Long> leaves, boolean reinstates, String reason);
}
