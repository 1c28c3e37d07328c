package org.almoner.command;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.almoner.agent.durable.FolderTree;
import org.almoner.agent.proof.KeptReceipt;
import org.almoner.coordinator.keys.Keys;
import org.almoner.coordinator.keys.SeedFile;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.witness.CosignerKey;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.tax.verify.MalformedTrustFile;
import org.almoner.tax.verify.TrustFile;
import org.almoner.workload.check.CheckedWorkload;

/**
 * The demonstration's processes and what they keep: a coordinator, agents of as many donors, an
 * owner, all below one folder. Nothing is simulated but the donors' names.
 */
final class DemoWorld implements AutoCloseable {
  /** Everyone who lends; the last one cheats. */
  static final List<String> DONORS =
      List.of("Ada Example", "Bohdan Příklad", "Chiara Esempio", "Dolus Exempli");

  private static final int WITNESSES = 2;
  private static final String COORDINATOR = "coordinator";
  private static final String CHARITY = "Demonstration Charity";
  private static final String MARK = "almoner-demo";
  private static final long LOOK_MS = 100;
  private static final long START_SECONDS_MAX = 60;

  private final Path folder;
  private final Crew crew;
  private final List<Integer> ports;
  private final SigningKey owner;
  private final Map<String, String> names = new HashMap<>();

  private DemoWorld(Path folder, Crew crew, List<Integer> ports, SigningKey owner) {
    this.folder = folder;
    this.crew = crew;
    this.ports = ports;
    this.owner = owner;
  }

