package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What an operator does to single documents. */
final class ReceiptsChanges {
  private static final String DOCUMENTS = "/api/v1/register/documents/";

  private ReceiptsChanges() {}

  private static void told(JsonFields reply) {
    List<String> texts =
        Answer.read(
            reply,
            f -> List.of(f.freeText("number", 64), f.freeText("state", 40), f.freeText("by", 64)));
    String number = texts.get(0);
    System.out.println(
        switch (texts.get(1)) {
          case "replaced" -> number + " is replaced by " + texts.get(2);
          case "cancelled" -> number + " is cancelled";
          case "refused" -> "what was asked for " + number + " is forgotten";
          default ->
              number
                  + " waits for a second operator: 'almoner receipts confirm "
                  + number
                  + " --act ACT' with another token";
        });
  }

  private static void ask(OperatorClient client, String number, String what, String reason) {
    told(client.post(DOCUMENTS + number + what, JsonValue.Obj.of().put("reason", reason).build()));
  }

  @Command(
      name = "preview",
      mixinStandardHelpOptions = true,
      description = {
        "Saves what a donor's document of a year would look like now: with a watermark, without a",
        "number, and without a trace in register or log.",
      })
  static final class Preview implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Parameters(paramLabel = "DONOR", description = "The donor's pseudonym.")
    private String donor = "";

    @Option(names = "--year", required = true, paramLabel = "Y", description = "Such as 2026.")
    private int year;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to save.")
    private Path out = Path.of(".");

    @Override
    public void run() {
      byte[] pdf =
          coordinator
              .client()
              .postForBytes(
                  "/api/v1/register/previews",
                  JsonValue.Obj.of().put("year", year).put("donor", donor).build());
      write(out, pdf);
    }
  }

  @Command(
      name = "replace",
      mixinStandardHelpOptions = true,
      description = {
        "Issues a document, under a number of its own, that stands for NUMBER from now on: from the",
        "log and the donor's data as they are today. The old one stays readable, and the log",
        "says for everybody that it was replaced.",
      })
  static final class Replace implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Parameters(paramLabel = "NUMBER", description = "The document that is to be replaced.")
    private String number = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why, for the register; without a name, at most 200 characters.")
    private String reason = "";

    @Override
    public void run() {
      ask(coordinator.client(), number, "/replacement", reason);
    }
  }

  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      description = {
        "Says in register, log and public list that NUMBER counts no more. Its file stays readable,",
        "its number is never used again.",
      })
  static final class Cancel implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Parameters(paramLabel = "NUMBER", description = "The document that is to count no more.")
    private String number = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why, in at most 200 characters without a name; the donor reads it.")
    private String reason = "";

    @Override
    public void run() {
      ask(coordinator.client(), number, "/cancellation", reason);
    }
  }

  @Command(
      name = "confirm",
      mixinStandardHelpOptions = true,
      description = {
        "Carries out what another operator asked for with 'replace' or 'cancel', where the document's",
        "profile wants four eyes. Use --coordinator and --token-file with your own token. Name what",
        "you agree to: 'almoner receipts list' shows what waits, and why it was asked for. Both",
        "operators have to have been added 24 hours before it was asked.",
      })
  static final class Confirm implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Parameters(paramLabel = "NUMBER", description = "The document it is about.")
    private String number = "";

    @Option(
        names = "--act",
        required = true,
        paramLabel = "replace|cancel",
        description = "What you agree to, or refuse.")
    private String act = "";

    @Option(
        names = "--refuse",
        description = "Forget what was asked for; whoever asked may do so too.")
    private boolean refuse;

    @Override
    public void run() {
      OperatorClient client = coordinator.client();
      ReceiptsCommand.Waiting wish =
          ReceiptsCommand.listed(client).stream()
              .filter(each -> each.number().equals(number))
              .map(ReceiptsCommand.Listed::wish)
              .filter(each -> !each.act().isEmpty())
              .findFirst()
              .orElseThrow(() -> Failure.failed("nothing waits about document " + number));
      System.out.println(number + ": " + wish);
      if (!wish.act().equals(act)) {
        throw Failure.failed(
            number + " waits to be decided on '" + wish.act() + "', not on '" + act + "'");
      }
      told(
          client.post(
              DOCUMENTS + number + "/confirmation",
              JsonValue.Obj.of()
                  .put("act", act)
                  .put("reason", wish.reason())
                  .put("agree", !refuse)
                  .build()));
    }
  }

  @Command(
      name = "add-operator",
      mixinStandardHelpOptions = true,
      description = {
        "Adds an operator who may look at documents and ask for or confirm changes to them; prints,",
        "once, the token. A name is given once. The register keeps who was added, and when; a change",
        "that was asked for within 24 hours of that cannot be confirmed.",
      })
  static final class AddOperator implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private SavedToken saved = new SavedToken();

    @Parameters(paramLabel = "NAME", description = "Who it is, for the register.")
    private String name = "";

    @Override
    public void run() {
      JsonFields reply =
          coordinator
              .client()
              .post("/api/v1/register/operators", JsonValue.Obj.of().put("name", name).build());
      String token = Answer.text(reply, "token");
      System.out.println(
          saved.keep(token) ? name + " added" : "token " + token + "   (shown once)");
    }
  }

  @Command(
      name = "close",
      mixinStandardHelpOptions = true,
      description = {
        "Closes a year: numbers of it that were never issued are cancelled, and from then on its",
        "documents can be replaced, but none is issued for the first time.",
      })
  static final class Close implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Option(names = "--year", required = true, paramLabel = "Y", description = "Such as 2026.")
    private int year;

    @Override
    public void run() {
      JsonFields reply =
          coordinator
              .client()
              .post("/api/v1/register/closings", JsonValue.Obj.of().put("year", year).build());
      List<String> cancelled =
          Answer.read(reply, f -> new ArrayList<>(f.texts("cancelled", 0, 1_000_000, 64)));
      System.out.println(year + " is closed; " + cancelled.size() + " unused numbers cancelled");
      cancelled.forEach(System.out::println);
    }
  }

  @Command(
      name = "copy",
      mixinStandardHelpOptions = true,
      description = {
        "Saves a document as it was issued, to print or to send again. Nothing is drawn anew: a copy"
            + " is the sealed file itself. Beside it, NUMBER-cover.pdf is a sheet to lie before the"
            + " paper: that it is a copy, of which file, from which day, and whether the document"
            + " stood then.",
      })
  static final class Copy implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Parameters(paramLabel = "NUMBER", description = "The document.")
    private String number = "";

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to save.")
    private Path out = Path.of(".");

    @Option(names = "--no-cover", description = "Only the file, such as to send it again.")
    private boolean fileAlone;

    @Override
    public void run() {
      OperatorClient client = coordinator.client();
      String name = number.replace('/', '_');
      write(out.resolve(name + ".pdf"), client.download(DOCUMENTS + number + "/pdf"));
      if (!fileAlone) {
        write(out.resolve(name + "-cover.pdf"), client.download(DOCUMENTS + number + "/cover"));
      }
    }
  }

  static void write(Path file, byte[] octets) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.write(file, octets);
      System.out.println(file);
    } catch (IOException e) {
      throw Failure.failed(file + " cannot be written: " + e.getMessage());
    }
  }
}
