package org.almoner.command;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.donor.Benefit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the charity gave its donors in return. */
@Command(
    name = "benefits",
    mixinStandardHelpOptions = true,
    description = {
      "What the charity gave its donors. A document says that nothing was given only when an",
      "operator has confirmed the whole of its period and nothing is entered."
    },
    subcommands = {
      DonorsBenefitsCommand.Add.class,
      DonorsBenefitsCommand.ListAll.class,
      DonorsBenefitsCommand.Remove.class,
      DonorsBenefitsCommand.NoneConfirmed.class
    })
final class DonorsBenefitsCommand {
  /** A donor has one document a year. */
  private static final int DOCUMENTS_MAX = 1_000;

  private static final String ROUTE = "/api/v1/register/benefits";

  private DonorsBenefitsCommand() {}

  private static String route(String donor) {
    return ROUTE + "/" + DonorsCommand.pseudonym(donor);
  }

  private static void warn(JsonFields answer) {
    if (answer.has("warning")) {
      System.out.println("warning  " + Answer.text(answer, "warning"));
    }
    for (String number : Answer.read(answer, f -> f.texts("documents", 0, DOCUMENTS_MAX, 64))) {
      System.out.println(
          "says otherwise  "
              + number
              + "  'almoner receipts replace "
              + number
              + " --reason TEXT' makes another in its place");
    }
  }

  /** One benefit for people. */
  static String line(int place, Benefit benefit) {
    return place
        + "  "
        + benefit.on()
        + "  "
        + benefit.what()
        + (benefit.estimate().isEmpty() ? "" : "  (estimate " + benefit.estimate() + ")");
  }

  /** Enters something that was given. */
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Enters something that was given to a donor.")
  static final class Add implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Parameters(paramLabel = "DONOR", description = "The donor's pseudonym.")
    private String donor = "";

    @Option(
        names = "--what",
        required = true,
        paramLabel = "TEXT",
        description = "What it was, in words and without an amount.")
    private String what = "";

    @Option(names = "--on", required = true, paramLabel = "DAY", description = "When.")
    private String on = "";

    @Option(
        names = "--estimate",
        paramLabel = "AMOUNT",
        description = "Its value in good faith, such as '12.00 USD'.")
    private String estimate = "";

    @Override
    public void run() {
      Benefit benefit;
      try {
        benefit = new Benefit(DonorOptions.day(on), what, estimate);
      } catch (IllegalArgumentException e) {
        throw Failure.wrongUse(String.valueOf(e.getMessage()));
      }
      JsonFields answer = coordinator.client().post(route(donor), benefit.toJson());
      System.out.println("entered  " + benefit.on() + "  " + benefit.what());
      warn(answer);
    }
  }

  /** Lists what was given to a donor. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists what was given to a donor.")
  static final class ListAll implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private Printed printed = new Printed();

    @Parameters(paramLabel = "DONOR", description = "The donor's pseudonym.")
    private String donor = "";

    @Override
    public void run() {
      boolean json = printed.json();
      OperatorClient client = coordinator.client();
      JsonValue all = client.get(route(donor));
      if (json) {
        System.out.println(Printed.line(all));
        return;
      }
      List<Benefit> benefits = Answer.list(all, Benefit::parse);
      AtomicInteger place = new AtomicInteger();
      benefits.forEach(each -> System.out.println(line(place.incrementAndGet(), each)));
      if (benefits.isEmpty()) {
        System.out.println("nothing is entered");
      }
      System.out.println(confirmed(Answer.read(client.get(ROUTE), fields -> fields)));
    }
  }

  private static String confirmed(JsonFields fields) {
    return fields.has("confirmedUntil")
        ? "complete until " + Answer.text(fields, "confirmedUntil") + ", as an operator confirmed"
        : "no operator has confirmed that it is complete: 'almoner donors benefits none-confirmed'";
  }

  /** Removes what was entered by mistake. */
  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes what was entered by mistake.")
  static final class Remove implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Parameters(index = "0", paramLabel = "DONOR", description = "The donor's pseudonym.")
    private String donor = "";

    @Parameters(index = "1", paramLabel = "PLACE", description = "Its number in the list.")
    private int place;

    @Override
    public void run() {
      JsonFields answer =
          coordinator
              .client()
              .post(route(donor) + "/removal", JsonValue.Obj.of().put("place", place).build());
      System.out.println("removed  " + place);
      warn(answer);
    }
  }

  /** Says that nothing is missing. */
  @Command(
      name = "none-confirmed",
      mixinStandardHelpOptions = true,
      description = {
        "Says, for all donors, that everything given until a day is entered and that nothing else",
        "was given. Until then documents of the period are not made."
      })
  static final class NoneConfirmed implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

    @Option(
        names = "--until",
        required = true,
        paramLabel = "DAY",
        description = "Last day, before today.")
    private String until = "";

    @Override
    public void run() {
      JsonValue.Obj body =
          JsonValue.Obj.of().put("until", DonorOptions.day(until).toString()).build();
      System.out.println(confirmed(coordinator.client().post(ROUTE, body)));
    }
  }
}
