package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.almoner.agent.origin.Pinned;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.tally.CheckedLine;
import org.almoner.ledger.tally.SettledOutcomes;
import org.almoner.ledger.tally.Statement;
import org.almoner.ledger.tally.Tally;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.tax.issue.StatementOpening;
import org.almoner.tax.pdf.PdfEvidence;
import org.almoner.tax.verify.DocumentCheck;
import org.almoner.tax.verify.Step;
import org.almoner.tax.verify.TrustFile;
import org.almoner.trials.world.Caller;
import org.almoner.trials.world.LentComputer;
import org.almoner.trials.world.MirroredLog;

/** The look from outside, after everything: what the agents hold against what the log holds. */
record LookBack(
    Pinned pinned,
    List<LentComputer> computers,
    Caller operator,
    Path folder,
    List<String> batches) {

  /** A line as its donor holds it. */
  private record Held(String donor, CheckedLine line) {}

  /**
   * @param units of each batch
   * @param found what the units of a batch find together
   */
  void look(int units, List<String> found, Path trustFile) throws Exception {
    operator.settle();
    MirroredLog log =
        MirroredLog.copy(operator.with(""), pinned.logKey(), folder.resolve("mirror"));
    assertThat(log.findings()).isEmpty();
    List<Entry> entries = log.entries();
    List<Held> held = whatIsHeldIsWhatIsLogged(entries);
    noFinishedUnitIsLost(held);
    SettledOutcomes outcomes = new SettledOutcomes();
    for (Entry entry : entries) {
      if (entry.kind() == Kind.SETTLEMENT) {
        outcomes.take(entry);
      }
    }
    assertThat(held).allMatch(one -> outcomes.counts(one.line().leaf()));
    everyUnitIsAcceptedOnce(held, units, found);
    theTotalsAreThoseOfLogAndOpenings(held, outcomes, trustFile);
  }

  /** Acknowledged is logged, logged is acknowledged, and no lease or leaf is there twice. */
  private List<Held> whatIsHeldIsWhatIsLogged(List<Entry> entries) throws Exception {
    List<Held> held = new ArrayList<>();
    Set<Long> leaves = new TreeSet<>();
    Set<String> leases = new HashSet<>();
    for (LentComputer computer : computers) {
      for (UsageOpening opening : computer.openings()) {
        assertThat(opening.entry(pinned.origin()))
            .isEqualTo(entries.get(Math.toIntExact(opening.leaf())));
        CheckedLine line = opening.check(pinned.origin());
        assertThat(leaves.add(opening.leaf())).as("leaf %d", opening.leaf()).isTrue();
        assertThat(leases.add(line.line().lease().toString())).as("%s", line.line()).isTrue();
        held.add(new Held(computer.donor(), line));
      }
    }
    Set<Long> usage = new TreeSet<>();
    for (int leaf = 0; leaf < entries.size(); leaf++) {
      if (entries.get(leaf).kind() == Kind.USAGE) {
        usage.add((long) leaf);
      }
    }
    assertThat(leaves).isEqualTo(usage);
    return held;
  }

  private void noFinishedUnitIsLost(List<Held> held) throws IOException {
    Set<String> logged = new HashSet<>();
    held.forEach(one -> logged.add(one.line().line().lease().toString()));
    for (LentComputer computer : computers) {
      assertThat(computer.finished()).isNotEmpty().isSubsetOf(logged);
    }
  }

  private void everyUnitIsAcceptedOnce(List<Held> held, int units, List<String> found)
      throws Exception {
    Map<String, List<String>> donorsOf = new HashMap<>();
    for (Held one : held) {
      var lease = one.line().line().lease();
      donorsOf
          .computeIfAbsent(lease.batch().toHex() + "/" + lease.unit(), unit -> new ArrayList<>())
          .add(one.donor());
    }
    assertThat(donorsOf).hasSize(batches.size() * units);
    donorsOf.forEach(
        (unit, donors) ->
            assertThat(donors).as(unit).hasSizeGreaterThanOrEqualTo(2).doesNotHaveDuplicates());
    for (String batch : batches) {
      assertThat(operator.batch(batch).accepted()).isEqualTo(units);
      assertThat(operator.batch(batch).failed()).isZero();
      List<Caller.Result> results = operator.results(batch);
      assertThat(results).extracting(Caller.Result::unit).hasSize(units).doesNotHaveDuplicates();
      List<String> exponents = new ArrayList<>();
      for (Caller.Result result : results) {
        exponents.addAll(exponents(result));
      }
      assertThat(exponents).isEqualTo(found);
    }
  }

  private List<String> exponents(Caller.Result result) throws Exception {
    byte[] octets = operator.get("/api/v1/outputs/" + result.output()).good().body();
    List<String> exponents = new ArrayList<>();
    for (OutputBundle.OutputFile file : OutputBundle.parse(octets).files()) {
      if (file.path().value().equals("mersenne.txt")) {
        new String(file.content().toArray(), StandardCharsets.UTF_8)
            .lines()
            .forEach(exponents::add);
      }
    }
    return exponents;
  }

  private void theTotalsAreThoseOfLogAndOpenings(
      List<Held> held, SettledOutcomes outcomes, Path trustFile) throws Exception {
    int year = LocalDate.now(ZoneOffset.UTC).getYear();
    JsonValue body = JsonValue.Obj.of().put("year", year).build();
    int documents = 0;
    for (JsonFields reply : Caller.list(operator.post("/api/v1/register/statements", body))) {
      String number = Caller.text(reply, "number");
      if (number.isEmpty()) {
        String donor = Caller.text(reply, "donor");
        assertThat(held)
            .as("lines of donor %s, who has no document: %s", donor, Caller.text(reply, "reason"))
            .noneMatch(one -> one.donor().equals(donor));
        documents++;
        continue;
      }
      String path = "/api/v1/register/documents/" + number;
      byte[] pdf = operator.get(path + "/pdf").good().body();
      List<Step> steps =
          DocumentCheck.of(pdf)
              .trusting(TrustFile.parse(Files.readAllBytes(trustFile)))
              .withEvidence(operator.get(path + "/evidence").good().body())
              .run();
      assertThat(steps).as("%s", steps).allMatch(step -> step.verdict() == Step.Verdict.OK);
      Statement statement = StatementOpening.parse(PdfEvidence.read(pdf).statement()).statement();
      List<CheckedLine> own =
          held.stream()
              .filter(one -> one.donor().equals(statement.donor().toHex()))
              .map(Held::line)
              .toList();
      Tally tally = Tally.fold(own, outcomes, statement.from(), statement.to());
      assertThat(statement.months()).isEqualTo(tally.months());
      assertThat(statement.lines()).isEqualTo(tally.lines());
      assertThat(statement.accepted()).isEqualTo(own.size());
      documents++;
    }
    assertThat(documents).isEqualTo(computers.size());
  }
}
