package org.almoner.command.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.workload.wasm.ModuleLimits;
import org.almoner.workload.wasm.WasmModule;
import org.junit.jupiter.api.Test;

class StubReleaseTest {
  private static final BatchId BATCH = new BatchId(Bytes.parseHex("0102030405060708"));

  @Test
  void theModuleIsAdmitted() throws Exception {
    WasmModule.admit(
        StubRelease.MODULE.toArray(), new ModuleLimits(StubRelease.ALLOTMENT.memoryPages()));
  }

  @Test
  void replicasOfAUnitAgreeAndOtherUnitsDiffer() {
    StubUnit unit = StubUnit.of(new LeaseId(BATCH, 7, 0));

    assertThat(StubUnit.of(new LeaseId(BATCH, 7, 1))).isEqualTo(unit);
    assertThat(StubUnit.of(new LeaseId(BATCH, 8, 0)).digest()).isNotEqualTo(unit.digest());
  }

  @Test
  void aUnitLeavesOneFileOfOneKibibyte() throws Exception {
    OutputBundle bundle =
        OutputBundle.parse(StubUnit.of(new LeaseId(BATCH, 7, 0)).bundle().toArray());

    assertThat(bundle.files())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.path().value()).isEqualTo(StubRelease.OUTPUT);
              assertThat(file.content().size()).isEqualTo(1_024);
            });
  }
}
