package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.almoner.agent.outbox.Chain;
import org.almoner.coordinator.Config;
import org.almoner.coordinator.Coordinator;
import org.almoner.coordinator.Stores;
import org.almoner.coordinator.batch.BlobShelf;
import org.almoner.coordinator.desk.LeaseReply;
import org.almoner.coordinator.desk.LineOpening;
import org.almoner.coordinator.desk.Proven;
import org.almoner.coordinator.keys.Keys;
import org.almoner.coordinator.memory.MemoryKeyShelf;
import org.almoner.coordinator.memory.MemoryLog;
import org.almoner.coordinator.memory.MemoryRegister;
import org.almoner.coordinator.memory.MemoryRows;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.trials.load.Rule;
import org.almoner.trials.load.SigningAgent;
import org.almoner.trials.world.Project;
import org.almoner.trials.world.SeededRandom;
import org.almoner.workload.batch.BatchUnits;
import org.almoner.workload.wasm.WasmModule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two coordinators live through the same two days; only the donors' names, the agents' keys and the
 * hour differ. Whoever reads their logs must not be able to tell which is which, but by hashes.
 */
class PrivacyTest {
  private static final String ORIGIN = "log.example.org/2026";
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  private static Run morning;
  private static Run evening;

  @BeforeAll
  static void live() throws Exception {
    morning = new Run(List.of("Ada Lovelace", "Grace Hopper", "Mary Somerville"), 100, 6);
    evening = new Run(List.of("Emmy Noether", "Sofja Kowalewskaja", "Lise Meitner"), 900, 21);
  }

  @Test
  void theLogsHaveTheSameKindsAtTheSameIndexes() {
    assertThat(evening.entries).extracting(Entry::kind).isEqualTo(kinds(morning));
    assertThat(Set.copyOf(kinds(morning)))
        .as("the trial is of every kind that this version logs")
        .containsExactlyInAnyOrder(
            Kind.ENROLMENT,
            Kind.USAGE,
            Kind.STATEMENT,
            Kind.RECEIPT,
            Kind.RELEASE,
            Kind.SETTLEMENT,
            Kind.DAY,
            Kind.POLICY,
            Kind.CHECK_SECRET,
            Kind.LINK);
  }

  @Test
  void whatStandsInClearIsTheSameOctetForOctet() {
    for (int leaf = 0; leaf < morning.entries.size(); leaf++) {
      Entry entry = morning.entries.get(leaf);
      if (entry.kind().isCommitment()) {
        assertThat(evening.entries.get(leaf).body())
            .as("commitment at leaf " + leaf)
            .isNotEqualTo(entry.body())
            .matches(body -> body.size() == Hash.SIZE);
      } else {
        assertThat(evening.entries.get(leaf)).as("leaf " + leaf).isEqualTo(entry);
      }
    }
  }

  @Test
  void thePublicResourcesHaveTheSameNamesAndSizes() {
    assertThat(sizes(evening)).isEqualTo(sizes(morning));
    assertThat(evening.checkpoint.size()).isEqualTo(morning.checkpoint.size());
    assertThat(evening.checkpoint.origin()).isEqualTo(morning.checkpoint.origin());
  }

  @Test
  void nobodyIsNamedInThePublicOctets() {
    for (Run run : List.of(morning, evening)) {
      assertThat(run.secrets.found(run.publicOctets.values())).isEmpty();
    }
  }

  @Test
  void theSameSearchFindsThemInWhatIsPrivate() {
    for (Run run : List.of(morning, evening)) {
      assertThat(run.secrets.found(run.openings))
          .contains("agent 0", "key of agent 0", "moment of grant 0")
          .contains("name of donor 0", "donor 0");
    }
  }

  @Test
  void noTimeFinerThanADayStandsInClear() throws Exception {
    long dayMs = DAY.minusDays(30).toEpochDay() * 86_400_000L;
    for (Entry entry : morning.entries) {
      if (!entry.kind().isCommitment()) {
        String text = new String(entry.body().toArray(), StandardCharsets.UTF_8);
        assertThat(text).doesNotContainPattern("[0-9]{2}:[0-9]{2}");
        for (long number : numbers(CanonicalJson.parse(entry.body().toArray()))) {
          assertThat(number).as(text).isLessThan(dayMs / 1_000);
        }
      }
    }
  }

  private static List<Kind> kinds(Run run) {
    return run.entries.stream().map(Entry::kind).toList();
  }

