package org.almoner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.Receipted;
import org.almoner.coordinator.ignite.IgniteStores;
import org.almoner.coordinator.opening.FileKeyShelf;
import org.almoner.ledger.check.LogCheck;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.lease.BatchId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole flow on the durable store, closed and opened again in its midst. */
class IgniteFlowTests {
  private static final long REGION_BYTES = 64L << 20;

  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedIsThereAfterReopeningAndTheFlowGoesOn() throws Exception {
    Bench bench = new Bench();
    StubAgent a;
    StubAgent b;
    StubAgent.Granted second;
    StubAgent.Report report;
    Receipted first;
    DonorId donor;
    BatchId batch;
    try (IgniteStores ignite = IgniteStores.open(folder, REGION_BYTES)) {
      bench.stores = ignite.stores();
      bench.open().approveOwner();
      batch = bench.submit(20);
      a = bench.agent(11);
      b = bench.agent(12);
      donor = bench.link(a);
      StubAgent.Granted granted = a.lease(bench.desk(), 20);
      second = b.lease(bench.desk(), 20);
      bench.clock.pass(Duration.ofSeconds(1));
      report = a.honest(granted);
      first = a.send(bench.desk(), report);
      bench.close();
    }
    try (IgniteStores ignite = IgniteStores.open(folder, REGION_BYTES)) {
      bench.stores = ignite.stores();
      bench.open();
      assertThat(bench.desk().report(report.envelope(), report.outputs(), 0).join())
          .isEqualTo(first);
      assertThat(bench.desk().batches().get(0).leased()).isEqualTo(20);
      b.send(bench.desk(), b.honest(second));
      BatchView view = bench.desk().batches().get(0);
      assertThat(view.accepted()).isEqualTo(20);
      assertThat(bench.desk().results(batch, 0, 100)).hasSize(20);
      assertThat(bench.desk().openings(donor)).hasSize(20);
      bench.clock.pass(Duration.ofDays(2));
      assertThat(bench.desk().settle().join()).isEqualTo(40);
      assertThat(LogCheck.run(bench.stores.log(), bench.checkpoint())).isEmpty();
      bench.close();
    }
  }

  @Test
  void noFileOfTheStoreEverHeldWhatOpensAnEntry() throws Exception {
    Bench bench = new Bench();
    Path keys = folder.resolve("keys").resolve(FileKeyShelf.FILE);
    bench.openings = new FileKeyShelf(keys);
    List<byte[]> secrets = new ArrayList<>();
    byte[] public64;
    try (IgniteStores ignite = IgniteStores.open(folder.resolve("store"), REGION_BYTES)) {
      bench.stores = ignite.stores();
      bench.open().approveOwner();
      bench.submit(5);
      StubAgent a = bench.agent(11);
      DonorId donor = bench.link(a);
      StubAgent.Granted granted = a.lease(bench.desk(), 5);
      bench.clock.pass(Duration.ofSeconds(1));
      StubAgent.Report report = a.honest(granted);
      Receipted receipted = a.send(bench.desk(), report);
      receipted.proven().forEach(proven -> secrets.add(proven.salt().toArray()));
      secrets.add(report.envelope().payload().toArray());
      secrets.add("\"memReservedBytes\"".getBytes(StandardCharsets.US_ASCII));
      bench.desk().logStatement(donor, Bytes.utf8("{\"statement\":\"of Ada\"}")).join();
      secrets.add("of Ada".getBytes(StandardCharsets.US_ASCII));
      public64 = bench.entries().get((int) receipted.proven().get(0).leaf()).body().toArray();
      byte[] held = Files.readAllBytes(keys);
      for (int at = 64; at < held.length; at += 64) {
        secrets.add(Arrays.copyOfRange(held, at + 24, at + 56));
      }
      assertThat(bench.desk().erase(donor, "asked", true).join()).isEqualTo(2);
      bench.close();
    }
    assertThat(filesWith(public64)).as("the search finds what is there").isNotEmpty();
    for (byte[] secret : secrets) {
      assertThat(filesWith(secret)).as(Bytes.of(secret).toHex()).isEmpty();
    }
  }

  /** Files below the folder that contain these octets. */
  private List<Path> filesWith(byte[] wanted) throws Exception {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (contains(Files.readAllBytes(file), wanted)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static boolean contains(byte[] octets, byte[] wanted) {
    for (int at = 0; at + wanted.length <= octets.length; at++) {
      if (octets[at] == wanted[0]
          && Arrays.equals(octets, at, at + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}
