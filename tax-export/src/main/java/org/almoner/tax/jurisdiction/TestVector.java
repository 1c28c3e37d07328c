package org.almoner.tax.jurisdiction;

import java.util.List;

/**
 * A made-up document under a profile, and what must and must not stand on it.
 *
 * @param line of the profile's file on which it begins
 * @param name what it shows
 * @param language of the document
 * @param benefits what the charity gave, in words; empty for nothing
 * @param replaces whether it stands for an earlier document
 * @param openPeriod whether its period is not over
 * @param mustContain texts, each to be found in one line of the document
 * @param mustNotContain texts, none to be found in any line
 */
public record TestVector(
    int line,
    String name,
    String language,
    List<String> benefits,
    boolean replaces,
    boolean openPeriod,
    List<String> mustContain,
    List<String> mustNotContain) {
  public TestVector {
    benefits = List.copyOf(benefits);
    mustContain = List.copyOf(mustContain);
    mustNotContain = List.copyOf(mustNotContain);
  }
}
