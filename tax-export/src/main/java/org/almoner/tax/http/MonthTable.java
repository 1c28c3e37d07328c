package org.almoner.tax.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.tally.MonthTotal;
import org.almoner.ledger.tally.Quantities;
import org.almoner.ledger.tally.Statement;
import org.almoner.protocol.usage.Energy;

/** A statement's months as a table for a spreadsheet, in the log's own exact units. */
final class MonthTable {
  private static final List<Outcome.Tier> CPU = List.of(Outcome.Tier.values());
  private static final List<Energy.Tier> ENERGY = List.of(Energy.Tier.values());

  private MonthTable() {}

  /** RFC 4180, one row a month; processor time in ms, memory in MiB ms, energy in joules. */
  static byte[] csv(Statement statement) {
    StringBuilder csv = new StringBuilder("number,month,accepted,returned,gpuMs,memoryMibMs");
    CPU.forEach(tier -> csv.append(",cpuMs").append(tier));
    ENERGY.forEach(tier -> csv.append(",joules").append(tier));
    csv.append("\r\n");
    for (MonthTotal month : statement.tally().months()) {
      Quantities given = month.given();
      csv.append(statement.number())
          .append(',')
          .append(month.month())
          .append(',')
          .append(month.accepted())
          .append(',')
          .append(month.returned())
          .append(',')
          .append(given.gpuMs())
          .append(',')
          .append(given.memoryMibMs());
      CPU.forEach(tier -> csv.append(',').append(given.cpu().ms(tier)));
      ENERGY.forEach(tier -> csv.append(',').append(given.joules().getOrDefault(tier, 0L)));
      csv.append("\r\n");
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }
}
