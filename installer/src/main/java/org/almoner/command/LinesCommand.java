package org.almoner.command;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The operator's word on single lines: objections before they are settled, corrections after. */
@Command(
    name = "lines",
    mixinStandardHelpOptions = true,
    description = {
      "For the operator: rules on donors' objections, and corrects settled lines.",
      "The log learns of it at the next daily settlement."
    },
    subcommands = {
      LinesCommand.Objections.class,
      LinesCommand.Uphold.class,
      LinesCommand.Dismiss.class,
      LinesCommand.VoidLines.class,
      LinesCommand.Reinstate.class
    })
final class LinesCommand {
  private LinesCommand() {}

  /** One objection as a coordinator tells of it. */
  private record Objection(
      long leaf, String lease, String project, String outcome, String state, String words) {
    static Objection parse(JsonFields fields) throws MalformedJson {
      return new Objection(
          fields.integer("leaf", 0, JsonValue.INTEGER_MAX),
          fields.text("lease", 100),
          fields.text("project", 200),
          fields.text("outcome", 40),
          fields.text("state", 20),
          fields.text("words", 500));
    }

    String line() {
      return "%d  %-9s  %s, lease %s, %s: %s"
          .formatted(
              leaf,
              state,
              project,
              lease,
              outcome,
              words.isEmpty() ? "(the donor was erased)" : words.replaceAll("\\p{Cntrl}", "?"));
    }
  }

  @Command(
      name = "objections",
      mixinStandardHelpOptions = true,
      description = "Lists objections whose line is not settled.")
  static final class Objections implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private Printed printed = new Printed();

    @Override
    public void run() {
      boolean json = printed.json();
      JsonValue answer = coordinator.client().get("/api/v1/operator/objections");
      if (json) {
        System.out.println(Printed.line(answer));
        return;
      }
      List<Objection> all = Answer.list(answer, Objection::parse);
      if (all.isEmpty()) {
        System.out.println("nobody objects to a line that is not settled");
      }
      all.forEach(each -> System.out.println(each.line()));
    }
  }

  /** What both rulings ask. */
  static final class Ruling {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private Printed printed = new Printed();

    @Parameters(paramLabel = "ENTRY", description = "The line's index in the log.")
    private long leaf;

    void rule(boolean upheld) {
      boolean json = printed.json();
      if (leaf < 0) {
        throw Failure.wrongUse("ENTRY is an index in the log, got " + leaf);
      }
      JsonValue answer =
          coordinator
              .client()
              .postForValue(
                  "/api/v1/operator/objections/" + leaf,
                  JsonValue.Obj.of().put("upheld", upheld).build());
      System.out.println(
          json ? Printed.line(answer) : Answer.read(answer, Objection::parse).line());
    }
  }

  @Command(
      name = "uphold",
      mixinStandardHelpOptions = true,
      description = "Agrees with an objection: the line counts once it is settled.")
  static final class Uphold implements Runnable {
    @Mixin private Ruling ruling = new Ruling();

    @Override
    public void run() {
      ruling.rule(true);
    }
  }

  @Command(
      name = "dismiss",
      mixinStandardHelpOptions = true,
      description = "Does not agree: the line is settled as it was decided.")
  static final class Dismiss implements Runnable {
    @Mixin private Ruling ruling = new Ruling();

    @Override
    public void run() {
      ruling.rule(false);
    }
  }

  /** What both corrections ask. */
  static final class Correction {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private Printed printed = new Printed();

    @Parameters(
        arity = "1..*",
        paramLabel = "ENTRY",
        description = "Indexes of settled lines in the log.")
    private List<Long> leaves = List.of();

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "WORD",
        description = "Why, in one word of a-z and dashes, for everybody to read in the log.")
    private String reason = "";

    void correct(boolean reinstate) {
      boolean json = printed.json();
      List<JsonValue> indexes = new ArrayList<>();
      for (long leaf : new TreeSet<>(leaves)) {
        if (leaf < 0) {
          throw Failure.wrongUse("ENTRY is an index in the log, got " + leaf);
        }
        indexes.add(new JsonValue.Int(leaf));
      }
      JsonFields answer =
          coordinator
              .client()
              .post(
                  "/api/v1/operator/corrections",
                  JsonValue.Obj.of()
                      .put("leaves", indexes)
                      .put("reason", reason)
                      .put("reinstate", reinstate)
                      .build());
      long waiting =
          Answer.read(answer, fields -> fields.integer("waiting", 0, JsonValue.INTEGER_MAX));
      System.out.println(
          json
              ? Printed.line(JsonValue.Obj.of().put("waiting", waiting).build())
              : waiting + " corrections wait for the next daily settlement");
    }
  }

  @Command(
      name = "void",
      mixinStandardHelpOptions = true,
      description = "Has settled lines count no more, from the next daily settlement on.")
  static final class VoidLines implements Runnable {
    @Mixin private Correction correction = new Correction();

    @Override
    public void run() {
      correction.correct(false);
    }
  }

  @Command(
      name = "reinstate",
      mixinStandardHelpOptions = true,
      description = "Has void lines count again, from the next daily settlement on.")
  static final class Reinstate implements Runnable {
    @Mixin private Correction correction = new Correction();

    @Override
    public void run() {
      correction.correct(true);
    }
  }
}
