package org.almoner.ledger.sample;

import java.math.BigInteger;

/**
 * What a sample without replacement says of all it was drawn from: exact, by the hypergeometric
 * distribution, in whole numbers.
 */
public final class SampleBound {
  /** How often such a statement may be wrong, in percent. */
  public static final int RISK_PERCENT = 5;

  private SampleBound() {}

  /**
   * The smallest number of bad ones among all that would have shown itself: with so many or more, a
   * sample shows no more than {@code bad} in at most {@value #RISK_PERCENT} of 100 cases. So it may
   * be said, with 95 % confidence, that fewer than that are bad.
   *
   * @param population all that were drawn from
   * @param sampled how many were drawn, at most {@code population}
   * @param bad how many of them are bad, at most {@code sampled}
   * @return from {@code bad + 1} to {@code population + 1}; the last says nothing at all
   */
  public static long fewerThan(long population, long sampled, long bad) {
    if (bad < 0 || bad > sampled || sampled > population) {
      throw new IllegalArgumentException(
          bad + " bad of " + sampled + " sampled of " + population + " cannot be");
    }
    long no = bad; // so few show no more than that for certain
    long yes = population + 1;
    while (yes - no > 1) {
      long middle = no + (yes - no) / 2;
      if (rare(population, sampled, bad, middle)) {
        yes = middle;
      } else {
        no = middle;
      }
    }
    return yes;
  }

  /** Whether at most {@code bad} show in too few of all samples, when {@code all} are bad. */
  private static boolean rare(long population, long sampled, long bad, long all) {
    long good = population - all;
    long first = Math.max(0, sampled - good); // fewer cannot show
    if (first > bad) {
      return true;
    }
    BigInteger term = binomial(all, first).multiply(binomial(good, sampled - first));
    BigInteger sum = term;
    for (long shown = first; shown < bad && shown < all; shown++) {
      term =
          term.multiply(BigInteger.valueOf(all - shown))
              .multiply(BigInteger.valueOf(sampled - shown))
              .divide(BigInteger.valueOf(shown + 1))
              .divide(BigInteger.valueOf(good - sampled + shown + 1));
      sum = sum.add(term);
    }
    BigInteger allowed = binomial(population, sampled).multiply(BigInteger.valueOf(RISK_PERCENT));
    return sum.multiply(BigInteger.valueOf(100)).compareTo(allowed) <= 0;
  }

  private static BigInteger binomial(long from, long chosen) {
    BigInteger result = BigInteger.ONE;
    long fewer = Math.min(chosen, from - chosen);
    for (long i = 0; i < fewer; i++) {
      result = result.multiply(BigInteger.valueOf(from - i)).divide(BigInteger.valueOf(i + 1));
    }
    return result;
  }
}
