package org.almoner.command;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.almoner.agent.AgentSettings;
import org.almoner.agent.LinkOutcome;
import org.almoner.agent.VolunteerAgent;
import org.almoner.agent.consent.Lent;
import org.almoner.agent.consent.Restraint;
import org.almoner.agent.contact.CoordinatorClient;
import org.almoner.agent.contact.SystemProxy;
import org.almoner.agent.control.FinishFile;
import org.almoner.agent.control.Status;
import org.almoner.agent.control.StatusFile;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.enrolment.Computer;
import org.almoner.agent.meter.MachineFacts;
import org.almoner.agent.origin.ChangedIdentity;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.run.RestingRunner;
import org.almoner.agent.run.Runner;
import org.almoner.agent.run.Task;
import org.almoner.agent.run.wasm.ChildJvm;
import org.almoner.workload.wasm.WasmModule;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The volunteer's agent on this computer. */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    description = {
      "For volunteers: lends this computer to a coordinator until Ctrl-C.",
      "It runs open-source work in a sandbox, measures it and keeps the proofs. It reads nothing",
      "of your files. Without --code it works anonymously; you can link it to yourself later.",
    },
    subcommands = {
      AgentCommand.LinkTo.class,
      AgentCommand.Unlink.class,
      AgentCommand.Show.class,
      AgentCommand.Finish.class
    })
