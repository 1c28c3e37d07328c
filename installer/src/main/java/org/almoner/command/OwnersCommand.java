package org.almoner.command;

import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Project owners: whose workloads volunteers are asked to run. */
@Command(
    name = "owners",
    mixinStandardHelpOptions = true,
    description = "Approves project owners, for the operator; API tokens, for owners.",
    subcommands = {OwnersCommand.Add.class, OwnersTokenCommand.class})
final class OwnersCommand {
  private OwnersCommand() {}

  /** Approves a key; returns the owner's token. */
  static String approve(OperatorClient client, String name, PublicKey key) {
    JsonFields reply =
        client.post(
            "/api/v1/operator/owners",
            JsonValue.Obj.of().put("name", name).put("key", key.toHex()).build());
    return Answer.text(reply, "token");
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Approves an owner's key; prints, once, the owner's token.")
  static final class Add implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private SavedToken saved = new SavedToken();

    @Parameters(paramLabel = "NAME", description = "Who the owner is, for people.")
    private String name = "";

    @Option(
        names = "--key",
        required = true,
        paramLabel = "HEX",
        description = "The owner's public key; 'almoner workload key' prints it.")
    private String key = "";

    @Override
    public void run() {
      try {
        String token = approve(coordinator.client(), name, PublicKey.parseHex(key));
        System.out.println(
            saved.keep(token)
                ? "approved"
                : "token " + token + "   (shown once: give it to the owner)");
      } catch (IllegalArgumentException e) {
        throw Failure.wrongUse("--key: " + e.getMessage());
      }
    }
  }
}
