package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The operator's documents: issuing a year's statements and listing them. */
@Command(
    name = "receipts",
    mixinStandardHelpOptions = true,
    description = {
      "For the operator: settles results, issues statements of donated computing, lists them.",
      "For a donor: fetches the donor's own.",
    },
    subcommands = {
      ReceiptsCommand.Settle.class,
      ReceiptsIssueCommand.class,
      ReceiptsChanges.Preview.class,
      ReceiptsChanges.Replace.class,
      ReceiptsChanges.Cancel.class,
      ReceiptsChanges.Confirm.class,
      ReceiptsChanges.AddOperator.class,
      ReceiptsChanges.Copy.class,
      ReceiptsChanges.Close.class,
      ReceiptsAuditCommand.class,
      ReceiptsExportCommand.class,
      ReceiptsCommand.ListAll.class,
      ReceiptsCommand.Fetch.class,
      ReceiptsSealCommand.class
    })
final class ReceiptsCommand {
  /** A donor has one document a year; a reply with more is no reply. */
  private static final int DOCUMENTS_MAX = 1_000;

  private ReceiptsCommand() {}

  /** One donor's document after a run, with the files it was saved to; none when skipped. */
  record Document(String donor, String number, String state, String reason, List<Path> files) {}

  /** Issues a year's missing documents and saves all of that year to {@code folder}. */
  static List<Document> issue(OperatorClient client, int year, Path folder) throws IOException {
    JsonValue reply =
        client.postForValue(
            "/api/v1/register/statements", JsonValue.Obj.of().put("year", year).build());
    Files.createDirectories(folder);
    List<Document> documents = new ArrayList<>();
    for (JsonValue item : ((JsonValue.Array) reply).items()) {
      Document one =
          Answer.read(
              item,
              f ->
                  new Document(
                      f.freeText("donor", 64),
                      f.freeText("number", 64),
                      f.freeText("state", 64),
                      f.freeText("reason", 10_000),
                      List.of()));
      documents.add(
          new Document(
              one.donor(), one.number(), one.state(), one.reason(), save(client, one, folder)));
    }
    return documents;
  }

  private static List<Path> save(OperatorClient client, Document document, Path folder)
      throws IOException {
    if (document.number().isEmpty()) {
      return List.of();
    }
    return save(client, "/api/v1/register/documents/", document.number(), folder);
  }

  static List<Path> save(OperatorClient client, String route, String number, Path folder)
      throws IOException {
    Path pdf = folder.resolve(number + ".pdf");
    Path evidence = folder.resolve(number + ".evidence.zip");
    Files.write(pdf, client.download(route + number + "/pdf"));
    Files.write(evidence, client.download(route + number + "/evidence"));
    return List.of(pdf, evidence);
  }

  /** What donors need soon or needed, a sentence each. */
  static List<String> due(OperatorClient client) {
    return Answer.list(
        client.get("/api/v1/register/runs/due"), f -> "warning  " + f.freeText("sentence", 1_000));
  }

  @Command(
      name = "settle",
      mixinStandardHelpOptions = true,
      description = "Settles now what has matured; a coordinator does so by itself once a day.")
  static final class Settle implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Override
    public void run() {
      JsonFields reply =
          coordinator.client().post("/api/v1/operator/settle", JsonValue.Obj.of().build());
      int settled = Answer.read(reply, f -> f.smallInteger("settled", 0, Integer.MAX_VALUE));
      System.out.println(settled + " results settled in the public log");
    }
  }

  @Command(
      name = "fetch",
      mixinStandardHelpOptions = true,
      description = "For a donor: saves all your documents with their evidence.")
  static final class Fetch implements Callable<Integer> {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to save.")
    private Path out = Path.of(".");

    @Override
    public Integer call() throws IOException {
      OperatorClient client = coordinator.client();
      List<String> numbers =
          Answer.read(
              client.get("/api/v1/me"),
              f -> {
                List<String> all = new ArrayList<>();
                for (JsonFields document : f.objects("documents", 0, DOCUMENTS_MAX)) {
                  all.add(document.freeText("number", 64));
                }
                return all;
              });
      Files.createDirectories(out);
      for (String number : numbers) {
        save(client, "/api/v1/me/documents/", number, out);
        System.out.println(number + "  " + out.resolve(number + ".pdf"));
      }
      if (numbers.isEmpty()) {
        System.out.println("no document was issued for you yet");
      }
      return 0;
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists every document that was issued, and numbers whose donor was erased.")
  static final class ListAll implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Option(names = "--year", paramLabel = "Y", description = "Only of periods that end in it.")
    private int year;

    @Override
    public void run() {
      boolean none = true;
      OperatorClient client = coordinator.client();
      for (Listed each : listed(client)) {
        if (year == 0 || each.to().startsWith(Integer.toString(year))) {
          System.out.println(each);
          none = false;
        }
      }
      if (none) {
        System.out.println("nothing was issued yet; 'almoner receipts issue' does that");
      }
      due(client).forEach(System.err::println);
    }
  }

  /** What waits for a second operator about a document; all empty when nothing does. */
  record Waiting(String act, String reason, String by, String at) {
    private static Waiting of(JsonFields document) throws MalformedJson {
      if (!document.has("wish")) {
        return new Waiting("", "", "", "");
      }
      JsonFields wish = document.object("wish");
      return new Waiting(
          wish.freeText("act", 20),
          wish.freeText("reason", 200),
          wish.freeText("by", 64),
          wish.freeText("at", 40));
    }

    @Override
    public String toString() {
      return by + " asked on " + at + " to " + act + " it (" + reason + ")";
    }
  }

  /** A document as the register lists it. */
  record Listed(
      String number,
      String donor,
      String from,
      String to,
      String state,
      String issuedOn,
      String sha256,
      String replaces,
      String replacedBy,
      String reason,
      Waiting wish,
      String misstates) {
    /** Whether it was given out and neither replaced nor cancelled. */
    boolean stands() {
      return state.equals("issued");
    }

    /** Whether there is a sealed file to be had. */
    boolean hasFile() {
      return !state.equals("erased") && !sha256.equals("0".repeat(sha256.length()));
    }

    @Override
    public String toString() {
      return number
          + "  "
          + from
          + " to "
          + to
          + "  "
          + state
          + " "
          + issuedOn
          + "  sha256 "
          + sha256
          + (replaces.isEmpty() ? "" : "  replaces " + replaces)
          + (replacedBy.isEmpty() ? "" : "  replaced by " + replacedBy)
          + (reason.isEmpty() ? "" : "  (" + reason + ")")
          + (wish.act().isEmpty() ? "" : "  waits: " + wish)
          + (misstates.isEmpty()
              ? ""
              : "  says otherwise of what was given on " + misstates + ": replace it");
    }
  }

  /** All documents that were given out. */
  static List<Listed> listed(OperatorClient client) {
    return Answer.list(
        client.get("/api/v1/register/documents"),
        f ->
            new Listed(
                f.freeText("number", 64),
                f.freeText("donor", 64),
                f.freeText("from", 10),
                f.freeText("to", 10),
                f.freeText("state", 10),
                f.freeText("issuedOn", 10),
                f.freeText("sha256", 64),
                f.freeText("replaces", 64),
                f.freeText("replacedBy", 64),
                f.freeText("reason", 200),
                Waiting.of(f),
                f.has("misstates") ? f.freeText("misstates", 10) : ""));
  }
}
