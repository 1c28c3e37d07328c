package org.almoner.command;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.almoner.agent.contact.CoordinatorClient;
import org.almoner.agent.meter.Machine;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.run.Runner;
import org.almoner.agent.run.process.Clocks;
import org.almoner.agent.run.process.ProcessControl;
import org.almoner.agent.run.wasm.CompiledModules;
import org.almoner.agent.run.wasm.WasmRunner;
import org.almoner.command.audit.AuditFolder;
import org.almoner.command.audit.AuditStopped;
import org.almoner.command.audit.Begun;
import org.almoner.command.audit.Sample;
import org.almoner.command.audit.SampleReport;
import org.almoner.command.audit.SampleRun;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.sample.Dice;
import org.almoner.ledger.sample.MalformedDice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Draws lines by dice, opens them, and runs their units again. */
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    description = {
      "Draws lines by the dice, opens each with the auditor's token, runs its unit again on this",
      "computer as a volunteer's agent does, and compares. What was done is kept in the folder:",
      "broken off, the same command goes on; with more units, the first ones are the same.",
      "Exit code 0 when every line held; 1 when one differs, could not be looked at or run, or when",
      "the coordinator kept back what a line is held against.",
    })
final class AuditSampleCommand implements Callable<Integer> {
  @Option(
      names = "--in",
      required = true,
      paramLabel = "DIR",
      description = "The folder that 'audit begin' made.")
  private Path in = Path.of(".");

  @Option(
      names = "--units",
      required = true,
      paramLabel = "N",
      description = "How many lines to draw; all when there are no more.")
  private int units;

  @Option(
      names = "--dice",
      paramLabel = "FILE",
      description =
          "What was rolled after 'audit begin': at least 20 digits from 1 to 6. Once is enough.")
  private @Nullable Path dice;

  @Mixin private AuditorOptions auditor = new AuditorOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How findings are printed (default: ${DEFAULT-VALUE}).")
  private String form = "";

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean json = asJson();
    try {
      AuditFolder folder = AuditFolder.open(in);
      Begun begun = folder.begun();
      CoordinatorAddress address = auditor.address(begun.log());
      String token = auditor.token();
      Dice rolled = dice(folder, begun);
      SignedCheckpoint checkpoint = AuditTrust.read(folder.trustFile()).open(begun.checkpoint());
      Terminal terminal = new Terminal(System.err);
      SampleRun run =
          new SampleRun(
              folder,
              checkpoint,
              rolled,
              LogSource.open(begun.log()).tiles(),
              clock,
              terminal::progress);
      LogProgress checking =
          new LogProgress("checked", terminal, clock, checkpoint.checkpoint().size());
      HttpClient http = CoordinatorClient.transport().build();
      Sample sample =
          run.run(
              units,
              (index, octets) -> checking.at(index),
              new SampleRun.Means(
                  http,
                  address,
                  token,
                  runner(folder),
                  pause -> Thread.sleep(pause.toMillis()),
                  new SecureRandom()));
      terminal.clear();
      SampleReport report = new SampleReport(sample);
      String kept = report.keep(folder, begun, clock.instant(), Software.title());
      if (json) {
        System.out.print(new String(report.json().toArray(), StandardCharsets.UTF_8));
      } else {
        report.table().forEach(System.out::println);
      }
      System.err.println("almoner: the report is in " + kept + ", the sheet to sign beside it");
      return sample.holds() ? 0 : Failure.FAILED;
    } catch (AuditStopped e) {
      throw failure(e);
    }
  }

  static Failure failure(AuditStopped stopped) {
    String sentence = String.valueOf(stopped.getMessage());
    return stopped.isWrongUse() ? Failure.wrongUse(sentence) : Failure.failed(sentence);
  }

  private boolean asJson() {
    return switch (form) {
      case "text" -> false;
      case "json" -> true;
      default -> throw Failure.wrongUse("-o takes text or json, got " + form);
    };
  }

  private Dice dice(AuditFolder folder, Begun begun) throws IOException, AuditStopped {
    if (dice == null) {
      return folder
          .dice()
          .orElseThrow(
              () -> Failure.wrongUse("roll dice now, write them down, and name the file: --dice"));
    }
    try {
      Instant written = Files.getLastModifiedTime(dice).toInstant().truncatedTo(ChronoUnit.SECONDS);
      Instant began = Instant.ofEpochMilli(begun.beganMs()).truncatedTo(ChronoUnit.SECONDS);
      if (written.isBefore(began) && !begun.repeats()) {
        throw Failure.wrongUse(
            dice
                + " was written at "
                + written
                + ", before the checkpoint was fixed at "
                + began
                + ": whoever knew those dice could have chosen the lines; roll again");
      }
      Dice rolled = Dice.parse(Files.readString(dice));
      folder.keep(rolled);
      return rolled;
    } catch (NoSuchFileException e) {
      throw Failure.wrongUse("--dice: there is no file " + dice);
    } catch (MalformedDice e) {
      throw Failure.wrongUse("--dice " + dice + ": " + e.getMessage());
    }
  }

  private Runner runner(AuditFolder folder) throws IOException, InterruptedException {
    return new WasmRunner(
        ChildJava.choose(null),
        new CompiledModules(folder.compiled()),
        new Machine(),
        ProcessControl.forSystem(System.getProperty("os.name", "")),
        new Clocks(clock, System::nanoTime));
  }
}
