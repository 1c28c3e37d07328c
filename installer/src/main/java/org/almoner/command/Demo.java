package org.almoner.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.almoner.coordinator.keys.SeedFile;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.verify.DocumentCheck;
import org.almoner.tax.verify.MalformedTrustFile;
import org.almoner.tax.verify.Step;
import org.almoner.tax.verify.TrustFile;
import org.almoner.workload.check.CheckedWorkload;

/**
 * The whole way on one computer: a coordinator and three agents of three donors as processes of
 * their own, one batch, three documents.
 *
 * <p>Nothing is simulated but the donors' names.
 */
final class Demo {
  private static final List<String> DONORS =
      List.of("Ada Example", "Bohdan Přiklad", "Chiara Esempio");
  private static final String CHARITY = "Demonstration Charity";
  private static final String MARK = "almoner-demo";
  private static final long LOOK_MS = 250;
  private static final long START_SECONDS_MAX = 60;
  private static final long BATCH_SECONDS_MAX = 600;

  private final Path folder;
  private final Path example;
  private final Terminal terminal;
  private final Clock clock = Clock.systemUTC();

  Demo(Path folder, Path example, Terminal terminal) {
    this.folder = folder;
    this.example = example;
    this.terminal = terminal;
  }

  /** Runs the demonstration; returns the command's exit code. */
  int run(boolean keep) throws IOException, InterruptedException {
    CheckedWorkload workload = Submitting.check(example);
    prepare();
    StopSignal signal = StopSignal.listen(false);
    try (Crew crew = new Crew(folder.resolve("logs"))) {
      boolean right = story(crew, workload, keep);
      if (keep) {
        terminal.line("Everything keeps running; Ctrl-C ends it.");
        signal.await();
      }
      return right ? 0 : Failure.FAILED;
    } finally {
      signal.done();
    }
  }

  private boolean story(Crew crew, CheckedWorkload workload, boolean keep)
      throws IOException, InterruptedException {
    OperatorClient operator = startCoordinator(crew);
    startAgents(crew, operator);
    String batch = submit(operator, workload);
    long began = clock.millis();
    BatchCounts counts = follow(crew, operator, batch);
    terminal.line(counts.line() + String.format(" in %d s", (clock.millis() - began + 500) / 1000));
    boolean right = showExponents(operator, batch);
    boolean verified = documents(operator);
    terminal.line("");
    String hint = keep ? "" : "  (add --keep to look at it)";
    terminal.line("page          " + operator.base() + "/" + hint);
    terminal.line("documents     " + folder.resolve("receipts"));
    terminal.line(
        "check one     ./almoner verify "
            + folder.resolve("receipts")
            + "/FILE.pdf --trust "
            + folder.resolve("trust.json"));
    return right && verified && counts.failed() == 0;
  }

