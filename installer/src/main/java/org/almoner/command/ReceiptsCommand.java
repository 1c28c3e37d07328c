package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.almoner.protocol.json.JsonValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The operator's documents: issuing a year's statements and listing them. */
@Command(
    name = "receipts",
    mixinStandardHelpOptions = true,
    description = "For the operator: issues statements of donated computing, and lists them.",
    subcommands = {ReceiptsCommand.Issue.class, ReceiptsCommand.ListAll.class})
final class ReceiptsCommand {
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
    String path = "/api/v1/register/documents/" + document.number();
    Path pdf = folder.resolve(document.number() + ".pdf");
    Path evidence = folder.resolve(document.number() + ".evidence.zip");
    Files.write(pdf, client.download(path + "/pdf"));
    Files.write(evidence, client.download(path + "/evidence"));
    return List.of(pdf, evidence);
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
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists every document that was issued.")
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
                      + "  issued "
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
