package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.read.LogReader;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.bookcheck.BookCheck;
import org.almoner.tax.bookcheck.Finding;
import org.almoner.tax.verify.TrustFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Holds the register against its files and the log, with code that wrote none of them. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Audits the register: reads its file, every document with its evidence, and the whole log,"
          + " and names each thing in which they disagree. Changes nothing, asks nobody but the log;"
          + " the coordinator may run meanwhile. See docs/spec/register.md.",
      "Exit code 0 without findings, 1 with.",
    })
final class ReceiptsAuditCommand implements Callable<Integer> {
  @Option(
      names = "--register",
      required = true,
      paramLabel = "DIR",
      description = "The register, private/register in the coordinator's data folder, or a copy.")
  private Path register = Path.of(".");

  @Option(
      names = "--log",
      required = true,
      paramLabel = "URL|DIR",
      description = "The log or a mirror of it ('almoner log mirror' makes one).")
  private String log = "";

  @Option(
      names = "--trust",
      required = true,
      paramLabel = "FILE",
      description = "The charity's trust file.")
  private Path trust = Path.of(".");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      description = "json: one object with all findings (default: ${DEFAULT-VALUE}).")
  private String form = "";

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(register)) {
      throw Failure.wrongUse(register + " is no folder; name private/register of a coordinator");
    }
    if (!Files.exists(register.resolve("register.jsonl"))) {
      throw Failure.wrongUse(
          register
              + " holds no register.jsonl, so there is nothing to audit; name private/register of a"
              + " coordinator that has issued documents");
    }
    TrustFile trusted = VerifyCommand.trustFile(trust);
    LogSource source = LogSource.witnessed(log, trusted);
    Terminal terminal = new Terminal(form.equals("json") ? System.err : System.out);
    BookCheck.Result result =
        new BookCheck(register, trusted)
            .run(
                new LogReader(source.tiles()),
                () -> checkpoint(trusted, LogSource.witnessed(log, trusted)),
                done -> terminal.progress(done + " documents", done / 1_000));
    terminal.clear();
    if (form.equals("json")) {
      System.out.println(new String(CanonicalJson.encode(json(result)), StandardCharsets.UTF_8));
    } else {
      print(result);
    }
    return result.findings().isEmpty() ? 0 : 1;
  }

  private static Checkpoint checkpoint(TrustFile trusted, LogSource source) {
    try {
      SignedNote note = SignedNote.parse(source.checkpoint());
      String origin = note.text().lines().findFirst().orElse("");
      return trusted.openToday(note, origin).checkpoint();
    } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
      throw Failure.failed("the log's checkpoint is not to be believed: " + e.getMessage());
    }
  }

  private static void print(BookCheck.Result result) {
    result.explained().forEach(line -> System.out.println("        " + line));
    for (Finding finding : result.findings()) {
      System.out.println(
          "FAILED  " + finding.kind().text() + "  " + finding.about() + ": " + finding.sentence());
    }
    System.out.println(
        (result.findings().isEmpty() ? "ok      " : "FAILED  ")
            + result.documents()
            + " numbers, "
            + result.receipts()
            + " receipts in the log, "
            + result.findings().size()
            + " findings");
  }

  private static JsonValue json(BookCheck.Result result) {
    List<JsonValue> findings =
        result.findings().stream()
            .<JsonValue>map(
                each ->
                    JsonValue.Obj.of()
                        .put("kind", each.kind().text())
                        .put("about", each.about())
                        .put("sentence", each.sentence())
                        .build())
            .toList();
    return JsonValue.Obj.of()
        .put("documents", result.documents())
        .put("receipts", result.receipts())
        .put("findings", findings)
        .putTexts("explained", result.explained())
        .build();
  }
}
