package org.almoner.ledger.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.release.Release;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EntryTests {
  /** Computed by hand with sha256sum over the octets that docs/spec/commitment.md lists. */
  @Test
  void aCommitmentIsTheDigestOfItsParts() {
    Bytes record = Bytes.utf8("record");
    Hash salt = Hash.parseHex("11".repeat(32));
    byte[] expected =
        (Bytes.utf8("almoner/commit/v1\n").toHex()
                + "02"
                + "000b"
                + Bytes.utf8("log.example").toHex()
                + "11".repeat(32)
                + "0007"
                + Hash.sha256(record.toArray()).toHex())
            .getBytes(StandardCharsets.US_ASCII);
    Hash digest =
        Hash.sha256(Bytes.parseHex(new String(expected, StandardCharsets.US_ASCII)).toArray());

    Entry entry = Commitment.of(Kind.USAGE, "log.example", salt, 7, record).entry();
    assertThat(entry.octets().toHex()).isEqualTo("0102" + digest.toHex());
  }

  @Test
  void everyPartOfACommitmentMatters() {
    Hash salt = Hash.parseHex("11".repeat(32));
    Hash other = Hash.parseHex("12".repeat(32));
    Bytes record = Bytes.utf8("record");
    Entry entry = Commitment.of(Kind.USAGE, "log.example", salt, 7, record).entry();
    assertThat(
            List.of(
                Commitment.of(Kind.LINK, "log.example", salt, 7, record).entry(),
                Commitment.of(Kind.USAGE, "log.exampl", salt, 7, record).entry(),
                Commitment.of(Kind.USAGE, "log.example", other, 7, record).entry(),
                Commitment.of(Kind.USAGE, "log.example", salt, 8, record).entry(),
                Commitment.of(Kind.USAGE, "log.example", salt, 7, Bytes.utf8("recorD")).entry()))
        .doesNotContain(entry)
        .doesNotHaveDuplicates();
  }

  @Test
  void publicKindsCannotBeCommittedTo() {
    assertThatThrownBy(() -> Commitment.of(Kind.DAY, "o", Hash.ZERO, 0, Bytes.utf8("x")))
        .hasMessageContaining("DAY stand in the log in clear");
  }

  @ParameterizedTest
  @CsvSource({
    "'',at least 2 octets; this has 0",
    "01,at least 2 octets; this has 1",
    "020c,entry version 2 is unknown",
    "0100,entry kind 0 is unknown",
    "01ff,entry kind 255 is unknown",
    "010200,a commitment has 32 octets; this USAGE has 1"
  })
  void aMalformedLeafIsNamed(String hex, String sentence) {
    assertThatThrownBy(() -> Entry.parse(Bytes.parseHex(hex)))
        .isInstanceOf(MalformedEntry.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindIsFoundByItsOctet(Kind kind) {
    assertThat(Kind.of(kind.octet())).contains(kind);
  }

  @Test
  void theOctetsOfPublicEntriesAreTheseForEver() throws Exception {
    assertGolden(new Day(LocalDate.of(2026, 11, 20)).entry(), 12, "{\"date\":\"2026-11-20\"}");
    assertGolden(
        new Policy(1_209_600, false, "almoner 0.1.0").entry(),
        14,
        "{\"maturitySeconds\":1209600,\"openPeriod\":false,\"software\":\"almoner 0.1.0\"}");
    assertGolden(
        new Settlement(9, List.of(Outcome.ACCEPTED, Outcome.NONE, Outcome.IMPLAUSIBLE)).entry(),
        7,
        "{\"from\":9,\"outcomes\":\"106\"}");
    assertGolden(
        new Voiding(false, List.of(3L, 12L), "host-caught").entry(),
        8,
        "{\"leaves\":[3,12],\"reason\":\"host-caught\"}");
  }

  @Test
  void publicEntriesSurviveARoundTrip() throws Exception {
    Day day = new Day(LocalDate.of(2026, 1, 31));
    Policy policy = new Policy(0, true, "almoner 0.1.0");
    Settlement settlement = new Settlement(5, List.of(Outcome.values()));
    Voiding voiding = new Voiding(true, List.of(0L), "appeal-granted");
    assertThat(Day.parse(reread(day.entry()))).isEqualTo(day);
    assertThat(Policy.parse(reread(policy.entry()))).isEqualTo(policy);
    assertThat(Settlement.parse(reread(settlement.entry()))).isEqualTo(settlement);
    assertThat(Voiding.parse(reread(voiding.entry()))).isEqualTo(voiding);
  }

  @Test
  void aSettlementSaysNothingOutsideItsRange() {
    Settlement settlement = new Settlement(9, List.of(Outcome.ACCEPTED, Outcome.FAILED));
    assertThat(settlement.outcome(8)).isEqualTo(Outcome.NONE);
    assertThat(settlement.outcome(9)).isEqualTo(Outcome.ACCEPTED);
    assertThat(settlement.outcome(10)).isEqualTo(Outcome.FAILED);
    assertThat(settlement.outcome(11)).isEqualTo(Outcome.NONE);
  }

  @Test
  void theLargestSettlementFitsAnEntry() {
    Settlement largest =
        new Settlement(
            JsonValue.INTEGER_MAX - Settlement.LEAVES_MAX,
            Collections.nCopies(Settlement.LEAVES_MAX, Outcome.ACCEPTED));
    assertThat(largest.entry().octets().size()).isLessThanOrEqualTo(Entry.OCTETS_MAX);
  }

  @Test
  void aReleaseCarriesItsOwnersSignature() throws Exception {
    SigningKey owner = SigningKey.of(new byte[32]);
    Release release =
        new Release(
            "mersenne",
            "1.0.0",
            "AGPL-3.0-or-later",
            "https://example.org/m",
            "0".repeat(40),
            "clang 14",
            new BlobRef("m.wasm", Hash.ZERO, 1),
            List.of("{first}"));
    ReleaseEntry entry =
        ReleaseEntry.of(Envelope.sign(Envelope.Kind.RELEASE, release.toJson(), owner));
    assertThat(ReleaseEntry.parse(reread(entry.entry()))).isEqualTo(entry);

    String text = new String(entry.entry().body().toArray(), StandardCharsets.UTF_8);
    Entry forged = new Entry(Kind.RELEASE, Bytes.utf8(text.replace("1.0.0", "1.0.1")));
    assertThatThrownBy(() -> ReleaseEntry.parse(forged))
        .isInstanceOf(MalformedEntry.class)
        .hasMessageContaining("does not verify");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DAY | {\"date\":\"2026-13-01\"} | 2026-13-01",
        "DAY | {\"date\":\"2026-01-01\",\"x\":1} | unknown field",
        "DAY | {\"date\": \"2026-01-01\"} | canonical",
        "SETTLEMENT | {\"from\":0,\"outcomes\":\"f\"} | unknown outcome 'f'",
        "SETTLEMENT | {\"from\":-1,\"outcomes\":\"1\"} | expected 0 to",
        "VOID | {\"leaves\":[2,1],\"reason\":\"x\"} | leaf 1 is out of order",
        "VOID | {\"leaves\":[],\"reason\":\"x\"} | 1 to 3000 leaves",
        "VOID | {\"leaves\":[1],\"reason\":\"X y\"} | one word",
        "POLICY | {\"maturitySeconds\":-1,\"openPeriod\":true,\"software\":\"a\"} | expected 0 to"
      })
  void aMalformedPublicEntryIsNamed(Kind kind, String body, String sentence) {
    Entry entry = new Entry(kind, Bytes.utf8(body));
    assertThatThrownBy(() -> parse(entry))
        .isInstanceOf(MalformedEntry.class)
        .hasMessageContaining(kind.name())
        .hasMessageContaining(sentence);
  }

  private static Object parse(Entry entry) throws MalformedEntry {
    return switch (entry.kind()) {
      case DAY -> Day.parse(entry);
      case SETTLEMENT -> Settlement.parse(entry);
      case POLICY -> Policy.parse(entry);
      default -> Voiding.parse(entry);
    };
  }

  private static void assertGolden(Entry entry, int kind, String body) throws MalformedEntry {
    assertThat(entry.octets().toHex())
        .isEqualTo("01" + String.format("%02x", kind) + Bytes.utf8(body).toHex());
    assertThat(reread(entry)).isEqualTo(entry);
  }

  private static Entry reread(Entry entry) throws MalformedEntry {
    return Entry.parse(entry.octets());
  }
}
