package org.almoner.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.almoner.coordinator.Config;
import org.almoner.coordinator.config.BadSettings;
import org.almoner.ledger.append.LogRefused;
import org.almoner.tax.pdf.StatementPdf;
import org.almoner.workload.wasm.WasmModule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a coordinator. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    modelTransformer = SettingOptions.class,
    description = {
      "For the operator: runs a coordinator with its log and its documents until Ctrl-C.",
      "Everything is kept in one folder. It listens on exactly one socket. What an option sets may"
          + " also stand in a file or in the environment; 'almoner config list' names everything.",
    })
final class ServeCommand implements Callable<Integer> {
  private static final String NAMELESS = "Charity without a name (start with --charity)";

  @Option(names = "--data", required = true, paramLabel = "DIR", description = "The data folder.")
  private Path data = Path.of(".");

  @Mixin private SettingFiles files = new SettingFiles();

  @Option(names = "--stop-with-stdin", hidden = true)
  private boolean stopWithStdin;

  @Override
  public Integer call() throws IOException, InterruptedException {
    StopSignal signal = StopSignal.listen(stopWithStdin);
    Path home = data.toAbsolutePath().normalize();
    ServedSettings settings = settings(home);
    OperatorsLog.set(settings.logsJson(), settings.logLevel());
    try (DataFolder folder = DataFolder.open(home);
        Serving serving = start(folder, settings)) {
      announce(folder, serving, settings);
      signal.await();
      System.out.println("Stopping");
    } catch (LogRefused e) {
      throw Failure.failed("the log in " + data + " does not open: " + e.getMessage());
    } finally {
      signal.done();
    }
    return 0;
  }

  private ServedSettings settings(Path home) throws IOException {
    try {
      return ServedSettings.of(files.read(home));
    } catch (BadSettings e) {
      throw SettingFiles.refused(e.faults());
    }
  }

  private static Serving start(DataFolder folder, ServedSettings settings)
      throws IOException, LogRefused {
    folder.requireOpen();
    Config config =
        settings
            .config(folder.origin(settings.origin(), new SecureRandom()), WasmModule.METER_VERSION)
            .withStarters(settings.starters());
    return Serving.start(
        folder,
        config,
        settings.charity(folder.trust().charity("", NAMELESS)),
        settings.gate(),
        settings.listen(),
        settings.witnesses(),
        settings.resources(),
        settings.sealing(),
        new StatementPdf(settings.brand(), settings.fonts()));
  }

  private static void announce(DataFolder folder, Serving serving, ServedSettings settings)
      throws IOException {
    InetSocketAddress address = serving.address();
    System.out.println(
        Software.title() + " listens on " + address.getHostString() + ":" + address.getPort());
    System.out.println("log         " + serving.coordinator().about().origin());
    System.out.println("seal        SHA-256 " + serving.seal().fingerprint());
    if (settings.witnesses().isEmpty() && folder.trust().witnesses(Optional.empty()).isPresent()) {
      System.out.println(
          "witnesses   as the trust file has them; --witnesses FILE changes them for all"
              + " documents");
    }
    settings
        .listen()
        .tls()
        .flatMap(tls -> tls.warning(Instant.now()))
        .ifPresent(warning -> System.out.println("warning     " + warning));
    serving
        .seal()
        .warning(Instant.now())
        .ifPresent(warning -> System.out.println("warning     " + warning));
    System.out.println("trust file  " + folder.trustFile() + " (publish it)");
    System.out.println("token       " + folder.operatorToken() + " (keep it)");
    long maturity = serving.coordinator().about().maturitySeconds();
    if (maturity != Config.MATURITY.toSeconds() || settings.openPeriod()) {
      System.out.println(
          "settings    maturity: "
              + maturity
              + "s, period: "
              + (settings.openPeriod() ? "open" : "closed")
              + " (not the defaults; every document says so)");
    }
  }
}
