package org.almoner.command.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
  public static final String FORMAT = "almoner-audit-sample/2";

  private static final int BYTES_MAX = 64 << 20;
  private static final int VERDICT_MAX = 20;

  private final Sample sample;
  private final long drawn;
  private final long unseen;
  private final long fewer;
  private final long fewerAtBest;

  /** The report of a sample. */
  public SampleReport(Sample sample) {
    this.sample = sample;
    this.drawn = sample.results().size();
    this.unseen = sample.unseen();
    this.fewer = SampleBound.fewerThan(sample.lines(), drawn, sample.differing() + unseen);
    this.fewerAtBest = SampleBound.fewerThan(sample.lines(), drawn, sample.differing());
  }

  /**
   * What another auditor repeats.
   *
   * @param note the other's checkpoint
   * @param erased what the report says of the list that the other kept
   * @param listed the drawn lines that were on it, and erased
   */
  public record Repeated(String note, Dice dice, ErasedPledge erased, List<Long> listed) {
    /** Copies the list. */
    public Repeated {
      listed = List.copyOf(listed);
    }
  }

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
          Dice.parse(fields.text("dice", Dice.ROLLS_MAX)),
          ErasedPledge.parse(fields.object("erasedList")),
          listed(fields));
    } catch (MalformedJson | MalformedDice e) {
      throw AuditStopped.misused("this is no report of an audit: " + e.getMessage());
    }
  }

  private static List<Long> listed(JsonFields report) throws MalformedJson {
    List<Long> listed = new ArrayList<>();
    for (JsonFields line : report.objects("drawn", 0, SampleRun.UNITS_MAX)) {
      long leaf = line.integer("leaf", 0, JsonValue.INTEGER_MAX);
      if (line.text("verdict", VERDICT_MAX).equals(Verdict.ERASED.word())) {
        listed.add(leaf);
      }
    }
    return listed;
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
            .put("erasedList", sample.erased().toJson())
            .put("held", sample.count(Verdict.HELD))
            .put("heldInPart", sample.count(Verdict.HELD_IN_PART))
            .put("differing", sample.differing())
            .put("erased", sample.count(Verdict.ERASED))
            .put("erasedLate", sample.count(Verdict.ERASED_LATE))
            .put("notRun", sample.count(Verdict.NOT_RUN))
            .put("fewerThan", fewer)
            .put("fewerThanAtBest", fewerAtBest)
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
              "entry %-10d %-12s %s",
              result.leaf(),
              result.verdict().word(),
              remark(result)));
      result.differences().forEach(difference -> lines.add("    " + difference));
    }
    lines.add("");
    lines.addAll(summary());
    return lines.stream().map(String::stripTrailing).toList();
  }

  /** What is said of a line beside its verdict; what all of a verdict share stands below. */
  private static String remark(LineResult result) {
    String remark =
        result.verdict() == Verdict.HELD_IN_PART
            ? result.gaps().stream().map(Gap::word).collect(Collectors.joining(", "))
            : result.why();
    if (result.compared().isEmpty()) {
      return remark;
    }
    String how = "compared by " + String.join(", ", result.compared());
    return remark.isEmpty() ? how : remark + "; " + how;
  }

  private List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d of %,d lines that count were drawn: %s",
            drawn,
            sample.lines(),
            String.join(", ", counts())));
    for (Gap gap : Gap.values()) {
      long without = sample.heldWithout(gap);
      if (without > 0) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%s: %,d held only as far as a run and the other checks show; %s",
                gap.word(),
                without,
                gap.sentence()));
      }
    }
    long late = sample.count(Verdict.ERASED_LATE);
    if (late > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "erased-late: %,d said to be erased after the dice were thrown, and not on the list"
                  + " kept before; ask the operator for whom and when",
              late));
    }
    if (sample.count(Verdict.ERASED) > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "erased: on the operator's list of %,d lines, kept before the dice were thrown",
              sample.erased().leaves()));
    }
    lines.add(statement());
    return lines;
  }

  /** How many came to what; what there is none of is said only of what should be asked. */
  private List<String> counts() {
    List<String> counts = new ArrayList<>();
    counts.add(number(Verdict.HELD, "held"));
    if (sample.count(Verdict.HELD_IN_PART) > 0) {
      counts.add(number(Verdict.HELD_IN_PART, "held in part"));
    }
    counts.add(number(Verdict.DIFFERS, "differ"));
    counts.add(number(Verdict.ERASED, "erased"));
    if (sample.count(Verdict.ERASED_LATE) > 0) {
      counts.add(number(Verdict.ERASED_LATE, "erased late"));
    }
    counts.add(number(Verdict.NOT_RUN, "not run"));
    return counts;
  }

  private String number(Verdict verdict, String word) {
    return String.format(Locale.ROOT, "%,d %s", sample.count(verdict), word);
  }

  private String statement() {
    long lines = sample.lines();
    if (lines == 0) {
      return "No line counts under this checkpoint, so nothing can be said.";
    }
    if (drawn == lines) {
      return unseen == 0
          ? "All lines were drawn; nothing is left to chance."
          : String.format(
              Locale.ROOT,
              "All lines were drawn, but %,d could not be looked at: at least %,d and at most %,d of"
                  + " the %,d lines are wrong in what a run can show.",
              unseen,
              sample.differing(),
              sample.differing() + unseen,
              lines);
    }
    if (fewer > lines) {
      return unseen == 0
          ? "So few lines say nothing of the others."
          : String.format(
              Locale.ROOT,
              "%,d lines could not be looked at; if they are wrong, this says nothing of the others.",
              unseen);
    }
    String said =
        String.format(
            Locale.ROOT,
            "With %d %% confidence: fewer than %s are wrong in what a run can show",
            100 - SampleBound.RISK_PERCENT,
            share(fewer));
    return unseen == 0
        ? said + "."
        : String.format(
            Locale.ROOT,
            "%s, if every line that could not be looked at (%,d) is wrong; fewer than %,d if none of"
                + " them is.",
            said,
            unseen,
            fewerAtBest);
  }

  private String share(long fewerThan) {
    long tenths = (fewerThan * 1_000 + sample.lines() - 1) / sample.lines();
    return String.format(
        Locale.ROOT,
        "%,d of the %,d lines (%d.%d %%)",
        fewerThan,
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
    lines.add(
        "erased      "
            + sample.erased().leaves()
            + " lines on the operator's list before the dice, salted digest "
            + sample.erased().digest());
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
