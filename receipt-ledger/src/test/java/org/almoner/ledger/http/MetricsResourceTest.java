package org.almoner.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.almoner.ledger.selfcheck.Progress;
import org.junit.jupiter.api.Test;

class MetricsResourceTest {
  private static String shown(Progress progress) {
    byte[] body = (byte[]) new MetricsResource(() -> progress).metrics().getEntity();
    return new String(body, StandardCharsets.UTF_8);
  }

  @Test
  void progressIsSaidInTheTextFormat() {
    assertThat(shown(new Progress(2_560, 66_136, 7, "")))
        .isEqualTo(
            """
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
}
