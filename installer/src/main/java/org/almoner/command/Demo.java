package org.almoner.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.almoner.agent.proof.KeptReceipt;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.VerifiedReport;
import org.almoner.tax.verify.Step;
import org.almoner.workload.check.CheckedWorkload;

/**
 * The whole way on one computer, told as it happens: real work for two projects, a volunteer who
 * lies, a coordinator that is killed, documents that hold and a copy that does not.
 */
final class Demo {
  private static final long LOOK_MS = 250;
  private static final long BATCH_SECONDS_MAX = 600;
  private static final long DOWN_MS = 1_000;

  /** Part of the units that have ended when the coordinator is killed. */
  private static final long KILL_PERCENT = 40;

  private final Path folder;
  private final DemoWork work;
  private final Terminal terminal;
  private final Narrator tell;
  private boolean lieTold;
  private boolean killed;
  private boolean right = true;
  private String given = "";

  Demo(Path folder, DemoWork work, Terminal terminal) {
    this.folder = folder;
    this.work = work;
    this.terminal = terminal;
    this.tell = new Narrator(terminal, System::nanoTime);
  }

  /** Runs the demonstration; returns the command's exit code. */
  int run(boolean keep) throws IOException, InterruptedException {
    DemoWorld.requireFree(folder);
    CheckedWorkload primes = Submitting.check(work.primes());
    CheckedWorkload genome = Submitting.check(work.genome());
    StopSignal signal = StopSignal.listen(false);
    try (DemoWorld world = DemoWorld.make(folder)) {
      DemoResults results = begin(world, primes, genome);
      follow(world, results);
      judge(results);
      List<Path> documents = documents(world);
      close(world, documents);
      if (keep) {
        terminal.line("Everything keeps running; Ctrl-C ends it.");
        signal.await();
      }
      return right ? 0 : Failure.FAILED;
    } finally {
      signal.done();
    }
  }

  private DemoResults begin(DemoWorld world, CheckedWorkload primes, CheckedWorkload genome)
      throws IOException, InterruptedException {
    tell.event("start", "a coordinator, two witnesses, four donors' agents: each a process");
    world.startWitnesses();
    world.startCoordinator();
    tell.event("page", world.address() + "/");
    String token = world.approveOwner();
    String primesBatch = world.submit(primes, token);
    world.startAgents(primes);
    String genomeBatch = world.submit(genome, token);
    tell.event(
        "work",
        primes.plan().count()
            + " units look for Mersenne primes, "
            + genome.plan().count()
            + " align simulated reads to phage lambda");
    tell.event("rule", "two donors' computers must return the same result, or a third decides");
    return new DemoResults(primesBatch, genomeBatch, work.coverage(), work.depthAtTop(genome));
  }

  private void follow(DemoWorld world, DemoResults results)
      throws IOException, InterruptedException {
    OperatorClient operator = world.operator();
    for (long waited = 0; !results.done(); waited += LOOK_MS) {
      if (waited > BATCH_SECONDS_MAX * 1000) {
        throw Failure.failed("the work did not end within ten minutes; see " + folder + "/logs");
      }
      world.requireRunning();
      List<Integer> found = results.look(operator);
      if (!found.isEmpty()) {
        tell.event("primes", DemoResults.primes(found));
      }
      tell.progress("genome", results.line(), results.percent() / 25);
      if (!lieTold && results.rejected() > 0) {
        tellLie(world);
      } else if (lieTold && !killed && results.percent() >= KILL_PERCENT) {
        kill(world, results.percent() / 25);
      }
      Thread.sleep(LOOK_MS);
    }
    if (!lieTold) {
      tellLie(world);
    }
    if (!killed) {
      kill(world, results.percent() / 25);
    }
  }

  /** Has what is decided settled, and finds the lie in the public log. */
  private void tellLie(DemoWorld world) throws IOException {
    settle(world.operator());
    int cheat = DemoWorld.DONORS.size() - 1;
    PublicLog log = world.log();
    for (KeptReceipt kept : world.receipts(cheat)) {
      List<UsageLine> lines = lines(kept);
      for (int part = 0; part < lines.size(); part++) {
        Optional<PublicLog.Settled> settled = log.settled(kept.receipt().lines().get(part).leaf());
        if (settled.isPresent() && settled.get().outcome() == Outcome.OUTPUT_DISAGREED) {
          lieTold = true;
          tell.event(
              "liar",
              DemoWorld.name(cheat)
                  + " lied about unit "
                  + lines.get(part).lease().unit()
                  + ": outvoted, nothing credited, log entry "
                  + settled.get().entry());
          return;
        }
      }
    }
  }

