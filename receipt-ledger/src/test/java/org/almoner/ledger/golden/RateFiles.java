package org.almoner.ledger.golden;

import java.util.List;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Hash;

/** Check-secrets, rates and totals: what decides how much of a line is credited, and the sum. */
final class RateFiles {
  private static final String SECRET = "02".repeat(32);
  private static final String HASH = Hash.sha256(Hash.parseHex(SECRET).toArray()).toHex();
  private static final String LOW = "0a".repeat(32);
  private static final String HIGH = "0b".repeat(32);

  private RateFiles() {}

  static List<GoldenFiles> all() {
    return List.of(secrets(), rates(), totals());
  }

  private static byte[] secret(String json) {
    return LogFiles.leaf(1, Kind.CHECK_SECRET.octet(), GoldenFormat.utf8(json));
  }

  private static String dated(String date, String field, String hex) {
    return "{\"date\":\"" + date + "\",\"" + field + "\":\"" + hex + "\"}";
  }

  private static GoldenFiles secrets() {
    return new GoldenFiles(GoldenFormat.CHECK_SECRET)
        .valid("hidden", secret(dated("2026-11-02", "hash", HASH)))
        .valid("open", secret(dated("2026-11-02", "secret", SECRET)))
        .invalid(
            "both",
            secret(
                "{\"date\":\"2026-11-02\",\"hash\":\""
                    + HASH
                    + "\",\"secret\":\""
                    + SECRET
                    + "\"}"),
            "hash",
            "the hash follows from the secret")
        .invalid("neither", secret("{\"date\":\"2026-11-02\"}"), "hash", "one of them is missing")
        .invalid(
            "short-secret",
            secret(dated("2026-11-02", "secret", "02".repeat(31))),
            "secret",
            "32 octets")
        .invalid(
            "no-such-day", secret(dated("2026-02-30", "hash", HASH)), "2026-02-30", "no such day")
        .invalid("year-1", secret(dated("0001-01-01", "hash", HASH)), "1970", "years from 1970 on");
  }

  private static byte[] rate(String json) {
    return LogFiles.leaf(1, Kind.RATES.octet(), GoldenFormat.utf8(json));
  }

  private static String of(String release, String rate) {
    return "{\"rate\":" + rate + ",\"release\":\"" + release + "\"}";
  }

  private static byte[] rates(String starter, String... releases) {
    String list = String.join(",", releases);
    return rate("{\"releases\":[" + list + "],\"starter\":" + starter + "}");
  }

  private static GoldenFiles rates() {
    return new GoldenFiles(GoldenFormat.RATES)
        .valid("two-releases", rates("900000", of(LOW, "1"), of(HIGH, "100000000")))
        .invalid("no-release", rates("900000"), "releases", "1 to 500")
        .invalid(
            "out-of-order", rates("1", of(HIGH, "1"), of(LOW, "1")), "in order", "by their digests")
        .invalid("twice", rates("1", of(LOW, "1"), of(LOW, "1")), "in order", "each once")
        .invalid("rate-0", rates("1", of(LOW, "0")), "rate", "1 or more")
        .invalid("rate-too-fast", rates("1", of(LOW, "100000001")), "rate", "at most 100,000,000")
        .invalid("starter-0", rates("0", of(LOW, "1")), "starter", "1 or more")
        .invalid("no-starter", rate("{\"releases\":[" + of(LOW, "1") + "]}"), "starter", "missing");
  }

  private static byte[] totals(String cpuMs, int donors, String from, int lines, String to) {
    String json =
        String.format(
            "{\"cpuMs\":%s,\"donors\":%d,\"from\":\"%s\",\"lines\":%d,\"project\":\"Primes\",\"to\":\"%s\"}",
            cpuMs, donors, from, lines, to);
    return LogFiles.leaf(1, Kind.TOTALS.octet(), GoldenFormat.utf8(json));
  }

  private static GoldenFiles totals() {
    String all = "{\"C1\":5000,\"C2\":1,\"C3\":700}";
    return new GoldenFiles(GoldenFormat.TOTALS)
        .valid("every-tier", totals(all, 10, "2026-11-01", 40, "2026-11-30"))
        .valid("one-day", totals("{\"C1\":5000}", 12, "2026-11-01", 12, "2026-11-01"))
        .valid("no-time", totals("{}", 10, "2026-11-01", 10, "2026-11-30"))
        .invalid("nine-donors", totals(all, 9, "2026-11-01", 40, "2026-11-30"), "10", "10 donors")
        .invalid(
            "fewer-lines-than-donors",
            totals(all, 12, "2026-11-01", 11, "2026-11-30"),
            "lines",
            "each donor has one")
        .invalid(
            "ends-before-it-begins",
            totals(all, 10, "2026-11-02", 40, "2026-11-01"),
            "2026-11-01",
            "a period")
        .invalid(
            "tier-of-0",
            totals("{\"C1\":0}", 10, "2026-11-01", 40, "2026-11-30"),
            "C1",
            "a tier without time is left out")
        .invalid(
            "tier-4",
            totals("{\"C4\":1}", 10, "2026-11-01", 40, "2026-11-30"),
            "C4",
            "there are three tiers");
  }
}
