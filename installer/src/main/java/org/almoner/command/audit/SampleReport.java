package org.almoner.command.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.note.CanonicalBase64;
import org.almoner.ledger.sample.Dice;
import org.almoner.ledger.sample.MalformedDice;
import org.almoner.ledger.sample.SampleBound;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.workload.wasm.WasmModule;

/**
 * What is written down of a sample: one object without times, which another auditor comes to octet
 * by octet from the same checkpoint and dice, and a sheet for people to sign.
 */
public final class SampleReport {
  /** Name of the format. */
  public static final String FORMAT = "almoner-audit-sample/1";

  private static final int BYTES_MAX = 64 << 20;

  private final Sample sample;
  private final long drawn;
  private final long unsure;
  private final long fewer;

  /** The report of a sample. */
  public SampleReport(Sample sample) {
    this.sample = sample;
    this.drawn = sample.results().size();
    this.unsure = sample.count(Verdict.ERASED) + sample.notRun();
    this.fewer = SampleBound.fewerThan(sample.lines(), drawn, sample.differing() + unsure);
  }

  /** What another auditor repeats: the other's note and dice. */
  public record Repeated(String note, Dice dice) {}

  /** Reads from a report what it takes to repeat it. */
  public static Repeated repeat(byte[] report) throws AuditStopped {
    try {
      if (report.length > BYTES_MAX) {
        throw new MalformedJson("it has more than " + BYTES_MAX + " octets");
      }
      JsonFields fields = JsonFields.of(CanonicalJson.parse(withoutNewline(report)));
      String format = fields.text("audit", FORMAT.length());
      if (!format.equals(FORMAT)) {
        throw fields.at("audit", "expected " + FORMAT + ", got " + format);
      }
      return new Repeated(
          fields.freeText("checkpoint", Begun.NOTE_MAX),
          Dice.parse(fields.text("dice", Dice.ROLLS_MAX)));
    } catch (MalformedJson | MalformedDice e) {
      throw AuditStopped.misused("this is no report of an audit: " + e.getMessage());
    }
  }

  private static byte[] withoutNewline(byte[] octets) {
    boolean newline = octets.length > 0 && octets[octets.length - 1] == '\n';
    return newline ? java.util.Arrays.copyOf(octets, octets.length - 1) : octets;
  }

  /** The object, canonical, with a newline. */
  public Bytes json() {
    JsonValue.Obj report =
        JsonValue.Obj.of()
            .put("audit", FORMAT)
            .put("checkpoint", sample.checkpoint().format())
            .put("dice", sample.dice().rolls())
            .put("seed", sample.seed().toHex())
            .put("meter", WasmModule.METER_VERSION)
            .put("lines", sample.lines())
            .put("wanted", sample.wanted())
            .put("drawn", sample.results().stream().map(LineResult::toPublicJson).toList())
            .put("held", sample.count(Verdict.HELD))
            .put("differing", sample.differing())
            .put("erased", sample.count(Verdict.ERASED))
            .put("notRun", sample.notRun())
            .put("fewerThan", fewer)
            .put("riskPercent", SampleBound.RISK_PERCENT)
            .build();
    return Bytes.utf8(new String(CanonicalJson.encode(report), StandardCharsets.UTF_8) + "\n");
  }

  /** What was found, line by line, and what may be said of all. */
  public List<String> table() {
    List<String> lines = new ArrayList<>();
    for (LineResult result : sample.results()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "entry %-10d %-8s %s",
              result.leaf(),
              result.verdict().word(),
              result.why()));
      result.differences().forEach(difference -> lines.add("    " + difference));
    }
    lines.add("");
    lines.addAll(summary());
    return lines.stream().map(String::stripTrailing).toList();
  }

  private List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d of %,d lines that count were drawn: %,d held, %,d differ, %,d erased, %,d not run",
            drawn,
            sample.lines(),
            sample.count(Verdict.HELD),
            sample.differing(),
            sample.count(Verdict.ERASED),
            sample.notRun()));
    if (unsure > 0) {
      lines.add(
          unsure
              + " could not be looked at; in what follows they are taken to be wrong, all of them");
    }
    lines.add(statement());
    return lines;
  }

  private String statement() {
    if (sample.lines() == 0) {
      return "No line counts under this checkpoint, so nothing can be said.";
    }
    if (fewer > sample.lines()) {
      return "So few lines say nothing of the others.";
    }
    if (drawn == sample.lines()) {
      return "All lines were drawn; nothing is left to chance.";
    }
    long tenths = (fewer * 1_000 + sample.lines() - 1) / sample.lines();
    return String.format(
        Locale.ROOT,
        "With %d %% confidence: fewer than %,d of the %,d lines (%d.%d %%) are wrong in what a run"
            + " can show.",
        100 - SampleBound.RISK_PERCENT,
        fewer,
        sample.lines(),
        tenths / 10,
        tenths % 10);
  }

  /**
   * The sheet.
   *
   * @param ended the auditor's clock
   */
  public String sheet(Begun begun, Instant ended, String software) {
    Checkpoint checkpoint = sample.checkpoint().checkpoint();
    List<String> lines = new ArrayList<>();
    lines.add("AUDIT BY SAMPLE");
    lines.add("");
    lines.add("log         " + checkpoint.origin());
    lines.add("checkpoint  " + checkpoint.size() + " entries, root " + root(checkpoint));
    lines.add(
        "begun       "
            + seconds(Instant.ofEpochMilli(begun.beganMs()))
            + (begun.repeats() ? ", with checkpoint and dice of another audit" : ""));
    lines.add("dice        " + sample.dice().rolls() + " (" + sample.dice().bits() + " bits)");
    lines.add("seed        " + sample.seed());
    lines.add("ended       " + seconds(ended));
    lines.add("software    " + software + ", " + WasmModule.METER_VERSION);
    lines.add("report.json SHA-256 " + Hash.sha256(json().toArray()));
    lines.add("");
    lines.addAll(table());
    lines.add("");
    lines.addAll(cpu());
    lines.add("What this does not show:");
    lines.add("- processor time, memory and energy as such: another computer takes other amounts,");
    lines.add("  so they were only held against what is possible;");
    lines.add("- that a computer or a donor exists, or that two donors are two people;");
    lines.add("- lines that were not drawn, and lines that count no more or not yet;");
    lines.add(
        "- that the dice fell after the checkpoint: that is the word of whoever signs below.");
    lines.add("");
    lines.add("auditor     ________________________________  date  ____________");
    return String.join("\n", lines) + "\n";
  }

  /** Claimed and own processor time, to look at; computers differ, so it is no finding. */
  private List<String> cpu() {
    long claimed = 0;
    long own = 0;
    for (LineResult result : sample.results()) {
      if (result.ownCpuMs() > 0) {
        claimed += result.claimedCpuMs();
        own += result.ownCpuMs();
      }
    }
    return own == 0
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "Processor time of the lines that were run: %,d ms stated, %,d ms taken here.",
                claimed,
                own),
            "");
  }

  /** Keeps both; says where. */
  public String keep(AuditFolder folder, Begun begun, Instant ended, String software)
      throws IOException {
    folder.keep("report.txt", sheet(begun, ended, software).getBytes(StandardCharsets.UTF_8));
    return folder.keep("report.json", json().toArray()).toString();
  }

  private static String root(Checkpoint checkpoint) {
    return CanonicalBase64.encode(Bytes.of(checkpoint.root().toArray()));
  }

  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
