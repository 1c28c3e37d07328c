package org.almoner.ledger.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.almoner.ledger.append.Pulse;
import org.almoner.ledger.selfcheck.Progress;

/**
 * {@code /metrics}: whether the log's writer lives, and how far the audit of the stored log has
 * come, for a monitor. Says nothing that the log does not show to everybody.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the text format</a>
 */
@Path("metrics")
public final class MetricsResource {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Supplier<Pulse> writer;
  private final Supplier<Progress> audit;
  private final Supplier<String> more;

  /** Shows what {@code writer} and {@code audit} say at the moment of each request. */
  public MetricsResource(Supplier<Pulse> writer, Supplier<Progress> audit) {
    this(writer, audit, () -> "");
  }

  /**
   * As the other.
   *
   * @param more further metrics in the same format, of other names
   */
  public MetricsResource(Supplier<Pulse> writer, Supplier<Progress> audit, Supplier<String> more) {
    this.writer = writer;
    this.audit = audit;
    this.more = more;
  }

  /** All metrics, each with its help and type. */
  @GET
  public Response metrics() {
    Pulse pulse = writer.get();
    Progress progress = audit.get();
    String text =
        metric("stopped", "gauge", "1 once the writer has stopped for good", one(pulse.stopped()))
            + metric("entries", "gauge", "Size of the newest checkpoint", pulse.entries())
            + metric(
                "checkpoint_age_seconds",
                "gauge",
                "Since the writer last published or was started",
                pulse.idle().toSeconds())
            + metric(
                "write_seconds",
                "gauge",
                "How long the batch at work has been, 0 when none is",
                pulse.atWork().toSeconds())
            + metric(
                "audit_checked_entries",
                "gauge",
                "Entries of this round hashed again",
                progress.checked())
            + metric("audit_round_entries", "gauge", "Entries this round covers", progress.size())
            + metric("audit_rounds_total", "counter", "Rounds without a finding", progress.rounds())
            + metric("audit_damaged", "gauge", "1 once damage was found", one(progress.damaged()))
            + more.get();
    return Response.ok(text.getBytes(StandardCharsets.UTF_8), TEXT)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private static long one(boolean is) {
    return is ? 1 : 0;
  }

  private static String metric(String name, String type, String help, long value) {
    return """
        # HELP almoner_log_%1$s %3$s.
        # TYPE almoner_log_%1$s %2$s
        almoner_log_%1$s %4$d
        """
        .formatted(name, type, help, value);
  }
}
