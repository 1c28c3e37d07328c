package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
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
      ReceiptsCommand.Issue.class,
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

  private static List<Path> save(OperatorClient client, String route, String number, Path folder)
      throws IOException {
    Path pdf = folder.resolve(number + ".pdf");
    Path evidence = folder.resolve(number + ".evidence.zip");
    Files.write(pdf, client.download(route + number + "/pdf"));
    Files.write(evidence, client.download(route + number + "/evidence"));
    return List.of(pdf, evidence);
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
      name = "issue",
      mixinStandardHelpOptions = true,
      description = {
        "Issues what is missing for a year, one document for each donor, and saves all of that",
        "year's documents with their evidence. What was issued before stands as it is.",
      })
  static final class Issue implements Callable<Integer> {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Option(names = "--year", required = true, paramLabel = "Y", description = "Such as 2026.")
    private int year;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to save.")
    private Path out = Path.of(".");

    @Override
    public Integer call() throws IOException {
      List<Document> documents = issue(coordinator.client(), year, out);
      if (documents.isEmpty()) {
        System.out.println("there are no donors yet; 'almoner donors add' adds one");
      }
      for (Document document : documents) {
        System.out.println(line(document));
      }
      return 0;
    }

    private static String line(Document document) {
      if (document.number().isEmpty()) {
        return "skipped         donor " + document.donor() + ": " + document.reason();
      }
      return String.format(
          "%-15s %s  %s", document.state(), document.number(), document.files().get(0));
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

    @Override
    public void run() {
      List<String> lines =
          Answer.list(
              coordinator.client().get("/api/v1/register/documents"),
              f ->
                  f.freeText("number", 64)
                      + "  "
                      + f.freeText("from", 10)
                      + " to "
                      + f.freeText("to", 10)
                      + "  "
                      + f.freeText("state", 10)
                      + " "
                      + f.freeText("issuedOn", 10)
                      + "  sha256 "
                      + f.freeText("sha256", 64));
      lines.forEach(System.out::println);
      if (lines.isEmpty()) {
        System.out.println("nothing was issued yet; 'almoner receipts issue' does that");
      }
    }
  }
}
