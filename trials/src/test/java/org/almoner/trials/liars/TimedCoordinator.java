package org.almoner.trials.liars;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.almoner.agent.origin.Pinned;
import org.almoner.coordinator.Config;
import org.almoner.coordinator.Coordinator;
import org.almoner.coordinator.Stores;
import org.almoner.coordinator.batch.BlobShelf;
import org.almoner.coordinator.blob.Blobs;
import org.almoner.coordinator.http.HttpFace;
import org.almoner.coordinator.http.HttpLimits;
import org.almoner.coordinator.http.HttpSettings;
import org.almoner.coordinator.http.Listen;
import org.almoner.coordinator.http.page.IssuedDocuments;
import org.almoner.coordinator.http.rate.RateLimits;
import org.almoner.coordinator.keys.Keys;
import org.almoner.coordinator.memory.MemoryKeyShelf;
import org.almoner.coordinator.memory.MemoryLog;
import org.almoner.coordinator.memory.MemoryRegister;
import org.almoner.coordinator.memory.MemoryRows;
import org.almoner.coordinator.opening.KeyShelf;
import org.almoner.ledger.http.LogResource;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Allotment;
import org.almoner.trials.world.Caller;
import org.almoner.trials.world.Project;
import org.almoner.workload.batch.BatchUnits;
import org.almoner.workload.wasm.WasmModule;

/**
 * A whole coordinator with its HTTP, in this JVM, whose clock runs and can be set forward. What it
 * stores survives a restart.
 */
public final class TimedCoordinator implements AutoCloseable {
  public static final String ORIGIN = "log.example.org/2026";

  private static final Duration MATURITY = Duration.ofDays(14);

  private static final String OPERATOR = "o".repeat(64);

  private final SecureRandom random = new SecureRandom();
  private final Stores stores = new Stores(new MemoryRows(), new MemoryLog(), new MemoryRegister());
  private final KeyShelf openings = new MemoryKeyShelf();
  private final Keys keys = new Keys(SigningKey.generate(random), SigningKey.generate(random));
  private final Blobs inputs;
  private final Blobs outputs;
  private final Project project;
  private Duration ahead = Duration.ZERO;
  private Coordinator coordinator;
  private HttpFace face;
  private Caller anyone;
  private String ownerToken;

  /**
   * Opens one, with an owner whose release is uploaded.
   *
   * @param files that a unit must leave
   */
  public TimedCoordinator(Path folder, String... files) throws Exception {
    inputs = Blobs.open(folder.resolve("inputs"), 0);
    outputs = Blobs.open(folder.resolve("outputs"), 0);
    Project one = Project.of(ORIGIN, SigningKey.generate(random), files[0]);
    project = new Project(ORIGIN, one.owner(), one.module(), List.of(files));
    open();
    ownerToken = operator().approveOwner("Institute", project.owner().publicKey());
    // On a connection of its own: what is asked right behind an upload may wait for its body.
    project.upload(Caller.anyone(address()).with(ownerToken));
  }

  private void open() throws Exception {
    InstantSource clock = () -> Clock.systemUTC().instant().plus(ahead);
    Config config =
        Config.of(ORIGIN, "almoner/trial", WasmModule.METER_VERSION)
            .withMaturity(MATURITY)
            .withOpenPeriod(true)
            .withLeaseMin(Duration.ofDays(1))
            .withRetry(Duration.ofSeconds(1));
    coordinator =
        Coordinator.open(
            config,
            stores,
            openings,
            new Shelf(inputs, outputs),
            (module, allotment) -> Optional.empty(),
            keys,
            clock,
            random);
    face =
        HttpFace.start(
            new HttpSettings(
                Listen.plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                HttpLimits.standard(),
                new RateLimits(RateLimits.MAX, RateLimits.MAX, List.of()),
                Hash.sha256(OPERATOR.getBytes(StandardCharsets.UTF_8)),
                URI.create("https://source.example/almoner")),
            coordinator,
            inputs,
            outputs,
            new HttpFace.Shown(Optional::empty, stores.log(), new NoDocuments()),
            List.of(new LogResource(stores.log(), stores.register()::read, () -> Rotations.NONE)),
            InstantSource.system(),
            random);
    anyone = Caller.anyone(URI.create("http://127.0.0.1:" + face.address().getPort() + "/"));
  }

  /** Stops it and opens it again on what it stored. */
  public void restart() throws Exception {
    close();
    open();
  }

  @Override
  public void close() {
    face.close();
    coordinator.close();
  }

  public URI address() {
    return anyone.base();
  }

  public Caller anyone() {
    return anyone;
  }

  public Caller operator() {
    return anyone.with(OPERATOR);
  }

  public Caller owner() {
    return anyone.with(ownerToken);
  }

  public Pinned pinned() throws Exception {
    return Pinned.parse(anyone.get("/api/v1/origin").good().fields());
  }

  /** Submits so many units of ten numbers each; returns the batch's name. */
  public String submit(String purpose, int units) throws IOException {
    Envelope batch =
        project.batch(
            "A trial of liars. " + purpose,
            new BatchUnits.Range(1, units * 10L, 10),
            new Allotment(1, 16 << 20, 1 << 20, 60_000));
    return Caller.text(project.submit(owner(), batch).good(), "batch");
  }

  /** Opens an account. */
  public DonorId donor() throws IOException {
    Caller.Reply reply = operator().post("/api/v1/operator/accounts", JsonValue.Obj.of().build());
    return DonorId.parseHex(Caller.text(reply.good(), "donor"));
  }

  public void pass(Duration time) {
    ahead = ahead.plus(time);
  }

  /** Lets everything logged so far mature, and settles it. */
  public void settle() throws IOException {
    pass(MATURITY.plusDays(1));
    operator().settle();
  }

  /** What an auditor is given of one donor. */
  public List<UsageOpening> openings(DonorId donor) {
    return coordinator.openings(donor).stream()
        .map(o -> new UsageOpening(o.leaf(), o.salt(), o.part(), o.report()))
        .toList();
  }

  /** Reports kept as evidence. */
  public long evidence() throws IOException {
    java.util.concurrent.atomic.AtomicLong found = new java.util.concurrent.atomic.AtomicLong();
    stores.rows().scan("evidence/", (key, row) -> found.incrementAndGet());
    return found.get();
  }

  /** Inputs and outputs in their folders. */
  private record Shelf(Blobs inputs, Blobs outputs) implements BlobShelf {
    @Override
    public OptionalLong size(Hash digest) throws IOException {
      return inputs.size(digest);
    }

    @Override
    public Optional<InputStream> open(Hash digest) throws IOException {
      return inputs.read(digest).map(Channels::newInputStream);
    }

    @Override
    public Optional<InputStream> openSent(AgentId agent, Hash digest) throws IOException {
      Optional<FileChannel> sent =
          outputs.senders().contains(agent, digest) ? outputs.read(digest) : Optional.empty();
      return sent.map(Channels::newInputStream);
    }
  }

  private static final class NoDocuments implements IssuedDocuments {
    @Override
    public List<Issued> of(DonorId donor) {
      return List.of();
    }

    @Override
    public Optional<Bytes> file(DonorId donor, String number, Part part) {
      return Optional.empty();
    }
  }
}