  private static List<UsageLine> lines(KeptReceipt kept) {
    try {
      return VerifiedReport.of(kept.record()).report().lines();
    } catch (BadSignature | MalformedJson e) {
      throw Failure.failed("a receipt on an agent's shelf: " + e.getMessage());
    }
  }

  /** Kills the coordinator, starts it again, and looks for what it acknowledged before. */
  private void kill(DemoWorld world, long milestone) throws IOException, InterruptedException {
    killed = true;
    String at = tell.time();
    world.killCoordinator();
    List<KeptReceipt> acknowledged = new ArrayList<>();
    for (int i = 0; i < DemoWorld.DONORS.size(); i++) {
      acknowledged.addAll(world.receipts(i));
    }
    tell.progress("crash", "coordinator killed with SIGKILL; the agents work on", milestone);
    Thread.sleep(DOWN_MS);
    world.startCoordinator();
    PublicLog log = world.log();
    int results = 0;
    int lost = 0;
    for (KeptReceipt kept : acknowledged) {
      results += kept.receipt().lines().size();
      lost += log.missing(kept);
    }
    right &= lost == 0;
    tell.event(
        "crash",
        "coordinator killed with SIGKILL at "
            + at
            + ", back at "
            + tell.time()
            + ": of "
            + results
            + " acknowledged results, lost "
            + lost);
  }

  private void judge(DemoResults results) {
    Set<Integer> known = work.knownExponents();
    boolean exact = results.exponents().equals(known);
    tell.event(
        "primes",
        exact
            ? "exactly the " + known.size() + " Mersenne primes known in this range"
            : "NOT the Mersenne primes known in this range: " + results.exponents());
    tell.event("genome", results.line());
    tell.event(
        "genome",
        String.format(
            Locale.ROOT,
            "simulated reads cover %d %% of phage lambda",
            results.coverage().percent()));
    right &= exact && results.whole() && lieTold;
  }

  private List<Path> documents(DemoWorld world) throws IOException {
    int settled = settle(world.operator());
    tell.event("log", settled + " results settled, " + world.log().size() + " entries, all public");
    int year = LocalDate.now(Clock.systemUTC()).getYear();
    DemoDocuments check = new DemoDocuments(world);
    List<Path> files = new ArrayList<>();
    for (ReceiptsCommand.Document document :
        ReceiptsCommand.issue(world.operator(), year, world.documents())) {
      if (document.files().isEmpty()) {
        tell.event("statement", "none for donor " + document.donor() + ": " + document.reason());
        continue;
      }
      if (files.isEmpty()) {
        tell.event(
            "profile",
            check.profile(document)
                + ", of no country: the others that come with it wait for counsel's review");
      }
      List<Step> steps = check.check(document);
      boolean holds = DemoDocuments.holds(steps);
      right &= holds;
      tell.event(
          "statement",
          document.number()
              + " for "
              + world.donor(document.donor())
              + (holds ? " verified: " + check.totals(document) : " NOT VERIFIED: " + steps));
      files.add(document.files().get(0));
    }
    right &= files.size() >= DemoWorld.DONORS.size() - 1;
    if (!files.isEmpty()) {
      forge(check, files.get(0));
    }
    given = check.total();
    return files;
  }

  private void forge(DemoDocuments check, Path document) throws IOException {
    Path copy = folder.resolve("altered-copy.pdf");
    List<Step> refused = check.flipOne(document, copy);
    right &= !refused.isEmpty();
    tell.event(
        "forgery",
        "one byte flipped in a copy: "
            + (refused.isEmpty()
                ? "NOT NOTICED"
                : "refused, " + refused.get(0).subject() + ": " + refused.get(0).sentence()));
  }

  private void close(DemoWorld world, List<Path> documents) {
    List<String> lines = new ArrayList<>();
    lines.add("Given      " + given);
    for (Path document : documents) {
      lines.add((document == documents.get(0) ? "Documents  " : "           ") + near(document));
    }
    lines.add("Witnesses  both run here, by one operator: that proves nothing to an outsider");
    lines.add("Settings   maturity 0 s, open year: both for speed, and each document says so");
    lines.add("");
    lines.add("Check without us:");
    if (!documents.isEmpty()) {
      lines.add(
          "  ./almoner verify " + near(documents.get(0)) + " --trust " + near(world.trustFile()));
    }
    tell.box(lines);
  }

  /** A path as somebody types it who stands where the command was started. */
  private static String near(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }

  private static int settle(OperatorClient operator) {
    JsonFields reply = operator.post("/api/v1/operator/settle", JsonValue.Obj.of().build());
    return Answer.read(reply, f -> f.smallInteger("settled", 0, Integer.MAX_VALUE));
  }
}
