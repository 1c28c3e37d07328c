package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Issues a year's documents: a run at the coordinator, which this command only watches. */
@Command(
    name = "issue",
    mixinStandardHelpOptions = true,
    description = {
      "Issues what is missing for a year, one document for each donor. What was issued before stands"
          + " as it is. The coordinator does the work and goes on after a restart: this command may"
          + " be ended and given again, to see how far it is.",
      "Exit code 0 when all donors were gone over, 1 when the run failed.",
    })
final class ReceiptsIssueCommand implements Callable<Integer> {
  private static final long LOOK_AGAIN_MS = 500;

  /** Lines for programs and people who do not watch: one for each so many per cent. */
  private static final int PERCENT_STEP = 5;

  /** Fewer donors are done before anybody looks. */
  private static final int PROGRESS_DONORS_MIN = 200;

  /** Most donors without a document that are told in the terminal. */
  private static final int TOLD_MAX = 20;

  @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

  @Option(names = "--year", required = true, paramLabel = "Y", description = "Such as 2026.")
  private int year;

  @ArgGroup private Who who = new Who();

  /** For whom. */
  static final class Who {
    @Option(names = "--all", description = "For every donor (also when nothing is said).")
    @SuppressWarnings("UnusedVariable") // It only keeps --donor from being said beside it.
    private boolean all;

    @Option(
        names = "--donor",
        paramLabel = "DONOR",
        description =
            "For this donor; may be given again. One whose document was cancelled gets another.")
    private @Nullable List<String> donors;
  }

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Saves all of the year's documents that stand, with their evidence.")
  private @Nullable Path out;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Saves what became of each donor, as CSV: who got none, and why.")
  private @Nullable Path summary;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      description = "json: how the run ended, as one object (default: ${DEFAULT-VALUE}).")
  private String form = "";

  /** How far a run has come. */
  private record Run(
      int year,
      String state,
      long donors,
      long done,
      long issued,
      long stood,
      long skipped,
      long remaining,
      String failure) {
    static Run parse(JsonFields f) throws org.almoner.protocol.json.MalformedJson {
      return new Run(
          f.smallInteger("year", 0, 9999),
          f.freeText("state", 20),
          f.integer("donors", 0, Integer.MAX_VALUE),
          f.integer("done", 0, Integer.MAX_VALUE),
          f.integer("issued", 0, Integer.MAX_VALUE),
          f.integer("stood", 0, Integer.MAX_VALUE),
          f.integer("skipped", 0, Integer.MAX_VALUE),
          f.integer("remainingSeconds", -1, JsonValue.INTEGER_MAX),
          f.freeText("failure", 10_000));
    }

    boolean works() {
      return state.equals("working");
    }

    JsonValue json() {
      return JsonValue.Obj.of()
          .put("year", year)
          .put("state", state)
          .put("donors", donors)
          .put("issued", issued)
          .put("stood", stood)
          .put("skipped", skipped)
          .put("failure", failure)
          .build();
    }
  }

  @Override
  public Integer call() throws IOException {
    OperatorClient client = coordinator.client();
    Terminal terminal = new Terminal(form.equals("json") ? System.err : System.out);
    Run run = watched(client, begun(client), terminal);
    if (form.equals("json")) {
      System.out.println(
          new String(CanonicalJson.encode(run.json()), java.nio.charset.StandardCharsets.UTF_8));
    }
    if (!run.state().equals("done")) {
      throw Failure.failed("the run did not end: " + run.failure());
    }
    terminal.line(
        String.format(
            "%d donors: %d issued, %d stood before, %d without a document",
            run.donors(), run.issued(), run.stood(), run.skipped()));
    reasons(client, terminal);
    save(client, terminal);
    ReceiptsCommand.due(client).forEach(terminal::line);
    return 0;
  }

  /** The run that is at work for this year already, or a new one. */
  private Run begun(OperatorClient client) {
    Run now = Answer.read(client.get("/api/v1/register/runs"), Run::parse);
    if (now.works() && now.year() == year && who.donors == null) {
      return now;
    }
    JsonValue.Builder asked = JsonValue.Obj.of().put("year", year);
    if (who.donors != null) {
      asked.putTexts("donors", who.donors);
    }
    return Answer.read(client.post("/api/v1/register/runs", asked.build()), Run::parse);
  }

  private static Run watched(OperatorClient client, Run begun, Terminal terminal) {
    Run run = begun;
    while (run.works()) {
      if (run.donors() >= PROGRESS_DONORS_MIN) {
        long percent = 100 * run.done() / run.donors();
        String left = run.remaining() < 0 ? "" : ", about " + minutes(run.remaining()) + " left";
        terminal.progress(
            String.format("%3d%%  %d of %d donors%s", percent, run.done(), run.donors(), left),
            percent / PERCENT_STEP);
      }
      pause();
      run = Answer.read(client.get("/api/v1/register/runs"), Run::parse);
    }
    return run;
  }

  private static String minutes(long seconds) {
    return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failed("interrupted; the coordinator goes on with the run");
    }
  }

  /** Who got none; the whole list where a file is named. */
  private void reasons(OperatorClient client, Terminal terminal) throws IOException {
    byte[] csv = client.download("/api/v1/register/runs/" + year + "/summary");
    if (summary != null) {
      Files.write(summary, csv);
      terminal.line("summary  " + summary);
    }
    List<String> without = new ArrayList<>();
    for (String line : new String(csv, java.nio.charset.StandardCharsets.UTF_8).split("\r\n", -1)) {
      String[] cells = line.split(",", 5);
      if (cells.length == 5 && cells[2].equals("skipped")) {
        String sentence = cells[4].substring(1, cells[4].length() - 1).replace("\"\"", "\"");
        without.add("skipped         donor " + cells[0] + ": " + sentence);
      }
    }
    without.stream().limit(TOLD_MAX).forEach(terminal::line);
    if (without.size() > TOLD_MAX && summary == null) {
      terminal.line((without.size() - TOLD_MAX) + " more: --summary FILE saves all of them");
    }
  }

  private void save(OperatorClient client, Terminal terminal) throws IOException {
    if (out == null) {
      return;
    }
    Files.createDirectories(out);
    for (ReceiptsCommand.Listed document : ReceiptsCommand.listed(client)) {
      if (document.stands() && document.to().startsWith(Integer.toString(year))) {
        List<Path> files =
            ReceiptsCommand.save(client, "/api/v1/register/documents/", document.number(), out);
        terminal.line(String.format("%-15s %s  %s", "issued", document.number(), files.get(0)));
      }
    }
  }
}
