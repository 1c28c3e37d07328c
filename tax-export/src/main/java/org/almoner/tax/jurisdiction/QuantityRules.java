package org.almoner.tax.jurisdiction;

import java.math.BigInteger;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rules that are seen in the figures: T13 and T19. */
final class QuantityRules {
  private QuantityRules() {}

  static List<Refusal> check(Printed printed) {
    List<Refusal> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Map<YearMonth, Map<Measure, BigInteger>> months = new TreeMap<>();
    for (Quantity quantity : printed.quantities()) {
      String name = quantity.measure().words() + " of " + quantity.period();
      if (quantity.period().isBlank()) {
        found.add(new Refusal(Rule.T19, quantity.measure().words() + " without a period"));
        continue;
      }
      if (quantity.month().isEmpty()) {
        found.add(new Refusal(Rule.T19, name + " (expected a month, such as 2026-01)"));
        continue;
      }
      YearMonth month = quantity.month().get();
      if (quantity.measure().needsTier() && quantity.amount() != 0 && quantity.tier().isBlank()) {
        found.add(new Refusal(Rule.T19, name + " without a tier"));
      }
      if (quantity.amount() < 0) {
        found.add(new Refusal(Rule.T19, name + " is negative"));
      }
      if (month.atEndOfMonth().isBefore(printed.from()) || month.atDay(1).isAfter(printed.to())) {
        found.add(new Refusal(Rule.T19, name + " lies outside the period of the document"));
      }
      if (!seen.add(quantity.measure() + "/" + quantity.period() + "/" + quantity.tier())) {
        found.add(new Refusal(Rule.T13, name + " stands twice"));
      }
      months
          .computeIfAbsent(month, m -> new EnumMap<>(Measure.class))
          .merge(quantity.measure(), BigInteger.valueOf(quantity.amount()), BigInteger::add);
    }
    months.forEach((month, amounts) -> found.addAll(impossible(month, amounts)));
    return found;
  }

  private static List<Refusal> impossible(YearMonth month, Map<Measure, BigInteger> amounts) {
    List<Refusal> found = new ArrayList<>();
    BigInteger monthMs = BigInteger.valueOf(Duration.ofDays(month.lengthOfMonth()).toMillis());
    BigInteger cpu = amounts.getOrDefault(Measure.CPU_MS, BigInteger.ZERO);
    BigInteger gpu = amounts.getOrDefault(Measure.GPU_MS, BigInteger.ZERO);
    BigInteger joules = amounts.getOrDefault(Measure.ENERGY_JOULES, BigInteger.ZERO);
    if (cpu.compareTo(monthMs.multiply(BigInteger.valueOf(Lint.CPU_CORES_MAX))) > 0) {
      found.add(
          new Refusal(
              Rule.T19,
              "CPU time of " + month + " is more than " + Lint.CPU_CORES_MAX + " cores can give"));
    }
    if (gpu.compareTo(monthMs.multiply(BigInteger.valueOf(Lint.GPU_DEVICES_MAX))) > 0) {
      found.add(
          new Refusal(
              Rule.T19,
              "GPU time of " + month + " is more than " + Lint.GPU_DEVICES_MAX + " GPUs can give"));
    }
    BigInteger millijoulesMax =
        cpu.multiply(BigInteger.valueOf(Lint.WATTS_PER_CORE_MAX))
            .add(gpu.multiply(BigInteger.valueOf(Lint.WATTS_PER_GPU_MAX)));
    if (joules.multiply(BigInteger.valueOf(1000)).compareTo(millijoulesMax) > 0) {
      found.add(
          new Refusal(
              Rule.T19,
              "energy of "
                  + month
                  + " is more than "
                  + Lint.WATTS_PER_CORE_MAX
                  + " W for each core and "
                  + Lint.WATTS_PER_GPU_MAX
                  + " W for each GPU in use"));
    }
    BigInteger accepted = amounts.getOrDefault(Measure.RESULTS_ACCEPTED, BigInteger.ZERO);
    BigInteger returned = amounts.getOrDefault(Measure.RESULTS_RETURNED, BigInteger.ZERO);
    if (accepted.compareTo(returned) > 0) {
      found.add(new Refusal(Rule.T19, "more results of " + month + " are accepted than came back"));
    }
    return found;
  }
}
