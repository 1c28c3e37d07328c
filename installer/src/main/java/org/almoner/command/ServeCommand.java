package org.almoner.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.almoner.coordinator.Config;
import org.almoner.coordinator.http.Listen;
import org.almoner.ledger.append.LogRefused;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.tax.receipt.Charity;
import org.almoner.workload.wasm.WasmModule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a coordinator. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "For the operator: runs a coordinator with its log and its documents until Ctrl-C.",
      "Everything is kept in one folder. It listens on exactly one socket.",
    })
final class ServeCommand implements Callable<Integer> {
  private static final String NAMELESS = "Charity without a name (start with --charity)";

  @Option(names = "--data", required = true, paramLabel = "DIR", description = "The data folder.")
  private Path data = Path.of(".");

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:7421",
      description = "Where to listen (default: ${DEFAULT-VALUE}); port 0 takes a free one.")
  private String listen = "";

  @Option(
      names = "--tls",
      paramLabel = "FILE",
      description = "PKCS#12 file with certificate and key; required beyond this computer.")
  private @Nullable Path tls;

  @Option(
      names = "--tls-password-file",
      paramLabel = "FILE",
      description = "File that holds the password of --tls.")
  private @Nullable Path tlsPassword;

  @Option(
      names = "--origin",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Name of the log, such as log.example.org/2026; fixed at the first start.")
  private String origin = "";

  @Option(
      names = "--maturity",
      paramLabel = "SPAN",
      defaultValue = "14d",
      converter = Spans.class,
      description = "How long a result rests before it is settled (default: ${DEFAULT-VALUE}).")
  private Duration maturity = Config.MATURITY;

  @Option(
      names = "--period",
      paramLabel = "closed|open",
      defaultValue = "closed",
      description =
          "Whether statements wait until the year has closed (default: ${DEFAULT-VALUE}).")
  private String period = "closed";

  @Option(
      names = "--lease",
      paramLabel = "SPAN",
      defaultValue = "1h",
      converter = Spans.class,
      description = "Shortest time an agent has for its work (default: ${DEFAULT-VALUE}).")
  private Duration lease = Config.LEASE_MIN;

  @Option(
      names = "--retry",
      paramLabel = "SPAN",
      defaultValue = "30s",
      converter = Spans.class,
      description = "How long an agent without work waits, on average (default: ${DEFAULT-VALUE}).")
  private Duration retry = Config.RETRY;

  @Option(
      names = "--no-starter",
      description =
          "Gives new computers other work at once, without first a unit of known answer that shows "
              + "whether they compute right.")
  private boolean noStarter;

  @Option(
      names = "--renew",
      paramLabel = "SPAN",
      defaultValue = "150s",
      converter = Spans.class,
      description =
          "How long an agent with work in hand waits, on average, before it says how far that has "
              + "come and hears what to stop (default: ${DEFAULT-VALUE}, at most 200s).")
  private Duration renewal = Config.RENEWAL;

  @Option(
      names = "--no-pilot",
      description =
          "Leases all units of a batch at once, without first three that run alone and show what "
              + "one takes.")
  private boolean noPilot;

  @Option(
      names = "--share",
      paramLabel = "OWNER=N",
      description =
          "Gives an owner's work N times the processor time of another's; repeat for more owners.")
  private Map<String, Integer> shares = Map.of();

  @Option(
      names = "--charity",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "The charity's legal name, as documents and the seal carry it; later starts keep it.")
  private String charity = "";

  @Option(
      names = "--charity-address",
      paramLabel = "LINE",
      description = "A line of the charity's address; repeat for more lines.")
  private List<String> charityAddress = List.of();

  @Option(
      names = "--charity-contact",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "How donors reach the charity, as documents print it.")
  private String charityContact = "";

  @Option(
      names = "--charity-registration",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "The charity's registration, as documents print it.")
  private String charityRegistration = "";

  @Option(
      names = "--witnesses",
      paramLabel = "FILE",
      description =
          "Policy of witnesses (c2sp.org/tlog-policy): they are asked to sign each checkpoint, and "
              + "no document is issued before its quorum has. Later starts keep it; 'quorum none' "
              + "ends it.")
  private @Nullable Path witnesses;

  @Option(names = "--stop-with-stdin", hidden = true)
  private boolean stopWithStdin;

  @Override
  public Integer call() throws IOException, InterruptedException {
    StopSignal signal = StopSignal.listen(stopWithStdin);
    Listen where = where();
    try (DataFolder folder = DataFolder.open(data.toAbsolutePath().normalize());
        Serving serving =
            Serving.start(open(folder), config(folder), charity(folder), where, policy())) {
      announce(folder, serving);
      signal.await();
      System.out.println("Stopping");
    } catch (LogRefused e) {
      throw Failure.failed("the log in " + data + " does not open: " + e.getMessage());
    } finally {
      signal.done();
    }
    return 0;
  }

  private static DataFolder open(DataFolder folder) throws IOException {
    folder.requireOpen();
    return folder;
  }

  private void announce(DataFolder folder, Serving serving) throws IOException {
    InetSocketAddress address = serving.address();
    System.out.println(
        Software.title() + " listens on " + address.getHostString() + ":" + address.getPort());
    System.out.println("log         " + serving.coordinator().about().origin());
    System.out.println("seal        SHA-256 " + serving.seal().fingerprint());
    if (witnesses == null && folder.trust().witnesses(Optional.empty()).isPresent()) {
      System.out.println(
          "witnesses   as the trust file has them; --witnesses FILE changes them for all documents");
    }
    System.out.println("trust file  " + folder.trustFile() + " (publish it)");
    System.out.println("token       " + folder.operatorToken() + " (keep it)");
    if (maturity.compareTo(Config.MATURITY) != 0 || period.equals("open")) {
      System.out.println(
          "settings    maturity: "
              + maturity.toSeconds()
              + "s, period: "
              + period
              + " (not the defaults; every document says so)");
    }
  }

  private Config config(DataFolder folder) throws IOException {
    if (!period.equals("closed") && !period.equals("open")) {
      throw Failure.wrongUse("--period takes closed or open, got " + period);
    }
    try {
      return Config.of(
              folder.origin(origin, new SecureRandom()), Software.title(), WasmModule.METER_VERSION)
          .withMaturity(maturity)
          .withOpenPeriod(period.equals("open"))
          .withLeaseMin(lease)
          .withRetry(retry)
          .withRenewal(renewal)
          .withStarters(!noStarter)
          .withPilot(!noPilot)
          .withShares(shares);
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse(String.valueOf(e.getMessage()));
    }
  }

  private Optional<WitnessPolicy> policy() throws IOException {
    if (witnesses == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(WitnessPolicy.parse(Files.readString(witnesses, StandardCharsets.UTF_8)));
    } catch (NoSuchFileException e) {
      throw Failure.wrongUse("--witnesses: there is no file " + witnesses);
    } catch (MalformedNote e) {
      throw Failure.wrongUse("--witnesses " + witnesses + ": " + e.getMessage());
    }
  }

  /** The charity; its name as given, or as the trust file has it. */
  private Charity charity(DataFolder folder) throws IOException {
    String name = folder.trust().charity(charity, NAMELESS);
    try {
      return new Charity(name, charityAddress, charityContact, charityRegistration);
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse(String.valueOf(e.getMessage()));
    }
  }

  private Listen where() throws IOException {
    InetSocketAddress address = HostPort.parse(listen, "127.0.0.1:7421");
    try {
      if (tls == null) {
        return Listen.plain(address);
      }
      if (tlsPassword == null) {
        throw Failure.wrongUse("--tls needs --tls-password-file with the password of " + tls);
      }
      String password = Files.readString(tlsPassword, StandardCharsets.UTF_8).strip();
      return Listen.tls(address, tls, password.toCharArray());
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse("--listen: " + e.getMessage());
    }
  }
}
