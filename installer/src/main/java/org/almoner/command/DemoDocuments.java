package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.almoner.ledger.tally.Quantities;
import org.almoner.ledger.tally.Statement;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.usage.Energy;
import org.almoner.tax.issue.StatementOpening;
import org.almoner.tax.pdf.MalformedDocument;
import org.almoner.tax.pdf.PdfEvidence;
import org.almoner.tax.verify.DocumentCheck;
import org.almoner.tax.verify.Step;

/** The demonstration's statements: checked as a stranger checks them, and one copy altered. */
final class DemoDocuments {
  private final DemoWorld world;
  private Quantities given = Quantities.NONE;

  DemoDocuments(DemoWorld world) {
    this.world = world;
  }

  /** Everything that can be checked about one document. */
  List<Step> check(ReceiptsCommand.Document document) throws IOException {
    byte[] pdf = Files.readAllBytes(document.files().get(0));
    LogSource log = world.logSource();
    List<Step> steps =
        DocumentCheck.of(pdf)
            .trusting(world.trust())
            .withEvidence(Files.readAllBytes(document.files().get(1)))
            .against(log.tiles(), log.checkpoint())
            .run();
    given = given.plus(statement(pdf).given());
    return steps;
  }

  static boolean holds(List<Step> steps) {
    return steps.stream().allMatch(step -> step.verdict() == Step.Verdict.OK);
  }

  /** What one document states, in a few words. */
  String totals(ReceiptsCommand.Document document) throws IOException {
    Statement statement = statement(Files.readAllBytes(document.files().get(0)));
    return String.format(
        Locale.ROOT,
        "%.4f core-hours, %d of %d results",
        statement.given().cpu().totalMs() / 3_600_000.0,
        statement.accepted(),
        statement.returned());
  }

  /** Under which profile a document was made: its id and version. */
  String profile(ReceiptsCommand.Document document) throws IOException {
    String[] named =
        statement(Files.readAllBytes(document.files().get(0))).profile().split(" ", -1);
    return named[0] + " " + named[1];
  }

  /** Flips one bit in the middle of a copy; returns what the check of the copy failed at. */
  List<Step> flipOne(Path document, Path copy) throws IOException {
    byte[] pdf = Files.readAllBytes(document);
    pdf[pdf.length / 3] ^= 1;
    Files.write(copy, pdf);
    return DocumentCheck.of(pdf).trusting(world.trust()).run().stream()
        .filter(step -> step.verdict() == Step.Verdict.FAILED)
        .toList();
  }

  /** All that was given, by the documents checked so far. */
  String total() {
    List<String> parts = new ArrayList<>();
    parts.add(String.format(Locale.ROOT, "%.4f core-hours", given.cpu().totalMs() / 3_600_000.0));
    for (Map.Entry<Energy.Tier, Long> tier : given.joules().entrySet()) {
      parts.add(
          String.format(
              Locale.ROOT,
              "%.6f kWh (%s, %s)",
              tier.getValue() / 3_600_000.0,
              tier.getKey(),
              method(tier.getKey())));
    }
    return parts.stream().collect(Collectors.joining(", "));
  }

  private static String method(Energy.Tier tier) {
    return switch (tier) {
      case M1 -> "a meter at the wall";
      case M2 -> "counters in the hardware";
      case M3 -> "modelled from processor time";
      case M4 -> "from rated power";
    };
  }

  private static Statement statement(byte[] pdf) {
    try {
      return StatementOpening.parse(PdfEvidence.read(pdf).statement()).statement();
    } catch (MalformedDocument | MalformedJson e) {
      throw Failure.failed("a statement that was just issued cannot be read: " + e.getMessage());
    }
  }
}
