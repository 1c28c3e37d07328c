package org.almoner.command;

import java.util.List;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The operator's donors: accounts by name, and the codes that link computers to them. */
@Command(
    name = "donors",
    mixinStandardHelpOptions = true,
    description = {
      "For the operator: adds donors, finds them, draws codes that link computers, erases donors.",
    },
    subcommands = {
      DonorsCommand.Add.class,
      DonorsCommand.Code.class,
      DonorsListCommand.class,
      DonorsListCommand.Find.class,
      DonorsShowCommand.class,
      DonorsChangeCommand.class,
      DonorsBenefitsCommand.class,
      DonorsEraseCommand.class,
      DonorsErasedCommand.class,
      KeysBackupCommand.class
    })
final class DonorsCommand {
  private DonorsCommand() {}

  /** A donor as the coordinator just made it. */
  record Added(String donor, String token) {}

  static Added add(OperatorClient client, String name, List<String> address) {
    return add(client, JsonValue.Obj.of().put("name", name).putTexts("address", address));
  }

  private static Added add(OperatorClient client, JsonValue.Builder body) {
    JsonFields reply = client.post("/api/v1/register/donors", body.build());
    return new Added(Answer.text(reply, "donor"), Answer.text(reply, "token"));
  }

  static String code(OperatorClient client, String donor) {
    JsonFields reply =
        client.post("/api/v1/operator/accounts/" + donor + "/codes", JsonValue.Obj.of().build());
    return Answer.text(reply, "code");
  }

  /** A donor's pseudonym as it came on the command line. */
  static String pseudonym(String donor) {
    try {
      return DonorId.parseHex(donor).toHex();
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse(e.getMessage() + "; 'almoner donors list' shows it");
    }
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Adds a donor; prints the pseudonym and, once, the donor's token.",
        "With --save-token prints the pseudonym alone."
      })
  static final class Add implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private SavedToken saved = new SavedToken();

    @Parameters(paramLabel = "NAME", description = "The name as it is to stand on documents.")
    private String name = "";

    @Mixin private DonorOptions said = new DonorOptions();

    @Override
    public void run() {
      JsonValue.Builder body = JsonValue.Obj.of().put("name", name);
      said.put(body);
      Added added = add(coordinator.client(), body);
      if (saved.keep(added.token())) {
        System.out.println(added.donor());
        return;
      }
      System.out.println("donor " + added.donor());
      System.out.println(
          "token " + added.token() + "   (shown once: the donor reads documents with it)");
    }
  }

  @Command(
      name = "code",
      mixinStandardHelpOptions = true,
      description = "Draws a code by which one computer may link itself to a donor, once.")
  static final class Code implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Parameters(paramLabel = "DONOR", description = "The donor's pseudonym, 32 hexadecimal digits.")
    private String donor = "";

    @Override
    public void run() {
      System.out.println(code(coordinator.client(), pseudonym(donor)));
    }
  }
}