final class AgentCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(AgentCommand.class);

  /** Where the agent lives and whom it serves. */
  static final class Place {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "The agent's own folder (default: ${DEFAULT-VALUE}).")
    private Path home =
        Path.of(System.getProperty("user.home"), ".local", "state", "almoner", "agent");

    @Option(
        names = "--coordinator",
        paramLabel = "URL",
        description =
            "Whom to lend to, such as https://almoner.example.org. Given several times: the "
                + "coordinators share this computer's time.")
    private List<String> urls = new ArrayList<>();

    Path home() {
      return home.toAbsolutePath().normalize();
    }

    List<CoordinatorAddress> addresses() {
      if (urls.isEmpty()) {
        throw Failure.wrongUse(
            "whom should this computer serve? add --coordinator URL, such as"
                + " https://almoner.example.org");
      }
      try {
        return urls.stream().map(CoordinatorAddress::parse).toList();
      } catch (IllegalArgumentException e) {
        throw Failure.wrongUse("--coordinator: " + e.getMessage());
      }
    }

    /** The one coordinator that {@code what} is said to. */
    CoordinatorAddress one(String what) {
      if (addresses().size() > 1) {
        throw Failure.wrongUse(
            what + " concerns one coordinator; name it alone, with one --coordinator");
      }
      return addresses().get(0);
    }
  }

  @Mixin private Place place = new Place();

  @Mixin private RestraintOptions restraint = new RestraintOptions();

  @Option(names = "--code", paramLabel = "CODE", description = "Links this computer to a donor.")
  private @Nullable String code;

  @Option(
      names = "--units",
      paramLabel = "N",
      defaultValue = "1",
      description = "Units that run at one time (default: ${DEFAULT-VALUE}).")
  private int units = 1;

  @Option(
      names = "--cores",
      paramLabel = "N",
      defaultValue = "1",
      description = "Processors for each unit (default: ${DEFAULT-VALUE}).")
  private int cores = 1;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      defaultValue = "512",
      description = "Memory for the guest of each unit, in MiB (default: ${DEFAULT-VALUE}).")
  private long memoryMib = 512;

  @Option(
      names = "--disk",
      paramLabel = "MIB",
      defaultValue = "1024",
      description = "Disk for each unit, in MiB (default: ${DEFAULT-VALUE}).")
  private long diskMib = 1024;

  @Option(
      names = "--work",
      paramLabel = "SPAN",
      converter = Spans.class,
      defaultValue = "0s",
      description =
          "Processor time to hold in leases, such as 4h, for a computer that is often off line "
              + "(default: one unit more than runs).")
  private Duration work = Duration.ZERO;

  @Option(
      names = "--daily-bytes",
      paramLabel = "SIZE",
      converter = Sizes.class,
      description =
          "What may be sent and received in a day (UTC) in all, such as 2GiB; at least 16MiB. "
              + "Reports of finished work go out until the last of it (default: any amount).")
  private @Nullable Long dailyBytes;

  @Option(
      names = "--renew",
      paramLabel = "SPAN",
      converter = Spans.class,
      defaultValue = "150s",
      hidden = true,
      description = "Average time between renewals while the coordinator has not said, for trials.")
  private Duration renewal = AgentSettings.RENEWAL_STANDARD;

  @Option(
      names = "--snapshots",
      paramLabel = "SPAN",
      converter = Spans.class,
      defaultValue = "60s",
      hidden = true,
      description = "Least time between two snapshots of a unit in steps, for trials.")
  private Duration snapshots = Duration.ofMillis(Task.SNAPSHOT_MS);

  @Option(
      names = "--child-java",
      paramLabel = "FILE",
      description =
          "The java program that units run in, of release 17 or later (default: one of release 22"
              + " or later that is found here and can guard memory, else the one that runs this).")
  private @Nullable Path childJava;

  @Option(names = "--stop-with-stdin", hidden = true)
  private boolean stopWithStdin;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (code != null) {
      place.one("--code");
    }
    ChildJvm java = ChildJava.choose(childJava);
    long daily = dailyBytes == null ? Long.MAX_VALUE : dailyBytes;
    VolunteerAgent agent =
        agent(
            place,
            lent(),
            restraint,
            s -> wanting(s, work, renewal, daily),
            java,
            runner -> new PutAsideEvery(runner, snapshots));
    say("units run in " + java.title());
    return lend(agent, code, stopWithStdin);
  }

  /** Lets the agent work until it is told to stop; returns the command's exit code. */
  static int lend(VolunteerAgent agent, @Nullable String code, boolean stopWithStdin)
      throws IOException, InterruptedException {
    StopSignal signal = StopSignal.listen(stopWithStdin);
    try {
      if (code != null && !tell(agent.link(code))) {
        return Failure.FAILED;
      }
      org.almoner.agent.control.StopSignal stop = new org.almoner.agent.control.StopSignal();
      signal.onAsked(stop::stop);
      agent.run(stop);
      return 0;
    } catch (ChangedIdentity e) {
      throw Failure.failed(String.valueOf(e.getMessage()));
    } finally {
      signal.done();
    }
  }

  private Lent lent() {
    try {
      return new Lent(units, cores, memoryMib << 20, diskMib << 20);
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse(String.valueOf(e.getMessage()));
    }
  }

  private static VolunteerAgent agent(Place place) throws IOException {
    return agent(place, small(), ChildJvm.sameAsThis(), runner -> runner);
  }

  /**
   * An agent on this computer.
   *
   * @param through what every unit goes through on its way to the real runner
   */
  static VolunteerAgent agent(
      Place place, Lent lent, ChildJvm childJava, UnaryOperator<Runner> through)
      throws IOException {
    return agent(place, lent, new RestraintOptions(), settings -> settings, childJava, through);
  }

  private static VolunteerAgent agent(
      Place place,
      Lent lent,
      RestraintOptions driven,
      UnaryOperator<AgentSettings> asked,
      ChildJvm childJava,
      UnaryOperator<Runner> through)
      throws IOException {
    org.almoner.agent.meter.Machine meter = driven.machine();
    Restraint restraint = driven.restraint(meter);
    MachineFacts facts = meter.facts();
    HttpClient http = CoordinatorClient.transport().proxy(proxy()).build();
    InstantSource clock = Clock.systemUTC();
    EnginesHere engines =
        EnginesHere.find(EnginesHere.ALL, childJava, place.home(), meter, restraint, clock);
    if (!engines.noSandbox().isEmpty()) {
      LOG.atInfo()
          .addKeyValue("reason", engines.noSandbox())
          .log("No sandbox: units are portable Wasm alone");
    }
    AgentSettings settings =
        new AgentSettings(
            place.home(),
            place.addresses().get(0),
            lent,
            Math.max(AgentSettings.WANT_STANDARD, lent.units() + 1),
            WasmModule.METER_VERSION,
            Software.title(),
            new Computer(facts.os(), facts.arch(), facts.cores(), facts.memoryBytes()),
            AgentSettings.BLOB_OCTETS_STANDARD,
            AgentSettings.STALL_STANDARD);
    return new VolunteerAgent(
        asked.apply(serving(settings, place)),
        http,
        new RestingRunner(through.apply(engines.runner()), restraint.thermostat()),
        new FsyncDisk(),
        clock,
        duration -> Thread.sleep(duration.toMillis()),
        new SecureRandom());
  }

  /** What the environment says of a proxy, else Java's settings, which may be the system's. */
  private static SystemProxy proxy() {
    SystemProxy.permitNames();
    try {
      ProxySelector java = ProxySelector.getDefault();
      return SystemProxy.of(System.getenv(), java == null ? HttpClient.Builder.NO_PROXY : java);
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse(String.valueOf(e.getMessage()));
    }
  }

  private static AgentSettings serving(AgentSettings settings, Place place) {
    try {
      return settings.withCoordinators(place.addresses());
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse(String.valueOf(e.getMessage()));
    }
  }

  private static AgentSettings wanting(
      AgentSettings settings, Duration work, Duration renewal, long daily) {
    try {
      return settings.withWork(work).withRenewal(renewal).withDailyOctets(daily);
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse(String.valueOf(e.getMessage()));
    }
  }

  /** Tells what became of a link; whether the agent may go on. */
  private static boolean tell(LinkOutcome outcome) {
    return outcome.match(
        done -> say("linked; the link is in the log and its proof was checked"),
        left -> say("left to the agent that runs here; 'almoner agent status' tells how it went"),
        refused -> {
          System.err.println("almoner: " + refused.problem().detail());
          return false;
        },
        unavailable -> say("noted, not sent yet: " + unavailable.sentence()));
  }

  private static boolean say(String sentence) {
    System.out.println(sentence);
    return true;
  }

  static Lent small() {
    return new Lent(1, 1, 512L << 20, 1L << 30);
  }

  @Command(
      name = "link",
      mixinStandardHelpOptions = true,
      description = {
        "Links this computer to the donor who drew CODE. What it gave before and nobody claimed",
        "is claimed too.",
      })
  static final class LinkTo implements Callable<Integer> {
    @Mixin private Place place = new Place();

    @Parameters(paramLabel = "CODE", description = "The one-time code of the donor's account.")
    private String code = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
      place.one("a code");
      try {
        return tell(agent(place).link(code)) ? 0 : Failure.FAILED;
      } catch (ChangedIdentity e) {
        throw Failure.failed(String.valueOf(e.getMessage()));
      }
    }
  }

  @Command(
      name = "unlink",
      mixinStandardHelpOptions = true,
      description = "Makes this computer nobody's from now on; what it gave before stays.")
  static final class Unlink implements Callable<Integer> {
    @Mixin private Place place = new Place();

    @Override
    public Integer call() throws IOException, InterruptedException {
      place.one("unlinking");
      try {
        return tell(agent(place).unlink()) ? 0 : Failure.FAILED;
      } catch (ChangedIdentity e) {
        throw Failure.failed(String.valueOf(e.getMessage()));
      }
    }
  }

  @Command(
      name = "finish",
      mixinStandardHelpOptions = true,
      description = {
        "Tells the agent that runs here to take no new work, to finish what it runs, and to end",
        "when all of it is proved to be in the log. Ctrl-C ends it at once.",
      })
  static final class Finish implements Callable<Integer> {
    @Mixin private Place place = new Place();

    @Override
    public Integer call() throws IOException {
      if (!VolunteerAgent.worksIn(place.home())) {
        throw Failure.failed("no agent runs in " + place.home());
      }
      new FinishFile(place.home(), new FsyncDisk()).ask();
      say("told; 'almoner agent status' tells how far it has come");
      return 0;
    }
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Says in one line what the agent does and why.")
  static final class Show implements Callable<Integer> {
    @Mixin private Place place = new Place();

    @Override
    public Integer call() throws IOException {
      Optional<Status> status = new StatusFile(place.home(), new FsyncDisk()).read();
      if (status.isEmpty()) {
        throw Failure.failed("no agent ever ran in " + place.home());
      }
      Status now = status.get();
      System.out.printf(
          "%s  %s  %d units done, %d waiting for their proof, %d refused%n",
          now.state(), now.reason(), now.unitsDone(), now.waitingForProof(), now.refused());
      if (!now.firstUnit().isEmpty()) {
        System.out.println(now.firstUnit());
      }
      if (!now.notice().isEmpty()) {
        System.out.println("Last trouble: " + now.notice());
      }
      return 0;
    }
  }
}
