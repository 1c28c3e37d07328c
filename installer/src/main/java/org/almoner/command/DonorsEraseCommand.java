package org.almoner.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Erases a donor, after showing what will be destroyed. */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = {
      "Erases a donor: destroys the keys of what opens the donor's lines in the log, name and",
      "address, and the account; the donor's computers are told to leave. The log stays as it is.",
      "To say it again finishes what was cut short.",
    })
final class DonorsEraseCommand implements Callable<Integer> {
  private static final int DOCUMENTS_MAX = 1_000;

  private static final int REASON_MAX = 200;

  private static final String KEEP = "keep";
  private static final String DESTROY = "destroy";

  @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

  @Parameters(paramLabel = "DONOR", description = "The donor's pseudonym, 32 hexadecimal digits.")
  private String donor = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why, in a few words that name nobody; it is kept.")
  private String reason = "";

  @Option(
      names = "--documents",
      paramLabel = "keep|destroy",
      defaultValue = KEEP,
      description =
          "Documents that were given out: keep the sealed file and destroy its evidence, or destroy"
              + " both (default: ${DEFAULT-VALUE}).")
  private String documents = KEEP;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  private record Held(
      boolean account,
      String name,
      long lines,
      int computers,
      List<String> documents,
      boolean erased) {
    static Held read(JsonFields fields) throws MalformedJson {
      List<String> numbers = new ArrayList<>();
      for (JsonFields document : fields.objects("documents", 0, DOCUMENTS_MAX)) {
        numbers.add(document.freeText("number", 64) + " " + document.freeText("state", 10));
      }
      return new Held(
          fields.bool("account"),
          fields.freeText("name", 1_000),
          fields.integer("lines", 0, JsonValue.INTEGER_MAX),
          fields.smallInteger("computers", 0, Integer.MAX_VALUE),
          numbers,
          fields.bool("erased"));
    }
  }

  @Override
  public Integer call() throws IOException {
    if (!documents.equals(KEEP) && !documents.equals(DESTROY)) {
      throw Failure.wrongUse("--documents takes keep or destroy, got " + documents);
    }
    String id = DonorsCommand.pseudonym(donor);
    if (reason.isBlank() || reason.strip().length() > REASON_MAX) {
      throw Failure.wrongUse(
          "--reason takes 1 to "
              + REASON_MAX
              + " characters, got "
              + reason.strip().length()
              + "; say in a few words who asked, without a name");
    }
    OperatorClient client = coordinator.client();
    String route = "/api/v1/register/donors/" + id;
    Held held = Answer.read(client.get(route), Held::read);
    show(id, held);
    if (!held.erased() && !yes && !agreed()) {
      System.out.println("nothing was erased");
      return Failure.FAILED;
    }
    JsonFields reply =
        client.post(
            route + "/erasure",
            JsonValue.Obj.of().put("reason", reason.strip()).put("documents", documents).build());
    List<String> left =
        Answer.read(
            reply,
            fields -> {
              List<String> list = new ArrayList<>();
              for (JsonFields document : fields.objects("documents", 0, DOCUMENTS_MAX)) {
                list.add(document.freeText("number", 64) + " " + document.freeText("state", 10));
              }
              return list;
            });
    System.out.println("erased " + id + documents(left));
    System.out.println(
        "Copies of the key file still hold the keys: 'almoner donors keys-backup' removes those"
            + " that are more than 30 days old.");
    return 0;
  }

  private void show(String id, Held held) {
    if (held.erased()) {
      System.out.println("donor " + id + " was erased before; what is left is done now");
      return;
    }
    System.out.println("donor " + id + (held.name().isEmpty() ? "" : ", " + held.name()));
    System.out.println("This will be destroyed for good:");
    if (held.account()) {
      System.out.println(
          "keys        of what opens "
              + held.lines()
              + " lines of the log; name and address; account, token and codes");
      System.out.println(
          "computers   will be told to leave, of " + held.computers() + " ever linked");
    } else {
      System.out.println("name        and address");
      System.out.println(
          "There is no account here: what opens the donor's lines lies in the closed log's folder,"
              + " and stays there; docs/reference/keys.md says how it goes.");
    }
    System.out.println(
        "documents   "
            + (held.documents().isEmpty()
                ? "none"
                : String.join(", ", held.documents())
                    + (documents.equals(KEEP)
                        ? "; files will be kept, evidence destroyed"
                        : "; files and evidence will be destroyed, numbers stay")));
    System.out.println("What the law asks you to keep or to destroy this program does not decide.");
  }

  private static String documents(List<String> left) {
    return left.isEmpty() ? "" : "; documents " + String.join(", ", left);
  }

  private static boolean agreed() throws IOException {
    System.out.print("This cannot be undone. Type yes to go on: ");
    System.out.flush();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = in.readLine();
    if (line == null) {
      System.out.println();
      throw Failure.wrongUse("nobody is there to ask; nothing was erased, add --yes");
    }
    return line.strip().equals("yes");
  }
}
