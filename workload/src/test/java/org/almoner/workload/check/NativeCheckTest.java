package org.almoner.workload.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.Platform;
import org.almoner.protocol.lease.Program;
import org.almoner.workload.spec.Fault;
import org.almoner.workload.spec.Faults;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workloads whose software is native. */
class NativeCheckTest {
  private static final int X86_64 = 62;
  private static final int AARCH64 = 183;
  private static final int EXECUTABLE = 2;

  @TempDir Path folder;

  @BeforeEach
  void programs() throws IOException {
    Files.write(folder.resolve("fold"), elf(X86_64, EXECUTABLE, 1));
    Files.write(folder.resolve("fold-arm"), elf(AARCH64, EXECUTABLE, 1));
    Files.write(folder.resolve("linked"), elf(X86_64, 3, 3));
    Files.write(folder.resolve("object.o"), elf(X86_64, 1, 1));
    Files.writeString(folder.resolve("script"), "#!/bin/sh\n");
    Files.writeString(folder.resolve("forces.txt"), "forces");
  }

  /** A header and one segment of the kind {@code segment}. */
  private static byte[] elf(int machine, int type, int segment) {
    ByteBuffer octets = ByteBuffer.allocate(64 + 56).order(ByteOrder.LITTLE_ENDIAN);
    octets.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    octets.putShort(16, (short) type).putShort(18, (short) machine);
    octets.putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 1);
    return octets.putInt(64, segment).array();
  }

  private CheckedWorkload check(String files) throws Faults, IOException {
    Path file = folder.resolve("workload.yaml");
    Files.writeString(
        file,
        """
        apiVersion: almoner/v1
        name: folding-pilot
        purpose: Fold small proteins with a program that needs the processor's vectors.
        release:
          name: fold
          version: 1.0
          license: MIT
          source: {repository: https://example.org/fold, commit: %s}
          build: {commands: [make], result: fold}
          runtime: native
          files: %s
          args: ["{first}"]
        units: {range: {from: 1, to: 10, step: 1}}
        needs: {memory: 64MiB, disk: 1MiB, atMost: 10m}
        accept: {agree: 2}
        outputs: [fold.pdb]
        """
            .formatted("1".repeat(40), files));
    return WorkloadCheck.check(file);
  }

  private List<String> faults(String files) {
    Faults faults = catchThrowableOfType(Faults.class, () -> check(files));
    assertThat(faults).isNotNull();
    return faults.faults().stream().map(Fault::toString).toList();
  }

  @Test
  void filesOfEachPlatformAreDigestedAndKeepTheirNames() throws Exception {
    CheckedWorkload checked =
        check("{linux-x86_64: [fold, forces.txt], linux-aarch64: [fold-arm, forces.txt]}");

    Program.Native program = (Program.Native) checked.release().program();
    assertThat(program.on(new Platform("linux-x86_64")).orElseThrow().files())
        .extracting(BlobRef::name)
        .containsExactly("fold", "forces.txt");
    assertThat(program.files()).hasSize(4);
    assertThat(checked.files()).hasSize(3); // the table is one content
    assertThat(checked.warnings()).isEmpty();
  }

  @Test
  void aProgramForAnotherProcessorIsNamed() {
    assertThat(faults("{linux-x86_64: [fold-arm]}"))
        .containsExactly(
            "11:26  release.files.linux-x86_64[0]: fold-arm is not a program for linux-x86_64: build"
                + " it for that processor");
  }

  @Test
  void whatIsNoProgramIsNamed() {
    assertThat(faults("{linux-x86_64: [forces.txt]}").get(0))
        .endsWith("forces.txt is no program: name one compiled for linux-x86_64, an ELF file");
    assertThat(faults("{linux-x86_64: [object.o]}").get(0))
        .endsWith("object.o is an object file or a dump: link it");
    assertThat(faults("{linux-x86_64: [gone]}").get(0)).contains("gone does not exist");
  }

  @Test
  void whatDependsOnTheComputerIsAllowedWithAWarning() throws Exception {
    assertThat(check("{linux-x86_64: [linked]}").warnings())
        .singleElement()
        .asString()
        .contains("linked uses libraries of the computer it runs on");
    assertThat(check("{linux-x86_64: [script]}").warnings())
        .singleElement()
        .asString()
        .contains("script is a script");
  }
}