  private static Map<String, Integer> sizes(Run run) {
    Map<String, Integer> sizes = new TreeMap<>();
    run.publicOctets.forEach((name, octets) -> sizes.put(name, octets.length));
    return sizes;
  }

  private static List<Long> numbers(JsonValue value) {
    List<Long> numbers = new ArrayList<>();
    if (value instanceof JsonValue.Int number) {
      numbers.add(number.value());
    } else if (value instanceof JsonValue.Array array) {
      array.items().forEach(item -> numbers.addAll(numbers(item)));
    } else if (value instanceof JsonValue.Obj object) {
      object.fields().values().forEach(field -> numbers.addAll(numbers(field)));
    }
    return numbers;
  }

  /** Words that must not be found, with what each gives away. */
  private static final class Secrets {
    private final Map<String, byte[]> words = new HashMap<>();

    void add(String what, String word) {
      words.put(what, word.getBytes(StandardCharsets.UTF_8));
    }

    /** Both as octets and as people write them. */
    void add(String what, byte[] octets) {
      words.put(what + ", as octets", octets);
      add(what, Bytes.of(octets).toHex());
    }

    Set<String> found(Iterable<byte[]> places) {
      Set<String> found = new TreeSet<>();
      for (byte[] place : places) {
        String text = new String(place, StandardCharsets.ISO_8859_1);
        words.forEach(
            (what, word) -> {
              if (text.contains(new String(word, StandardCharsets.ISO_8859_1))) {
                found.add(what);
              }
            });
      }
      return found;
    }
  }

  /** One life of a coordinator: everything it published, and what must not be among it. */
  private static final class Run {
    final Secrets secrets = new Secrets();
    final Map<String, byte[]> publicOctets = new TreeMap<>();
    final List<byte[]> openings = new ArrayList<>();
    final List<Entry> entries = new ArrayList<>();
    final Checkpoint checkpoint;

    private final MutableClock clock;
    private final MemoryLog log = new MemoryLog();
    private final MemoryRegister register = new MemoryRegister();
    private final List<SigningAgent> agents = new ArrayList<>();
    private final Map<SigningAgent, Chain> chains = new HashMap<>();
    private final Random requests = new Random(5);

    Run(List<String> names, long agentSeed, int hour) throws Exception {
      SeededRandom random = new SeededRandom(1);
      clock = new MutableClock(DAY.atTime(hour, 17).toInstant(java.time.ZoneOffset.UTC));
      Keys keys = new Keys(SigningKey.generate(random), SigningKey.generate(random));
      Project project = Project.of(ORIGIN, SigningKey.generate(random), Rule.FILE);
      Config config = Config.of(ORIGIN, "almoner/0.1.0", WasmModule.METER_VERSION);
      String logKey;
      try (Coordinator desk =
          Coordinator.open(
              config.withMaturity(Duration.ofDays(1)),
              new Stores(new MemoryRows(), log, register),
              new MemoryKeyShelf(),
              new OneBlob(project.module()),
              (module, allotment) -> Optional.empty(),
              keys,
              clock,
              random)) {
        logKey = desk.about().logKey();
        live(desk, project, names, new SeededRandom(agentSeed));
      }
      VerifierKey verifier = VerifierKey.parse(logKey);
      String note = register.read().orElseThrow();
      checkpoint = SignedCheckpoint.open(note, ORIGIN, List.of(verifier)).checkpoint();
      publish(note);
    }

    private void live(Coordinator desk, Project project, List<String> names, SeededRandom seeds)
        throws Exception {
      desk.approveOwner("Institute", project.owner().publicKey()).join();
      Envelope batch =
          project.batch(
              "Two replicas of each unit, and a lie.",
              new BatchUnits.Range(1, 60, 10),
              new Allotment(1, 1 << 20, 1 << 20, 60_000));
      desk.submit(batch, project.release()).join();
      List<DonorId> donors = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        donors.add(desk.openAccount().join().donor());
        secrets.add("name of donor " + i, names.get(i));
        secrets.add("donor " + i, donors.get(i).toHex());
      }
      for (int i = 0; i < names.size() + 1; i++) {
        enrol(desk, i, new SigningAgent(ORIGIN, SigningKey.generate(seeds)));
        clock.pass(Duration.ofMinutes(7));
      }
      for (int i = 0; i < names.size(); i++) {
        work(desk, agents.get(i), i == 0);
        String code = desk.drawCode(donors.get(i)).join();
        desk.link(agents.get(i).link(code)).join();
        clock.pass(Duration.ofMinutes(3));
      }
      work(desk, agents.get(names.size()), false);
      clock.pass(Duration.ofDays(1).plusMinutes(1));
      assertThat(desk.settle().join()).isPositive();
      clock.pass(Duration.ofDays(1));
      for (int i = 0; i < names.size(); i++) {
        Bytes record = statement(names.get(i), donors.get(i));
        openings.add(record.toArray());
        desk.logStatement(donors.get(i), record).join();
        desk.logReceipt(donors.get(i), record).join();
        for (LineOpening opening : desk.openings(donors.get(i))) {
          openings.add(opening.report().payload().toArray());
        }
      }
    }

