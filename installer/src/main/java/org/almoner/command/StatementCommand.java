package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tally.MonthTotal;
import org.almoner.ledger.tally.OpeningRejected;
import org.almoner.ledger.tally.Quantities;
import org.almoner.ledger.tally.Statement;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.audit.StatementAgain;
import org.almoner.tax.evidence.EvidenceZip;
import org.almoner.tax.evidence.MalformedEvidence;
import org.almoner.tax.issue.StatementOpening;
import org.almoner.tax.pdf.MalformedDocument;
import org.almoner.tax.pdf.PdfEvidence;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws statements up again from a mirror of the log and a donor's openings, asking nobody. */
@Command(
    name = "statement",
    mixinStandardHelpOptions = true,
    description = {
      "For donors and auditors: draws statements up again from a copy of the log and the evidence.",
      "DIR holds documents (.pdf) and evidence (.zip) as 'almoner receipts fetch' saves them. Each"
          + " document's statement is made again, octet for octet, from the log's own entries and"
          + " the openings alone, and every line that does not count is listed with its reason.",
      "Exit code 0 when all come out the same, 1 when not.",
    })
final class StatementCommand implements Callable<Integer> {
  private static final double MS_PER_HOUR = 3_600_000;
  private static final double MIB_MS_PER_GIB_HOUR = 1024 * MS_PER_HOUR;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DIR",
      description = "The folder with documents and evidence.")
  private Path from = Path.of(".");

  @Option(
      names = "--log",
      paramLabel = "URL|DIR",
      description =
          "The log or a mirror of it ('almoner log mirror' makes one); the folder log below DIR"
              + " unless another is named.")
  private @Nullable String log;

  @ArgGroup(multiplicity = "1")
  private LogCommand.Believed believed = new LogCommand.Believed();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      description = "json: the statements' own octets, one line each (default: ${DEFAULT-VALUE}).")
  private String form = "";

  @Override
  public Integer call() throws IOException {
    if (!form.equals("text") && !form.equals("json")) {
      throw Failure.wrongUse("-o is text or json, not " + form);
    }
    List<Path> documents = files(".pdf");
    if (documents.isEmpty()) {
      throw Failure.wrongUse(from + " has no document (.pdf); name the folder with them");
    }
    believed.check();
    LogSource source = LogSource.open(log == null ? from.resolve("log").toString() : log);
    believed.follow(source);
    Checkpoint now = checkpoint(source);
    Map<Hash, Path> evidence = new HashMap<>();
    for (Path zip : files(".zip")) {
      evidence.put(Hash.sha256(Files.readAllBytes(zip)), zip);
    }
    LogReader reader = new LogReader(source.tiles());
    boolean same = true;
    for (Path document : documents) {
      try {
        same &= again(document, evidence, reader, now);
      } catch (OpeningRejected | MalformedEvidence | MalformedDocument | MalformedJson e) {
        System.err.println("almoner: " + document.getFileName() + ": " + e.getMessage());
        same = false;
      }
    }
    return same ? 0 : Failure.FAILED;
  }

  private boolean again(Path document, Map<Hash, Path> evidence, LogReader reader, Checkpoint now)
      throws IOException, OpeningRejected, MalformedEvidence, MalformedDocument, MalformedJson {
    Statement stated =
        StatementOpening.parse(PdfEvidence.read(Files.readAllBytes(document)).statement())
            .statement();
    Path zip = evidence.get(stated.evidence());
    if (zip == null) {
      throw new OpeningRejected(
          "its evidence, a .zip file with SHA-256 " + stated.evidence() + ", is not in " + from);
    }
    Terminal terminal = new Terminal(System.err);
    LogProgress progress = new LogProgress("read", terminal, Clock.systemUTC(), now.size());
    StatementAgain again =
        StatementAgain.draw(
            reader,
            now,
            EvidenceZip.read(Files.readAllBytes(zip)),
            stated.from(),
            stated.to(),
            progress::at);
    terminal.clear();
    Statement drawn = again.statement(stated, stated.evidence());
    Bytes octets = CanonicalJson.bytes(drawn.toJson());
    boolean same = octets.equals(CanonicalJson.bytes(stated.toJson()));
    if (form.equals("json")) {
      System.out.println(new String(octets.toArray(), StandardCharsets.UTF_8));
    } else {
      print(drawn, again);
      System.out.println(
          same
              ? "The same " + octets.size() + " octets as the document's statement."
              : "NOT the document's statement: " + differing(stated, drawn));
    }
    return same;
  }

  /** Names of the fields in which two statements differ. */
  private static String differing(Statement stated, Statement drawn) {
    Map<String, JsonValue> fields = drawn.toJson().fields();
    List<String> names = new ArrayList<>();
    stated
        .toJson()
        .fields()
        .forEach(
            (name, value) -> {
              if (!value.equals(fields.get(name))) {
                names.add(name);
              }
            });
    return String.join(", ", names) + " came out otherwise";
  }

  private static void print(Statement drawn, StatementAgain again) {
    System.out.printf(
        Locale.ROOT,
        "statement %s, %s to %s, from %,d entries of %s%n",
        drawn.number(),
        drawn.from(),
        drawn.to(),
        drawn.logSize(),
        drawn.origin());
    System.out.println(
        "month         CPU core-h     GPU h  memory GiB-h  energy kWh  accepted of returned");
    for (MonthTotal month : drawn.months()) {
      row(month.month().toString(), month.given(), month.accepted(), month.returned());
    }
    row("total", drawn.given(), drawn.accepted(), drawn.returned());
    System.out.println("by tier      " + drawn.given().toJson().fields().get("cpuMs") + " ms");
    System.out.println("days active  " + drawn.tally().days());
    System.out.println("devices      " + drawn.tally().devices());
    again
        .excluded()
        .forEach(
            (leaf, excluded) ->
                System.out.println(
                    "excluded     entry "
                        + leaf
                        + " of "
                        + excluded.day()
                        + ": "
                        + excluded.reason().text()));
  }

  private static void row(String name, Quantities given, long accepted, long returned) {
    System.out.printf(
        Locale.ROOT,
        "%-10s  %,12.3f  %,8.3f  %,12.3f  %10s  %,d of %,d%n",
        name,
        given.cpu().totalMs() / MS_PER_HOUR,
        given.gpuMs() / MS_PER_HOUR,
        given.memoryMibMs() / MIB_MS_PER_GIB_HOUR,
        given.joules().isEmpty()
            ? "no reading"
            : String.format(
                Locale.ROOT,
                "%,.3f",
                given.joules().values().stream().mapToLong(Long::longValue).sum() / MS_PER_HOUR),
        accepted,
        returned);
  }

  private Checkpoint checkpoint(LogSource source) {
    try {
      return believed.open(SignedNote.parse(source.checkpoint())).checkpoint();
    } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
      throw Failure.failed("the log's checkpoint is not to be believed: " + e.getMessage());
    }
  }

  private List<Path> files(String ending) throws IOException {
    if (!Files.isDirectory(from)) {
      throw Failure.wrongUse("--from: there is no folder " + from);
    }
    try (Stream<Path> all = Files.list(from)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().endsWith(ending))
          .sorted()
          .toList();
    }
  }
}
