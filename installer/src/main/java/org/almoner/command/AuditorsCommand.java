package org.almoner.command;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.almoner.coordinator.account.Auditor;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The operator's auditors: who may open any line of the log, one at a time and for a while. */
@Command(
    name = "auditors",
    mixinStandardHelpOptions = true,
    description = "For the operator: appoints auditors, who may open lines of the log.",
    subcommands = {AuditorsCommand.Add.class, AuditorsCommand.Dismiss.class})
final class AuditorsCommand {
  private static final int DAYS_MAX = 366;

  private AuditorsCommand() {}

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Appoints an auditor; prints, once, the auditor's token. The same name again gets a new",
        "token, and the old one opens nothing any more. A token opens any line, one at a time; each",
        "reading stands in the coordinator's log.",
      })
  static final class Add implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private SavedToken saved = new SavedToken();

    @Parameters(paramLabel = "NAME", description = "Who the auditor is, for your own log.")
    private String name = "";

    @Option(
        names = "--days",
        paramLabel = "N",
        defaultValue = "30",
        description = "How long the token opens lines, 1 to 366 (default: ${DEFAULT-VALUE}).")
    private int days = 30;

    @Option(
        names = "--leaves",
        paramLabel = "N",
        defaultValue = "" + Auditor.LEAVES_DEFAULT,
        description =
            "How many times the token opens a line, 1 to "
                + Auditor.LEAVES_MAX
                + " (default: ${DEFAULT-VALUE}).")
    private int leaves = Auditor.LEAVES_DEFAULT;

    @Override
    public void run() {
      if (days < 1 || days > DAYS_MAX) {
        throw Failure.wrongUse("--days takes 1 to " + DAYS_MAX + ", got " + days);
      }
      JsonFields reply =
          coordinator
              .client()
              .post(
                  "/api/v1/operator/auditors",
                  JsonValue.Obj.of()
                      .put("name", name)
                      .put("days", days)
                      .put("leaves", leaves)
                      .build());
      String token = Answer.text(reply, "token");
      long untilMs =
          Answer.read(reply, fields -> fields.integer("untilMs", 0, JsonValue.INTEGER_MAX));
      String until = "until " + Instant.ofEpochMilli(untilMs).truncatedTo(ChronoUnit.SECONDS);
      System.out.println(
          saved.keep(token)
              ? "appointed " + until
              : "token " + token + "   (" + until + "; shown once: give it to the auditor)");
    }
  }

  @Command(
      name = "dismiss",
      mixinStandardHelpOptions = true,
      description = "Takes an auditor's token back: it opens nothing from now on.")
  static final class Dismiss implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Parameters(paramLabel = "NAME", description = "The name given to 'auditors add'.")
    private String name = "";

    @Override
    public void run() {
      coordinator
          .client()
          .post("/api/v1/operator/auditors/dismiss", JsonValue.Obj.of().put("name", name).build());
      System.out.println("dismissed");
    }
  }
}
