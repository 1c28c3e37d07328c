package org.almoner.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.almoner.ledger.append.Pulse;
import org.almoner.ledger.selfcheck.Progress;
import org.junit.jupiter.api.Test;

class MetricsResourceTest {
  private static final Pulse PULSE =
      new Pulse(false, 70_001, Duration.ofMillis(42_900), Duration.ZERO);

  private static String shown(Progress progress) {
    return shown(PULSE, progress);
  }

  private static String shown(Pulse pulse, Progress progress) {
    byte[] body = (byte[]) new MetricsResource(() -> pulse, () -> progress).metrics().getEntity();
    return new String(body, StandardCharsets.UTF_8);
  }

  @Test
  void progressIsSaidInTheTextFormat() {
    assertThat(shown(new Progress(2_560, 66_136, 7, "")))
        .isEqualTo(
            """
            # HELP almoner_log_stopped 1 once the writer has stopped for good.
            # TYPE almoner_log_stopped gauge
            almoner_log_stopped 0
            # HELP almoner_log_entries Size of the newest checkpoint.
            # TYPE almoner_log_entries gauge
            almoner_log_entries 70001
            # HELP almoner_log_checkpoint_age_seconds Since the writer last published or was started.
            # TYPE almoner_log_checkpoint_age_seconds gauge
            almoner_log_checkpoint_age_seconds 42
            # HELP almoner_log_write_seconds How long the batch at work has been, 0 when none is.
            # TYPE almoner_log_write_seconds gauge
            almoner_log_write_seconds 0
            # HELP almoner_log_audit_checked_entries Entries of this round hashed again.
            # TYPE almoner_log_audit_checked_entries gauge
            almoner_log_audit_checked_entries 2560
            # HELP almoner_log_audit_round_entries Entries this round covers.
            # TYPE almoner_log_audit_round_entries gauge
            almoner_log_audit_round_entries 66136
            # HELP almoner_log_audit_rounds_total Rounds without a finding.
            # TYPE almoner_log_audit_rounds_total counter
            almoner_log_audit_rounds_total 7
            # HELP almoner_log_audit_damaged 1 once damage was found.
            # TYPE almoner_log_audit_damaged gauge
            almoner_log_audit_damaged 0
            """);
  }

  @Test
  void damageIsOneAndItsSentenceIsNotShownHere() {
    assertThat(shown(new Progress(0, 5, 0, "tile/0/000 is missing")))
        .contains("\nalmoner_log_audit_damaged 1\n")
        .doesNotContain("missing");
  }

  @Test
  void l23AWriterThatStoppedOrHangsIsSeen() {
    Progress audit = new Progress(0, 5, 0, "");
    Pulse stopped = new Pulse(true, 5, Duration.ofHours(1), Duration.ofSeconds(63));
    assertThat(shown(stopped, audit))
        .contains("\nalmoner_log_stopped 1\n")
        .contains("\nalmoner_log_checkpoint_age_seconds 3600\n")
        .contains("\nalmoner_log_write_seconds 63\n");
  }
}
