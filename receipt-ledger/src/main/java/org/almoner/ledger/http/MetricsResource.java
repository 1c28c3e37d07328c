package org.almoner.ledger.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.almoner.ledger.selfcheck.Progress;

/**
 * {@code /metrics}: how far the audit of the stored log has come, for a monitor. Says nothing that
 * the log does not show to everybody.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the text format</a>
 */
@Path("metrics")
public final class MetricsResource {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Supplier<Progress> audit;

  /** Shows what {@code audit} says at the moment of each request. */
  public MetricsResource(Supplier<Progress> audit) {
    this.audit = audit;
  }

  /** All metrics, each with its help and type. */
  @GET
  public Response metrics() {
    Progress progress = audit.get();
    String text =
        metric("checked_entries", "gauge", "Entries of this round hashed again", progress.checked())
            + metric("round_entries", "gauge", "Entries this round covers", progress.size())
            + metric("rounds_total", "counter", "Rounds without a finding", progress.rounds())
            + metric("damaged", "gauge", "1 once damage was found", progress.damaged() ? 1 : 0);
    return Response.ok(text.getBytes(StandardCharsets.UTF_8), TEXT)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private static String metric(String name, String type, String help, long value) {
    return """
        # HELP almoner_log_audit_%1$s %3$s.
        # TYPE almoner_log_audit_%1$s %2$s
        almoner_log_audit_%1$s %4$d
        """
        .formatted(name, type, help, value);
  }
}
