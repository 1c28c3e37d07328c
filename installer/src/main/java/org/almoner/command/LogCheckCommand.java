package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.almoner.ledger.check.CheckedLog;
import org.almoner.ledger.check.EntryWatcher;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Succession;
import org.almoner.ledger.read.LogReader;
import org.almoner.tax.audit.OpeningsFolder;
import org.almoner.tax.verify.FormerLog;
import org.almoner.tax.verify.Step;
import org.almoner.tax.verify.TrustFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a whole log, and with openings what its commitments hide. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a log: every entry against every hash and the checkpoint.",
      "Also the log's own rules (each line settled at most once, dates never backwards), and that"
          + " it still contains what this computer saw of it last. With --openings also what the"
          + " entries hide.",
    })
final class LogCheckCommand implements Callable<Integer> {
  @Mixin private LogCommand.Trusted trusted = new LogCommand.Trusted();

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Where to remember each log's last checkpoint (default: ${DEFAULT-VALUE}).")
  private Path state = stateFolder();

  @Option(
      names = "--openings",
      paramLabel = "DIR",
      description =
          "For an appointed auditor: a folder with donors' statements (.pdf) and evidence (.zip). "
              + "Opens every line, and adds every statement up again. Needs --trust.")
  private @Nullable Path openings;

  /** Where checkpoints are remembered unless another folder is named. */
  static Path stateFolder() {
    return Path.of(System.getProperty("user.home"), ".local", "state", "almoner", "logs");
  }

  @Override
  public Integer call() throws IOException {
    List<OpeningsFolder> folders = folders();
    LogSource source = trusted.source();
    SignedCheckpoint now = trusted.checkpoint(source);
    SeenLog seen = SeenLog.open(state, trusted.keys(now));
    List<Object> findings = new ArrayList<>();
    LogReader reader = new LogReader(source.tiles());
    for (OpeningsFolder folder : folders) {
      if (folder.open() == 0) {
        throw Failure.wrongUse(
            openings
                + " has no statement (.pdf) and no evidence (.zip); name the folder with them");
      }
    }
    Terminal terminal = new Terminal(System.out);
    LogProgress progress =
        new LogProgress("checked", terminal, Clock.systemUTC(), now.checkpoint().size());
    EntryWatcher watcher = (index, octets) -> progress.at(index);
    for (OpeningsFolder folder : folders) {
      watcher = watcher.and(folder.audit());
    }
    CheckedLog checked = LogCheck.run(source.tiles(), now, watcher);
    terminal.clear();
    seen.contradiction(reader, now, checked.findings().isEmpty()).ifPresent(findings::add);
    findings.addAll(checked.findings());
    for (Succession closed : checked.succeeds()) {
      System.out.println("succeeds " + closed);
      otherEnd(closed).ifPresent(findings::add);
    }
    if (findings.isEmpty()) {
      seen.remember(now).ifPresent(sentence -> System.err.println("almoner: " + sentence));
    }
    for (OpeningsFolder folder : folders) {
      folder.recount(reader, now.checkpoint());
      findings.addAll(told(folder));
    }
    System.out.println(
        checked.usageLines() + " usage lines, " + checked.unsettled() + " of them not settled yet");
    if (checked.draws().alone() > 0) {
      System.out.println(checked.draws());
    }
    for (LogCommand.Quorum quorum : trusted.witnesses(now).stream().toList()) {
      if (quorum.enough()) {
        System.out.println(quorum.sentence());
      } else {
        findings.add(quorum.sentence());
      }
    }
    return LogCommand.tell(now, findings, "");
  }

  /** What the trust file says otherwise of the closed log. */
  private Optional<String> otherEnd(Succession closed) {
    return trusted
        .trustFile()
        .flatMap(trust -> trust.closed(closed.end().origin()))
        .map(FormerLog::end)
        .filter(end -> !end.equals(closed.end()))
        .map(
            end ->
                "the log says that it succeeds "
                    + closed
                    + ", the trust file closes that log at size "
                    + end.size()
                    + " with root "
                    + end.root());
  }

  /** None, or the one that was named. */
  private List<OpeningsFolder> folders() {
    if (openings == null) {
      return List.of();
    }
    Optional<TrustFile> trust = trusted.trustFile();
    if (trust.isEmpty()) {
      throw Failure.wrongUse(
          "--openings needs --trust FILE, not --key: the seals of the statements are checked too");
    }
    if (!Files.isDirectory(openings)) {
      throw Failure.wrongUse("--openings: there is no folder " + openings);
    }
    return List.of(new OpeningsFolder(openings, trust.get()));
  }

  /** Prints what holds; returns what does not. */
  private static List<Object> told(OpeningsFolder folder) {
    List<Object> findings = new ArrayList<>();
    for (Step step : folder.steps()) {
      if (step.verdict() == Step.Verdict.FAILED) {
        findings.add(step);
      } else {
        System.out.println(step);
      }
    }
    findings.addAll(folder.audit().findings());
    System.out.println(folder.audit().coverage());
    if (folder.audit().odds().alone() > 0) {
      System.out.println(folder.audit().odds());
    }
    return findings;
  }
}
