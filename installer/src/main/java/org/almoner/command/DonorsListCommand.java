package org.almoner.command;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the operator's donors with their pseudonyms, all or by name or number. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists all donors: pseudonym, name, computers ever linked, numbers of documents.",
    })
final class DonorsListCommand implements Runnable {
  private static final int DOCUMENTS_MAX = 1_000;

  @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
  @Mixin private Format format = new Format();

  /** How donors are printed. */
  static final class Format {
    @Option(
        names = "-o",
        paramLabel = "text|json",
        defaultValue = "text",
        description = "How to print (default: ${DEFAULT-VALUE}).")
    private String name = "text";

    void print(List<Listed> donors) {
      if (name.equals("json")) {
        List<JsonValue> all = donors.stream().<JsonValue>map(Listed::toJson).toList();
        System.out.println(
            new String(
                CanonicalJson.encode(new JsonValue.Array(all)),
                java.nio.charset.StandardCharsets.UTF_8));
      } else {
        donors.forEach(System.out::println);
      }
    }

    void check() {
      if (!name.equals("text") && !name.equals("json")) {
        throw Failure.wrongUse("-o takes text or json, got " + name);
      }
    }
  }

  /** One donor; without an account when it came from a log that was closed, or was erased. */
  record Listed(String donor, boolean account, String name, int computers, List<String> documents) {
    static Listed read(JsonFields fields) throws MalformedJson {
      return new Listed(
          fields.freeText("donor", 64),
          fields.bool("account"),
          fields.freeText("name", 1_000),
          fields.smallInteger("computers", 0, Integer.MAX_VALUE),
          fields.texts("documents", 0, DOCUMENTS_MAX, 64));
    }

    boolean matches(String wanted) {
      return documents.contains(wanted)
          || name.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT));
    }

    JsonValue.Obj toJson() {
      return JsonValue.Obj.of()
          .put("donor", donor)
          .put("account", account)
          .put("name", name)
          .put("computers", computers)
          .putTexts("documents", documents)
          .build();
    }

    @Override
    public String toString() {
      return donor
          + "  "
          + (name.isEmpty() ? "(no name)" : name)
          + (account ? "" : ", no account")
          + ", computers "
          + computers
          + documents.stream().collect(Collectors.joining(" ", ", documents ", ""))
          + (documents.isEmpty() ? "none" : "");
    }
  }

  static List<Listed> all(OperatorClient client) {
    return Answer.list(client.get("/api/v1/register/donors"), Listed::read);
  }

  @Override
  public void run() {
    format.check();
    format.print(all(coordinator.client()));
  }

  /** The donors with a name or a document's number. */
  @Command(
      name = "find",
      mixinStandardHelpOptions = true,
      description = "Finds donors by a part of the name, or by the number of a document.")
  static final class Find implements Callable<Integer> {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private Format format = new Format();

    @Parameters(paramLabel = "NAME|NUMBER", description = "Such as 'Ada' or 2026-000001.")
    private String wanted = "";

    @Override
    public Integer call() {
      format.check();
      if (wanted.isBlank()) {
        throw Failure.wrongUse("say a part of the name, or the number of a document");
      }
      List<Listed> found =
          all(coordinator.client()).stream().filter(d -> d.matches(wanted.strip())).toList();
      format.print(found);
      if (found.isEmpty()) {
        System.err.println(
            "almoner: no donor has that name or that document; an erased one has no"
                + " name any more");
        return Failure.FAILED;
      }
      return 0;
    }
  }
}
