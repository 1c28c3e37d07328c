package org.almoner.coordinator.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.almoner.coordinator.Stores;
import org.almoner.coordinator.http.RouteClass;
import org.almoner.coordinator.memory.MemoryLog;
import org.almoner.coordinator.memory.MemoryRegister;
import org.almoner.coordinator.memory.MemoryRows;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.problem.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetersTests {
  private final Meters meters = new Meters();

  @AfterEach
  void close() {
    meters.close();
  }

  @Test
  void requestsAreCountedByWhatTheyAreForAndHowTheyEnd() {
    meters.answered(RouteClass.LEASES, 200, Duration.ofMillis(2));
    meters.answered(RouteClass.LEASES, 200, Duration.ofMillis(4));
    meters.answered(RouteClass.REPORTS, 409, Duration.ofMillis(4));
    assertThat(meters.text())
        .contains("almoner_http_answers_total{route=\"leases\",status=\"200\"} 2.0\n")
        .contains("almoner_http_answers_total{route=\"reports\",status=\"409\"} 1.0\n")
        .contains("almoner_http_request_seconds_count{route=\"leases\"} 2\n");
  }

  @Test
  void refusalsAreCountedByReasonAndReasonsAreBounded() {
    for (int i = 0; i < 1_000; i++) {
      meters.refused(new Problem(409, "reason-" + i, "No", "no"));
    }
    meters.refused(new Problem(409, "reason-7", "No", "no"));
    String text = meters.text();
    assertThat(text).contains("almoner_http_refused_total{reason=\"reason-7\"} 2.0\n");
    assertThat(text).contains("almoner_http_refused_total{reason=\"other\"} 800.0\n");
    assertThat(text.lines().filter(line -> line.startsWith("almoner_http_refused_total{")))
        .hasSize(201);
  }

  @Test
  void writesOfTheStoresAreTimed() throws Exception {
    Stores stores =
        TimedStores.of(new Stores(new MemoryRows(), new MemoryLog(), new MemoryRegister()), meters);
    SortedMap<String, Bytes> rows = new TreeMap<>();
    rows.put("unit/1", Bytes.utf8("one"));
    stores.rows().putAll(rows);
    assertThat(stores.rows().get("unit/1")).contains(Bytes.utf8("one"));
    assertThat(meters.text()).contains("almoner_store_rows_seconds_count 1\n");
  }

  @Test
  void whatIsAskedForIsAskedAtEachLook() {
    int[] size = {3};
    meters.gauge("almoner.disk.free.bytes", "Room", size, s -> s[0]);
    assertThat(meters.text()).contains("\nalmoner_disk_free_bytes 3.0\n");
    size[0] = 4;
    assertThat(meters.text()).contains("\nalmoner_disk_free_bytes 4.0\n");
  }

  @Test
  void noLabelIsAPath() {
    assertThat(RouteClass.values()).hasSizeLessThan(20);
    assertThat(RouteClass.of("/api/v1/batches/00112233445566aa")).isEqualTo(RouteClass.BATCHES);
    assertThat(RouteClass.of("/metrics")).isEqualTo(RouteClass.HEALTH);
    assertThat(RouteClass.of("/me/documents/1/pdf")).isEqualTo(RouteClass.ME);
    assertThat(RouteClass.of("/nowhere/Ada")).isEqualTo(RouteClass.OTHER);
  }
}
