package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.almoner.coordinator.desk.LeaseReply;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.LeaseRequest;
import org.almoner.protocol.lease.Platform;
import org.almoner.protocol.lease.PlatformFiles;
import org.almoner.protocol.lease.Program;
import org.almoner.protocol.release.Build;
import org.almoner.protocol.release.Release;
import org.almoner.workload.batch.BatchSpec;
import org.almoner.workload.batch.BatchUnits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which engine a replica is wished to run on, and who is given what. */
class PairingTests {
  private static final List<Engine> BOTH = List.of(Engine.FAST, Engine.PORTABLE);
  private static final Platform LINUX = new Platform("linux-x86_64");

  private final Bench bench = new Bench();
  private int requests;

  @BeforeEach
  void open() {
    bench.open();
    bench.approveOwner();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Envelope request(StubAgent agent, int want, List<Engine> engines, Platform... platforms) {
    byte[] name = new byte[LeaseRequest.ID_SIZE];
    name[0] = (byte) ++requests;
    LeaseRequest request =
        new LeaseRequest(
            Bench.ORIGIN,
            agent.id,
            Bytes.of(name),
            want,
            4,
            1L << 30,
            1L << 30,
            0,
            "",
            List.of(),
            engines,
            List.of(platforms));
    return Envelope.sign(Envelope.Kind.LEASE_REQUEST, request.toJson(), agent.key);
  }

  private List<Lease> leased(StubAgent agent, int want, List<Engine> engines) {
    return StubAgent.granted(bench.desk(), request(agent, want, engines)).grant().leases();
  }

  @Test
  void theSecondReplicaIsWishedOntoTheOtherEngine() {
    bench.submit(120);
    assertThat(leased(bench.agent(1), 60, BOTH)).allMatch(l -> l.engines().isEmpty());
    List<Lease> second = leased(bench.agent(2), 60, BOTH);
    assertThat(second).filteredOn(l -> l.id().replica() == 1).isNotEmpty();
    assertThat(second)
        .filteredOn(l -> l.id().replica() == 1)
        .allMatch(l -> l.engines().equals(List.of(Engine.PORTABLE)));
  }

  @Test
  void aComputerWithOneEngineIsAskedForNothing() {
    bench.submit(10);
    leased(bench.agent(1), 10, BOTH);
    assertThat(leased(bench.agent(2), 10, List.of(Engine.FAST)))
        .allMatch(l -> l.engines().isEmpty());
  }

  @Test
  void aSecondOneThatTakesTheOtherEngineByItselfIsAskedForNothing() {
    bench.submit(10);
    leased(bench.agent(1), 10, List.of(Engine.PORTABLE));
    assertThat(leased(bench.agent(2), 10, BOTH)).allMatch(l -> l.engines().isEmpty());
  }

  @Test
  void theSameRequestGetsTheSameWishAfterARestart() {
    bench.submit(10);
    leased(bench.agent(1), 10, BOTH);
    StubAgent agent = bench.agent(2);
    Envelope request = request(agent, 10, BOTH);
    var before = StubAgent.granted(bench.desk(), request);
    assertThat(before.grant().leases()).anyMatch(l -> !l.engines().isEmpty());
    bench.reopen();
    assertThat(StubAgent.granted(bench.desk(), request)).isEqualTo(before);
  }

  @Test
  void onlySomeOfTheLaterUnitsAreRunOnBoth() {
    bench.submit(400);
    List<StubAgent> agents = IntStream.range(1, 40).mapToObj(bench::agent).toList();
    List<Lease> leases = new ArrayList<>();
    for (StubAgent agent : agents) {
      LeaseReply reply = bench.desk().lease(request(agent, 64, BOTH)).join();
      reply.match(
          granted -> leases.addAll(StubAgent.Granted.of(granted.grant()).grant().leases()),
          none -> false);
    }
    assertThat(leases).hasSizeGreaterThan(700);
    assertThat(leases)
        .filteredOn(l -> l.id().unit() >= 100 && l.id().replica() == 1)
        .isNotEmpty()
        .allMatch(l -> l.engines().isEmpty() == (l.id().unit() % 16 != 0));
  }

  @Test
  void aNativeProgramGoesOnlyWhereItsPlatformAndASandboxAre() {
    byte[] octets = StubAgent.utf8("a native program");
    bench.blobs.put(octets);
    BlobRef file = new BlobRef("adder", Hash.sha256(octets), octets.length);
    Release release =
        new Release(
            "adder",
            "1",
            "MIT",
            "https://example.org/adder",
            "ab".repeat(20),
            "cc",
            new Program.Native(List.of(new PlatformFiles(LINUX, List.of(file)))),
            List.of("{first}"),
            Build.UNSTATED,
            new Allotment(2, 1 << 20, 1 << 20, 60_000));
    Envelope signed = Envelope.sign(Envelope.Kind.RELEASE, release.toJson(), bench.ownerKey);
    BatchSpec spec =
        new BatchSpec(
            Bench.ORIGIN,
            "adder",
            "Add the numbers of a range, for a test.",
            signed.digest(),
            new BatchUnits.Range(1, 40, 10),
            List.of(),
            new Allotment(2, 1 << 20, 1 << 20, 60_000),
            List.of(StubAgent.FILE),
            2);
    bench.desk().submit(bench.sign(spec), signed).join();
    StubAgent agent = bench.agent(1);
    for (Envelope request :
        List.of(
            request(agent, 4, BOTH),
            request(agent, 4, BOTH, LINUX),
            request(agent, 4, List.of(Engine.NATIVE)),
            request(agent, 4, List.of(Engine.NATIVE), new Platform("linux-aarch64")))) {
      assertThat(bench.desk().lease(request).join().match(granted -> "", LeaseReply.NoWork::reason))
          .isNotEmpty();
    }
    var granted = StubAgent.granted(bench.desk(), request(agent, 4, List.of(Engine.NATIVE), LINUX));
    assertThat(granted.grant().workOf(granted.lease(0).id()).program())
        .isEqualTo(release.program());
  }
}