  /** An earlier demonstration is removed; a folder that is none is left alone. */
  private void prepare() throws IOException {
    if (Files.exists(folder) && !Files.exists(folder.resolve(MARK))) {
      try (Stream<Path> files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw Failure.wrongUse(
              folder + " holds something that is no demonstration; choose another with --dir");
        }
      }
    }
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(MARK), "made by 'almoner demo'; removed by the next one\n");
  }

  private OperatorClient startCoordinator(Crew crew) throws IOException, InterruptedException {
    int port = freePort();
    Path data = folder.resolve("coordinator");
    terminal.line("Starting a coordinator and three agents, each a process of its own");
    crew.start(
        "coordinator",
        "384m",
        List.of(
            "serve",
            "--data",
            data.toString(),
            "--listen",
            "127.0.0.1:" + port,
            "--maturity",
            "0s",
            "--period",
            "open",
            "--lease",
            "60s",
            "--retry",
            "1s",
            "--charity",
            CHARITY));
    OperatorClient probe = OperatorClient.of(URI.create("http://127.0.0.1:" + port), "");
    for (long waited = 0; !probe.answers("/readyz"); waited += LOOK_MS) {
      requireRunning(crew);
      if (waited > START_SECONDS_MAX * 1000) {
        throw Failure.failed(
            "the coordinator was not ready within a minute; see " + folder + "/logs");
      }
      Thread.sleep(LOOK_MS);
    }
    terminal.line("page          " + probe.base() + "/");
    terminal.line(
        "settings      maturity: 0s, period: open (defaults: 14 days, closed years; each document"
            + " says so)");
    Files.copy(data.resolve("trust.json"), folder.resolve("trust.json"));
    return OperatorClient.ofData(data);
  }

  private void startAgents(Crew crew, OperatorClient operator) throws IOException {
    for (int i = 0; i < DONORS.size(); i++) {
      DonorsCommand.Added donor =
          DonorsCommand.add(operator, DONORS.get(i), List.of((i + 1) + " Example Street"));
      String name = "agent-" + (i + 1);
      crew.start(
          name,
          "96m",
          List.of(
              "agent",
              "--coordinator",
              operator.base().toString(),
              "--data",
              folder.resolve(name).toString(),
              "--code",
              DonorsCommand.code(operator, donor.donor())));
    }
  }

  private String submit(OperatorClient operator, CheckedWorkload workload) throws IOException {
    SigningKey owner = SeedFile.openOrCreate(folder.resolve("owner.seed"), new SecureRandom());
    String token = OwnersCommand.approve(operator, "Demonstration project", owner.publicKey());
    OperatorClient asOwner = OperatorClient.of(operator.base(), token);
    String batch = Submitting.submit(asOwner, workload, owner);
    terminal.line(
        "workload      "
            + workload.workload().name().text()
            + ", "
            + workload.plan().count()
            + " units, each run by two donors' computers; batch "
            + batch);
    return batch;
  }

  private BatchCounts follow(Crew crew, OperatorClient operator, String batch)
      throws InterruptedException {
    for (long waited = 0; waited < BATCH_SECONDS_MAX * 1000; waited += LOOK_MS) {
      requireRunning(crew);
      BatchCounts counts = BatchCounts.of(operator, batch);
      if (counts.done()) {
        return counts;
      }
      terminal.progress(counts.line(), counts.quarter());
      Thread.sleep(LOOK_MS);
    }
    throw Failure.failed("the batch did not end within ten minutes; see " + folder + "/logs");
  }

  private boolean showExponents(OperatorClient operator, String batch) {
    TreeSet<Integer> found = new TreeSet<>();
    for (Results.Result result : Results.list(operator, batch, 0)) {
      Mersenne.collect(Results.bundle(operator, result), found);
    }
    boolean right = found.equals(new TreeSet<>(Mersenne.KNOWN));
    terminal.line("exponents     " + found.toString().replaceAll("[\\[\\]]", ""));
    terminal.line(
        right
            ? "              exactly the "
                + Mersenne.KNOWN.size()
                + " Mersenne exponents known up to 4500"
            : "              NOT the known Mersenne exponents " + Mersenne.KNOWN);
    return right;
  }

  private boolean documents(OperatorClient operator) throws IOException {
    int settled = settle(operator);
    terminal.line("settlement    " + settled + " results settled in the public log");
    int year = LocalDate.now(clock).getYear();
    List<ReceiptsCommand.Document> documents =
        ReceiptsCommand.issue(operator, year, folder.resolve("receipts"));
    boolean all = documents.size() == DONORS.size();
    for (ReceiptsCommand.Document document : documents) {
      List<Step> steps = check(operator, document);
      boolean holds =
          !steps.isEmpty() && steps.stream().allMatch(s -> s.verdict() == Step.Verdict.OK);
      all &= holds;
      terminal.line(
          "statement     "
              + document.number()
              + "  "
              + (holds ? "verified: " + sentence(steps, "totals") : "NOT VERIFIED " + steps));
    }
    return all;
  }

  private List<Step> check(OperatorClient operator, ReceiptsCommand.Document document)
      throws IOException {
    if (document.files().isEmpty()) {
      return new ArrayList<>();
    }
    LogSource log = LogSource.open(operator.base().resolve("/log").toString());
    try {
      return DocumentCheck.of(Files.readAllBytes(document.files().get(0)))
          .trusting(TrustFile.parse(Files.readAllBytes(folder.resolve("trust.json"))))
          .withEvidence(Files.readAllBytes(document.files().get(1)))
          .against(log.tiles(), log.checkpoint())
          .run();
    } catch (MalformedTrustFile e) {
      throw Failure.failed("the demonstration's trust file: " + e.getMessage());
    }
  }

  private static int settle(OperatorClient operator) {
    JsonFields reply = operator.post("/api/v1/operator/settle", JsonValue.Obj.of().build());
    return Answer.read(reply, f -> f.smallInteger("settled", 0, Integer.MAX_VALUE));
  }

  private static String sentence(List<Step> steps, String subject) {
    return steps.stream()
        .filter(step -> step.subject().equals(subject))
        .map(Step::sentence)
        .findFirst()
        .orElse("");
  }

  private static void requireRunning(Crew crew) {
    for (String fallen : crew.fallen()) {
      throw Failure.failed(fallen);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