    private void enrol(Coordinator desk, int number, SigningAgent agent) {
      agents.add(agent);
      chains.put(agent, Chain.START);
      secrets.add("agent " + number, Bytes.parseHex(agent.id().toHex()).toArray());
      secrets.add("key of agent " + number, agent.key().publicKey().toArray());
      Envelope enrolment = agent.enrolment();
      openings.add(enrolment.payload().toArray());
      desk.enrol(enrolment).join();
    }

    private void work(Coordinator desk, SigningAgent agent, boolean lies) {
      LeaseReply reply = desk.lease(agent.request(4, requests)).join();
      Envelope granted =
          reply.match(
              LeaseReply.Granted::grant,
              none -> {
                throw new AssertionError(none.reason());
              });
      secrets.add(
          "moment of grant " + agents.indexOf(agent),
          Long.toString(SigningAgent.grant(granted).issuedMs()));
      clock.pass(Duration.ofSeconds(11));
      List<UsageLine> lines = new ArrayList<>();
      Map<Hash, Bytes> outputs = new HashMap<>();
      for (Lease lease : SigningAgent.grant(granted).leases()) {
        OutputBundle output =
            lies && lines.isEmpty() ? new OutputBundle(List.of()) : Rule.output(lease);
        outputs.put(output.digest(), Bytes.of(output.encode()));
        lines.add(SigningAgent.line(granted, lease, output));
      }
      Chain chain = chains.get(agent);
      Envelope report = agent.report(chain, lines);
      for (Proven proven : desk.report(report, outputs, 0).join().proven()) {
        secrets.add("salt of leaf " + proven.leaf(), proven.salt().toArray());
      }
      chains.put(agent, Chain.after(chain.seq(), report.digest()));
    }

    private static Bytes statement(String name, DonorId donor) {
      return CanonicalJson.bytes(
          JsonValue.Obj.of().put("donor", donor.toHex()).put("name", name).build());
    }

    private void publish(String note) throws Exception {
      publicOctets.put("checkpoint", note.getBytes(StandardCharsets.UTF_8));
      long size = checkpoint.size();
      for (int level = TilePath.ENTRIES; TilePath.count(level, size) > 0; level++) {
        for (long item = 0; item < TilePath.count(level, size); item += TilePath.FULL) {
          TilePath path = TilePath.holding(level, item, size).orElseThrow();
          publicOctets.put(path.toString(), log.find(path).orElseThrow().toArray());
        }
      }
      LogReader reader = new LogReader(log);
      for (long leaf = 0; leaf < size; leaf++) {
        entries.add(Entry.parse(reader.entry(leaf, size)));
      }
    }
  }

  /** Stands still until it is set forward. */
  private static final class MutableClock implements InstantSource {
    private volatile Instant now;

    MutableClock(Instant start) {
      this.now = start;
    }

    @Override
    public Instant instant() {
      return now;
    }

    void pass(Duration time) {
      now = now.plus(time);
    }
  }

  /** A shelf with one module on it. */
  private record OneBlob(Bytes octets) implements BlobShelf {
    @Override
    public OptionalLong size(Hash digest) {
      return open(digest).isPresent() ? OptionalLong.of(octets.size()) : OptionalLong.empty();
    }

    @Override
    public Optional<InputStream> open(Hash digest) {
      return digest.equals(Hash.sha256(octets.toArray()))
          ? Optional.of(new ByteArrayInputStream(octets.toArray()))
          : Optional.empty();
    }

    @Override
    public Optional<InputStream> openSent(AgentId agent, Hash digest) {
      return Optional.empty();
    }
  }
}
