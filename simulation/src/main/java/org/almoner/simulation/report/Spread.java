package org.almoner.simulation.report;

import java.util.List;

/**
 * A mean and how far the true one may lie from it.
 *
 * @param mean of all values
 * @param halfWidth of the interval around it that covers the true mean 95 times in a hundred, by
 *     Student's distribution; 0 for fewer than two values
 */
public record Spread(double mean, double halfWidth) {
  /** Two-sided 95 % points of Student's distribution for 1 to 20 degrees of freedom. */
  private static final double[] STUDENT = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086
  };

  private static final double NORMAL = 1.96;

  /** Of some values, at least one. */
  public static Spread of(List<Double> values) {
    double mean = values.stream().mapToDouble(v -> v).average().orElse(0);
    int freedom = values.size() - 1;
    if (freedom < 1) {
      return new Spread(mean, 0);
    }
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double point = freedom <= STUDENT.length ? STUDENT[freedom - 1] : NORMAL;
    return new Spread(mean, point * Math.sqrt(squares / freedom / values.size()));
  }
}
