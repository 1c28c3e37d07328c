package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.entry.Settlement;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.ledger.tree.InclusionProof;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.Energy;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.UsageReport;
import org.almoner.tax.evidence.Evidence;
import org.almoner.tax.evidence.EvidenceZip;
import org.almoner.tax.evidence.ProvenEntry;
import org.almoner.tax.evidence.ProvenLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorksheetCommandTests {
  private static final String ORIGIN = "log.example/2026";
  private static final Hash ANY = Hash.sha256(new byte[] {7});
  private static final List<String> ANSWERS =
      List.of(
          "computers: own",
          "bill: me",
          "place: home",
          "reimbursed: no",
          "deducted: no",
          "solar: no",
          "own-use: no",
          "otherwise: off");

  @TempDir Path folder;
  private Path evidence;
  private Path bills;
  private Path answers;
  private Path out;

  @BeforeEach
  void files() throws Exception {
    evidence = Files.write(folder.resolve("e.zip"), evidence());
    bills =
        Files.writeString(
            folder.resolve("bills.csv"),
            "from,to,price_per_kwh,currency,bill\n2026-01-01,2026-12-31,0.25,EUR,b01\n");
    answers = Files.write(folder.resolve("answers.txt"), ANSWERS);
    out = folder.resolve("w.pdf");
  }

  /** An hour on the first of March, 0.2 kWh by hardware counters. */
  private static byte[] evidence() {
    SigningKey key = SigningKey.of(new byte[32]);
    long start = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
    UsageLine line =
        new UsageLine(
            new LeaseId(BatchId.parseHex("00112233445566aa"), 1, 0),
            ANY,
            ANY,
            "almoner-meter/1",
            start,
            start + 3_600_000,
            3_600_000,
            3_500_000,
            80 << 20,
            64 << 20,
            128 << 20,
            List.of(),
            1_000_000,
            ANY,
            ANY,
            0,
            List.of(new Energy(720_000, Energy.Tier.M2)));
    UsageReport report =
        new UsageReport(ORIGIN, AgentId.of(key.publicKey()), 0, Hash.ZERO, List.of(line));
    Envelope signed = Envelope.sign(Envelope.Kind.USAGE_REPORT, report.toJson(), key);
    SignedNote checkpoint =
        SignedNote.sign(
            new Checkpoint(ORIGIN, 2, ANY).noteText(), List.of(new Ed25519NoteSigner(ORIGIN, key)));
    InclusionProof none = new InclusionProof(List.of());
    return EvidenceZip.write(
        new Evidence(
            checkpoint.format(),
            List.of(new ProvenLine(new UsageOpening(0, ANY, 0, signed), none)),
            List.of(
                new ProvenEntry(
                    1, new Settlement(0, List.of(Outcome.ACCEPTED_OUTPUT)).entry(), none))));
  }

  private Said worksheet(Object... more) {
    Object[] args = {
      "worksheet", "--year", 2026, "--statement", evidence, "--tariff", bills, "--out", out
    };
    Object[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return Said.by(all);
  }

  @Test
  void aWorksheetIsMadeFromTheEvidenceAndTheBills() throws Exception {
    Path csv = folder.resolve("w.csv");
    Said said = worksheet("--answers", answers, "--language", "de", "--csv", csv);

    assertThat(said.err()).isEmpty();
    assertThat(said.out()).startsWith("0.200 kWh above idle, 0.05 EUR by your bills\n");
    assertThat(Files.readAllBytes(out)).startsWith("%PDF-1.7".getBytes(StandardCharsets.US_ASCII));
    assertThat(csv).content().contains("2026-03-01,2026-03-31,1.000,0.000,0.200,");
    assertThat(worksheet("--answers", answers).err()).contains("is there already");
  }

  @Test
  void aPlugsReadingsStandInForTheReport() throws Exception {
    Path plug =
        Files.writeString(
            folder.resolve("plug.csv"),
            """
            time,total_kwh
            2026-03-01 01:00,10.0
            2026-03-01 02:00,10.141
            2026-03-01 03:00,10.182
            2026-03-01 04:00,10.224
            2026-03-01 05:00,10.265
            """);
    Path readings = folder.resolve("readings.csv");

    Said read = Said.by("meter", "import", plug, "--zone", "Europe/Berlin", "--out", readings);

    assertThat(read.code()).as(read.err()).isZero();
    assertThat(read.out()).contains("column total_kwh as counter in kWh", "0 gaps");
    assertThat(worksheet("--answers", answers, "--meter", readings).err())
        .contains("while no unit ran your meter read 41.000 W");
    Said said =
        worksheet("--answers", answers, "--meter", readings, "--idle-watts", "41", "-o", "json");
    assertThat(said.out())
        .as(said.err())
        .contains("\"kwh\":\"0.100\"", "\"amount\":\"0.03\"", "\"estimate\":[]");
  }

  @Test
  void withoutAnswersTheQuestionsAreListedAndNothingIsWritten() {
    Said said = worksheet();

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("bill: who pays the electricity bill? me, landlord");
    assertThat(out).doesNotExist();
  }

  /** T9. */
  @Test
  void aLandlordsBillEndsItWithItsReason() throws Exception {
    Files.write(
        answers, ANSWERS.stream().map(a -> a.replace("bill: me", "bill: landlord")).toList());

    Said said = worksheet("--answers", answers);

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("the landlord pays the bill").contains("(T9)");
    assertThat(out).doesNotExist();
  }

  @Test
  void whatIsWrongWithAFileIsNamedWithItsLine() throws Exception {
    Files.writeString(
        bills, "from,to,price_per_kwh,currency,bill\n2026-01-01,2026-12-31,x,EUR,b\n");

    assertThat(worksheet("--answers", answers).err())
        .contains("bills.csv, line 2, column price_per_kwh: expected the price");
    evidence = bills;
    assertThat(worksheet("--answers", answers).err())
        .contains("is neither a statement nor its evidence");
  }
}
