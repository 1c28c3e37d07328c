package org.almoner.ledger.golden;

import java.util.List;
import org.almoner.ledger.entry.Kind;

/** Documents that stand no more. */
final class WithdrawalFiles {
  private WithdrawalFiles() {}

  static List<GoldenFiles> all() {
    return List.of(
        new GoldenFiles(GoldenFormat.WITHDRAWAL)
            .valid("replaced", leaf("{\"by\":90,\"state\":\"replaced\",\"statement\":7}"))
            .valid("cancelled", leaf("{\"state\":\"cancelled\",\"statement\":0}"))
            .invalid(
                "replaced-by-nothing",
                leaf("{\"state\":\"replaced\",\"statement\":7}"),
                "by",
                "what stands in its place is missing")
            .invalid(
                "cancelled-by",
                leaf("{\"by\":90,\"state\":\"cancelled\",\"statement\":7}"),
                "by",
                "nothing stands in its place")
            .invalid(
                "by-itself",
                leaf("{\"by\":7,\"state\":\"replaced\",\"statement\":7}"),
                "by itself",
                "another document stands in its place")
            .invalid(
                "other-state",
                leaf("{\"state\":\"lost\",\"statement\":7}"),
                "state",
                "replaced or cancelled")
            .invalid(
                "negative",
                leaf("{\"state\":\"cancelled\",\"statement\":-1}"),
                "statement",
                "an index is not negative"));
  }

  private static byte[] leaf(String json) {
    return LogFiles.leaf(1, Kind.WITHDRAWAL.octet(), GoldenFormat.utf8(json));
  }
}
