package org.almoner.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code almoner} command. */
@Command(
    name = "almoner",
    mixinStandardHelpOptions = true,
    versionProvider = Software.class,
    description = "Volunteer computing with honest, verifiable receipts.",
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      AgentCommand.class,
      LiarCommand.class,
      WorkloadCommand.class,
      ReleaseCommand.class,
      VerifyCommand.class,
      WorksheetCommand.class,
      MeterCommand.class,
      DonorsCommand.class,
      OwnersCommand.class,
      AuditorsCommand.class,
      LinesCommand.class,
      ReceiptsCommand.class,
      ProfileCommand.class,
      StatementCommand.class,
      LogCommand.class,
      AuditCommand.class,
      WitnessCommand.class,
      KeysCommand.class,
      ConfigCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      BenchCommand.class,
      SimulateCommand.class,
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong use.",
      "Start with: almoner demo",
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets spec
  private Main() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(run(args));
  }

  /** The command with all below it. */
  static CommandLine commandLine() {
    return HelpText.fitted(new CommandLine(new Main()));
  }

  /** Runs the command; returns its exit code. */
  static int run(String... args) {
    return commandLine()
        .setExecutionExceptionHandler(Main::failed)
        .setParameterExceptionHandler(Main::misused)
        .execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? 'almoner --help' lists them");
  }

  private static int misused(ParameterException problem, String[] args) {
    CommandLine command = problem.getCommandLine();
    command.getErr().println("almoner: " + oneLine(String.valueOf(problem.getMessage())));
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName(" ") + " --help'.");
    return Failure.WRONG_USE;
  }

  private static int failed(Exception problem, CommandLine command, CommandLine.ParseResult result)
      throws Exception {
    if (problem instanceof Failure failure) {
      failure
          .sentences()
          .forEach(sentence -> command.getErr().println("almoner: " + oneLine(sentence)));
      return failure.exitCode();
    }
    if (problem instanceof IOException || problem instanceof UncheckedIOException) {
      // A file, a store or a connection, not a fault of the program: a trace would tell nobody more
      command.getErr().println("almoner: " + oneLine(reason(problem)));
      return Failure.FAILED;
    }
    throw problem;
  }

  /**
   * Java says of a file that is missing or forbidden only its name; its type says what is wrong.
   */
  private static String reason(Exception problem) {
    if (problem instanceof FileAlreadyExistsException there) {
      return there.getFile() + " is there already and is not what this needs; name another place";
    }
    if (problem instanceof NoSuchFileException missing) {
      return "there is no " + missing.getFile();
    }
    if (problem instanceof AccessDeniedException denied) {
      return "this account may not read or write " + denied.getFile();
    }
    return problem instanceof FileSystemException || problem.getMessage() == null
        ? problem.toString()
        : problem.getMessage();
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ");
  }
}
