package org.almoner.trials.world;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.almoner.agent.AgentSettings;
import org.almoner.agent.LinkOutcome;
import org.almoner.agent.VolunteerAgent;
import org.almoner.agent.consent.Lent;
import org.almoner.agent.contact.CoordinatorClient;
import org.almoner.agent.control.Status;
import org.almoner.agent.control.StatusFile;
import org.almoner.agent.control.StopSignal;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.enrolment.Computer;
import org.almoner.agent.meter.Machine;
import org.almoner.agent.meter.MachineFacts;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.proof.AgentShelf;
import org.almoner.agent.run.process.Clocks;
import org.almoner.agent.run.process.ProcessControl;
import org.almoner.agent.run.wasm.ChildJvm;
import org.almoner.agent.run.wasm.CompiledModules;
import org.almoner.agent.run.wasm.WasmRunner;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.protocol.usage.VerifiedReport;
import org.almoner.workload.wasm.WasmModule;

/** A real agent on a thread of this JVM: its units run in processes of their own. */
public final class Volunteer implements AutoCloseable {
  private static final long STOP_SECONDS_MAX = 30;
  private static final long PROOF_SECONDS_MAX = 60;

  private final Path home;
  private final Pinned coordinator;
  private final VolunteerAgent agent;
  private final StopSignal stop = new StopSignal();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<?> running;

  private Volunteer(Path home, Pinned coordinator, VolunteerAgent agent) {
    this.home = home;
    this.coordinator = coordinator;
    this.agent = agent;
    this.running =
        thread.submit(
            () -> {
              agent.run(stop);
              return null;
            });
  }

  /** Links a new agent to the donor of {@code code}, and lets it work. */
  public static Volunteer start(Path home, URI address, Pinned coordinator, String code)
      throws Exception {
    VolunteerAgent agent = agent(home, address);
    LinkOutcome linked = agent.link(code);
    if (!(linked instanceof LinkOutcome.Done)) {
      throw new AssertionError("not linked: " + linked);
    }
    return new Volunteer(home, coordinator, agent);
  }

  /** Lets the agent work whose home this is, and who linked it before. */
  public static Volunteer again(Path home, URI address, Pinned coordinator) throws IOException {
    return new Volunteer(home, coordinator, agent(home, address));
  }

  /** Leaves a link for the running agent to pass on. */
  public void link(String code) throws Exception {
    LinkOutcome linked = agent.link(code);
    if (!(linked instanceof LinkOutcome.LeftToRunningAgent)) {
      throw new AssertionError("not left to the running agent: " + linked);
    }
  }

  private static VolunteerAgent agent(Path home, URI address) throws IOException {
    Machine meter = new Machine();
    MachineFacts facts = meter.facts();
    Clock clock = Clock.systemUTC();
    AgentSettings settings =
        new AgentSettings(
            home,
            CoordinatorAddress.parse(address.toString()),
            new Lent(1, 1, 64L << 20, 64L << 20),
            AgentSettings.WANT_STANDARD,
            WasmModule.METER_VERSION,
            "trial/1",
            new Computer(facts.os(), facts.arch(), facts.cores(), facts.memoryBytes()),
            AgentSettings.BLOB_OCTETS_STANDARD,
            AgentSettings.STALL_STANDARD);
    WasmRunner runner =
        new WasmRunner(
            ChildJvm.sameAsThis(),
            new CompiledModules(home.resolve("compiled")),
            meter,
            ProcessControl.forSystem(System.getProperty("os.name")),
            new Clocks(clock, System::nanoTime));
    return new VolunteerAgent(
        settings,
        CoordinatorClient.transport().build(),
        runner,
        new FsyncDisk(),
        clock,
        wait -> Thread.sleep(wait.toMillis()),
        new SecureRandom());
  }

  /** Whether it still works; fails with what ended it. */
  public boolean isWorking() {
    if (!running.isDone()) {
      return true;
    }
    try {
      running.get();
      return false;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("the agent in " + home + " failed", e);
    }
  }

  /** Whether it has said anything of itself yet. */
  public boolean hasStatus() throws IOException {
    return new StatusFile(home, new FsyncDisk()).read().isPresent();
  }

  public Status status() throws IOException {
    return new StatusFile(home, new FsyncDisk()).read().orElseThrow();
  }

  /** Waits until nothing it finished is without its proof. */
  public void awaitProofs() throws Exception {
    long end = System.nanoTime() + PROOF_SECONDS_MAX * 1_000_000_000L;
    while (status().waitingForProof() > 0) {
      if (!isWorking() || System.nanoTime() > end) {
        throw new AssertionError("the agent in " + home + " has no proof: " + status());
      }
      Thread.sleep(20);
    }
  }

  /** Waits until it was told how it did in the unit whose answer is known. */
  public void awaitFirstUnit() throws Exception {
    long end = System.nanoTime() + PROOF_SECONDS_MAX * 1_000_000_000L;
    while (status().firstUnit().isEmpty()) {
      if (!isWorking() || System.nanoTime() > end) {
        throw new AssertionError("the agent in " + home + " had no first unit: " + status());
      }
      Thread.sleep(20);
    }
  }

  public Path home() {
    return home;
  }

  /** Every line whose proof it holds, as it signed them. */
  public List<UsageLine> provenLines() throws IOException {
    List<UsageLine> lines = new ArrayList<>();
    for (AgentShelf shelf : shelves()) {
      for (long seq : shelf.list()) {
        try {
          lines.addAll(
              VerifiedReport.of(shelf.report(seq).orElseThrow().record()).report().lines());
        } catch (BadSignature | MalformedJson e) {
          throw new AssertionError(e);
        }
      }
    }
    return lines;
  }

  private List<AgentShelf> shelves() throws IOException {
    List<AgentShelf> shelves = new ArrayList<>();
    for (Path place : LivingFolder.paths(home.resolve("origins"))) {
      if (place.endsWith(AgentShelf.DIRECTORY)) {
        shelves.add(new AgentShelf(place, new FsyncDisk(), coordinator));
      }
    }
    return shelves;
  }

  @Override
  public void close() {
    stop.stop();
    try {
      running.get(STOP_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the agent in " + home + " did not end well", e);
    } finally {
      thread.shutdownNow();
    }
  }
}
