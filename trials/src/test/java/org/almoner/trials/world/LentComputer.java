package org.almoner.trials.world;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almoner.agent.control.Status;
import org.almoner.agent.control.StatusFile;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.proof.AgentShelf;
import org.almoner.agent.proof.KeptReceipt;
import org.almoner.agent.proof.LineProof;
import org.almoner.agent.run.process.ProcessControl;
import org.almoner.ledger.tally.UsageOpening;

/** A real agent as a process of its own, which can be killed and started again in its home. */
public final class LentComputer implements AutoCloseable {
  private static final Pattern FINISHED =
      Pattern.compile("A unit is finished .*?lease=\"?([0-9a-f/]+)");

  private final Path home;
  private final URI coordinator;
  private final Pinned pinned;
  private final String donor;
  private final ProcessControl control =
      ProcessControl.forSystem(System.getProperty("os.name", ""));
  private final Set<ProcessHandle> seen = new HashSet<>();
  private Optional<AlmonerProcess> process = Optional.empty();
  private int unitsKilled;

  /**
   * Nothing is started yet.
   *
   * @param donor a word for whom it belongs to
   */
  public LentComputer(Path home, URI coordinator, Pinned pinned, String donor) {
    this.home = home;
    this.coordinator = coordinator;
    this.pinned = pinned;
    this.donor = donor;
  }

  /** Starts the agent for the first time, linked to the donor who drew {@code code}. */
  public void start(String code) {
    launch(List.of("--code", code));
  }

  /** Starts it again. */
  public void start() {
    launch(List.of());
  }

  /** Starts it with further options. */
  public void startWith(List<String> options) {
    launch(options);
  }

  /** SIGTERM, and waits for the agent's end. */
  public int stop() {
    boolean unused = ProcessHandle.of(process().pid()).map(ProcessHandle::destroy).orElse(false);
    return process().awaitEnd(30);
  }

  /** All that was printed by its agent, over all starts. */
  public String said() throws IOException {
    return Files.readString(output());
  }

  public Path home() {
    return home;
  }

  private void launch(List<String> more) {
    List<String> verb =
        new ArrayList<>(
            List.of("agent", "--data=" + home, "--coordinator=" + coordinator, "--memory=64"));
    verb.addAll(more);
    List<String> options = List.of("-Dlogback.configurationFile=agent-log.xml");
    process = Optional.of(AlmonerProcess.start(output(), "96m", options, verb));
    unitsKilled = 0;
  }

  private Path output() {
    return home.resolveSibling(home.getFileName() + ".log");
  }

  public AlmonerProcess process() {
    return process.orElseThrow();
  }

  /** The processes of the units that run at this moment. */
  public List<ProcessHandle> units() {
    List<ProcessHandle> units =
        process().descendants().stream()
            .filter(unit -> unit.info().command().filter(name -> name.endsWith("java")).isPresent())
            .toList();
    seen.addAll(units);
    return units;
  }

  /** SIGKILL to a unit. */
  public void killUnit(ProcessHandle unit) {
    unit.destroyForcibly();
    unitsKilled++;
  }

  /** Units killed since the agent was started. */
  public int unitsKilled() {
    return unitsKilled;
  }

  /** SIGSTOP to a unit. */
  public boolean holdStill(ProcessHandle unit) throws IOException {
    return control.pause(unit);
  }

  /** SIGKILL to the agent itself. */
  public void kill() {
    units();
    process().kill();
  }

  /** Every process of a unit that was ever seen here. */
  public Set<ProcessHandle> seen() {
    return Set.copyOf(seen);
  }

  public String donor() {
    return donor;
  }

  public Status status() throws IOException {
    return new StatusFile(home, new FsyncDisk()).read().orElseThrow();
  }

  /** Leases of which the agent said that they are finished, which it says when they are durable. */
  public Set<String> finished() throws IOException {
    Set<String> leases = new TreeSet<>();
    Matcher lines = FINISHED.matcher(Files.readString(output()));
    while (lines.find()) {
      leases.add(lines.group(1));
    }
    return leases;
  }

  /** All it holds a receipt for, line by line. */
  public List<UsageOpening> openings() throws IOException {
    List<UsageOpening> openings = new ArrayList<>();
    for (Path place : LivingFolder.paths(home.resolve("origins"))) {
      if (place.endsWith(AgentShelf.DIRECTORY)) {
        AgentShelf shelf = new AgentShelf(place, new FsyncDisk(), pinned);
        for (long seq : shelf.list()) {
          KeptReceipt kept = shelf.report(seq).orElseThrow();
          for (LineProof line : kept.receipt().lines()) {
            openings.add(new UsageOpening(line.leaf(), line.salt(), line.part(), kept.record()));
          }
        }
      }
    }
    return openings;
  }

  @Override
  public void close() {
    process.ifPresent(AlmonerProcess::close);
    seen.forEach(ProcessHandle::destroyForcibly);
  }
}