  /** Refuses a folder that holds something else than an earlier demonstration. */
  static void requireFree(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.exists(folder.resolve(MARK))) {
      try (Stream<Path> files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw Failure.wrongUse(
              folder + " holds something that is no demonstration; choose another with --dir");
        }
      }
    }
  }

  /** Makes {@code folder} anew; an earlier demonstration goes. */
  static DemoWorld make(Path folder) throws IOException {
    requireFree(folder);
    FolderTree.remove(folder);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(MARK), "made by 'almoner demo'; removed by the next one\n");
    SigningKey owner = SeedFile.openOrCreate(folder.resolve("owner.seed"), new SecureRandom());
    Crew crew = new Crew(folder.resolve("logs"));
    return new DemoWorld(folder, crew, freePorts(1 + WITNESSES), owner);
  }

  /** Makes the log's key, starts the witnesses that watch it, and writes the policy of both. */
  void startWitnesses() throws IOException {
    SecureRandom random = new SecureRandom();
    VerifierKey log;
    try (DataFolder data = DataFolder.open(folder.resolve(COORDINATOR))) {
      String origin = data.origin("", random);
      log =
          new VerifierKey(origin, Keys.openOrCreate(data.keys(), random).log().get(0).publicKey());
    }
    StringBuilder policy = new StringBuilder();
    StringBuilder group = new StringBuilder("group both all");
    for (int i = 1; i <= WITNESSES; i++) {
      String name = "witness-" + i;
      Path home = folder.resolve(name);
      SigningKey seed = SeedFile.openOrCreate(home.resolve("witness.seed"), random);
      CosignerKey key = new CosignerKey(name + ".demo", seed.publicKey());
      String address = "127.0.0.1:" + ports.get(i);
      policy.append("witness " + name + " " + key.format() + " http://" + address + "/\n");
      group.append(" ").append(name);
      crew.start(
          name,
          "32m",
          List.of(
              "witness",
              "--data",
              home.toString(),
              "--log",
              log.format(),
              "--listen",
              address,
              "--name",
              name + ".demo"));
    }
    Files.writeString(witnesses(), policy.append(group).append("\nquorum both\n"));
  }

  /** Starts the coordinator on what it kept, if anything; returns when it takes requests. */
  void startCoordinator() throws IOException, InterruptedException {
    crew.start(
        COORDINATOR,
        "384m",
        List.of(
            "serve",
            "--data",
            folder.resolve(COORDINATOR).toString(),
            "--listen",
            "127.0.0.1:" + ports.get(0),
            "--maturity",
            "0s",
            "--period",
            "open",
            "--disk-reserve",
            "0KiB",
            "--lease",
            "60s",
            "--retry",
            "1s",
            "--witnesses",
            witnesses().toString(),
            "--charity",
            CHARITY));
    OperatorClient probe = OperatorClient.of(address(), "");
    for (long waited = 0; !probe.answers("/readyz"); waited += LOOK_MS) {
      requireRunning();
      if (waited > START_SECONDS_MAX * 1000) {
        throw Failure.failed(
            "the coordinator was not ready within a minute; see " + folder + "/logs");
      }
      Thread.sleep(LOOK_MS);
    }
    if (!Files.exists(trustFile())) {
      Files.copy(folder.resolve(COORDINATOR).resolve("trust.json"), trustFile());
    }
  }

  /** Ends the coordinator with SIGKILL. */
  void killCoordinator() throws InterruptedException {
    crew.kill(COORDINATOR);
  }

  /** Starts one agent for each donor; the last cheats once, about {@code example}. */
  void startAgents(CheckedWorkload example) throws IOException {
    OperatorClient operator = operator();
    for (int i = 0; i < DONORS.size(); i++) {
      DonorsCommand.Added donor =
          DonorsCommand.add(operator, DONORS.get(i), List.of((i + 1) + " Example Street"));
      names.put(donor.donor(), DONORS.get(i) + " (" + name(i) + ")");
      boolean cheats = i == DONORS.size() - 1;
      List<String> verb = new ArrayList<>(List.of(cheats ? "liar" : "agent"));
      verb.addAll(List.of("--coordinator", address().toString()));
      verb.addAll(List.of("--data", home(i).toString()));
      verb.addAll(List.of("--code", DonorsCommand.code(operator, donor.donor())));
      if (cheats) {
        verb.addAll(List.of("--module", example.release().program().first().digest().toHex()));
      }
      crew.start(name(i), "96m", verb);
    }
  }

  /** Submits a workload as its owner; returns the batch. */
  String submit(CheckedWorkload workload, String token) throws IOException {
    UploadBar bar = new UploadBar(new Terminal(new PrintStream(OutputStream.nullOutputStream())));
    Envelope release = ReleaseFile.sign(workload.release(), owner).signed();
    return Submitting.submit(OperatorClient.of(address(), token), workload, release, owner, bar)
        .batch();
  }

  /** Has the operator approve the owner; returns the owner's token. */
  String approveOwner() {
    return OwnersCommand.approve(operator(), "Demonstration project", owner.publicKey());
  }

  OperatorClient operator() {
    return OperatorClient.ofData(folder.resolve(COORDINATOR));
  }

  /** The public log as it is now, proved. */
  PublicLog log() {
    return PublicLog.open(logSource(), trust().log().verifiers());
  }

  LogSource logSource() {
    return LogSource.open(address().resolve("/log").toString());
  }

  TrustFile trust() {
    try {
      return TrustFile.parse(Files.readAllBytes(trustFile()));
    } catch (IOException | MalformedTrustFile e) {
      throw Failure.failed("the demonstration's trust file: " + e.getMessage());
    }
  }

  /** Receipts that donor {@code i}'s agent holds by now, each checked by that agent. */
  List<KeptReceipt> receipts(int i) throws IOException {
    return Shelves.reports(home(i), address());
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + ports.get(0));
  }

  Path trustFile() {
    return folder.resolve("trust.json");
  }

  Path documents() {
    return folder.resolve("receipts");
  }

  /** Name and agent of the donor with that pseudonym. */
  String donor(String pseudonym) {
    return names.getOrDefault(pseudonym, pseudonym);
  }

  static String name(int i) {
    return "agent-" + (i + 1);
  }

  /** Ends the demonstration when a process ended though nobody asked it to. */
  void requireRunning() {
    for (String fallen : crew.fallen()) {
      throw Failure.failed(fallen);
    }
  }

  @Override
  public void close() {
    crew.close();
  }

  private Path home(int i) {
    return folder.resolve(name(i));
  }

  private Path witnesses() {
    return folder.resolve("witnesses.policy");
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sockets.add(socket);
        ports.add(socket.getLocalPort());
      }
      return ports;
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }
}
