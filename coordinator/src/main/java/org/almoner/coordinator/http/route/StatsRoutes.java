package org.almoner.coordinator.http.route;

import java.util.List;
import org.almoner.coordinator.desk.Desk;
import org.almoner.ledger.entry.CpuTime;
import org.almoner.ledger.entry.Totals;
import org.almoner.protocol.json.JsonValue;

/** Open statistics: totals of projects, as tables and as JSON. */
public final class StatsRoutes {
  private static final String HEAD =
      "project,from,to,lines,donors,cpu_ms_agreed_count,cpu_ms_agreed_output,cpu_ms_reported";

  private final Desk desk;

  /** Asks {@code desk}. */
  public StatsRoutes(Desk desk) {
    this.desk = desk;
  }

  /** RFC 4180, with a line for the names of the columns; names of projects need no quotes. */
  public String csv() {
    StringBuilder out = new StringBuilder(HEAD).append("\r\n");
    for (Totals each : desk.totals()) {
      CpuTime cpu = each.cpu();
      out.append(each.project()).append(',').append(each.from()).append(',');
      out.append(each.to()).append(',').append(each.lines()).append(',').append(each.donors());
      out.append(',').append(cpu.c1()).append(',').append(cpu.c2()).append(',').append(cpu.c3());
      out.append("\r\n");
    }
    return out.toString();
  }

  /** The entries of the log, one for each total. */
  public JsonValue json() {
    List<JsonValue> all =
        desk.totals().stream()
            .<JsonValue>map(
                each ->
                    JsonValue.Obj.of()
                        .put(Field.PROJECT, each.project())
                        .put(Field.FROM, each.from().toString())
                        .put(Field.TO, each.to().toString())
                        .put(Field.LINES, each.lines())
                        .put(Field.DONORS, each.donors())
                        .put(Field.CPU_MS, each.cpu().toJson())
                        .build())
            .toList();
    return new JsonValue.Array(all);
  }
}
