package org.almoner.workload.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.release.Release;
import org.almoner.workload.batch.BatchPlan;
import org.almoner.workload.batch.BatchSpec;
import org.almoner.workload.spec.Fault;
import org.almoner.workload.spec.Faults;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadCheckTest {
  /** The least that is admitted: a page of memory and an empty {@code _start}. */
  private static final byte[] MODULE =
      HexFormat.of()
          .parseHex(
              "0061736d01000000010401600000030201000503010001"
                  + "071302066d656d6f72790200065f737461727400000a040102000b");

  private static final String COMMIT = "1".repeat(40);
  private static final String RANGE = "{range: {from: 1, to: 10, step: 3}}";

  @TempDir Path folder;

  @BeforeEach
  void aModuleAndSomeInputs() throws IOException {
    Files.createDirectories(folder.resolve("ligands"));
    Files.write(folder.resolve("dock.wasm"), MODULE);
    Files.writeString(folder.resolve("grid.txt"), "grid");
    Files.writeString(folder.resolve("ligands/b.sdf"), "b");
    Files.writeString(folder.resolve("ligands/a.sdf"), "a");
    Files.writeString(folder.resolve("ligands/readme"), "not a ligand");
  }

  @Test
  void aSoundWorkloadIsDigestedAndCounted() throws Exception {
    CheckedWorkload checked = check(RANGE, "\"{first}\", \"{last}\"");

    assertThat(checked.release().program().first().digest()).isEqualTo(Hash.sha256(MODULE));
    assertThat(batch(checked).inputs().get(0).digest())
        .isEqualTo(Hash.sha256("grid".getBytes(StandardCharsets.UTF_8)));
    assertThat(checked.plan().count()).isEqualTo(4);
    assertThat(checked.plan().unit(3).args()).containsExactly("10", "10");
    assertThat(checked.uploadBytes()).isEqualTo(MODULE.length + 4);
    assertThat(checked.coreSecondsMax()).isEqualTo(4 * 2 * 600);
    assertThat(checked.files().get(Hash.sha256(MODULE))).hasFileName("dock.wasm").isRegularFile();
    assertThat(checked.warnings()).isEmpty();
  }

  @Test
  void theExampleInTheDocsCanBeSubmittedAsItLies() throws Exception {
    CheckedWorkload checked =
        WorkloadCheck.check(Path.of("../docs/examples/mersenne/workload.yaml"));

    assertThat(checked.plan().unit(17).args()).containsExactly("4251", "4500");
    assertThat(checked.warnings()).isEmpty();
  }

  @Test
  void theExampleWithFilesCanBeSubmittedAsItLies() throws Exception {
    CheckedWorkload checked =
        WorkloadCheck.check(Path.of("../docs/examples/alignment/workload.yaml"));

    assertThat(checked.plan().count()).isEqualTo(24);
    assertThat(checked.plan().unit(23).args()).containsExactly("/in/lambda.fa", "/in/24.fq");
    assertThat(batch(checked).inputs()).hasSize(1);
    assertThat(checked.warnings()).isEmpty();
  }

  @Test
  void theSameFilesGiveTheSameBatchAndItIsTheOneACoordinatorReads() throws Exception {
    byte[] octets = CanonicalJson.encode(batch(check(RANGE, "\"{first}\"")).toJson());

    assertThat(CanonicalJson.encode(batch(check(RANGE, "\"{first}\"")).toJson())).isEqualTo(octets);
    assertThat(BatchSpec.parse(JsonFields.of(CanonicalJson.parse(octets))))
        .isEqualTo(batch(check(RANGE, "\"{first}\"")));
  }

  @Test
  void theReleaseIsOneThatAnyoneCanRead() throws Exception {
    Release release = check(RANGE, "\"{first}\"").release();

    assertThat(Release.parse(JsonFields.of(release.toJson()))).isEqualTo(release);
  }

  @Test
  void eachFileThatFitsIsAUnitInOrderOfNames() throws Exception {
    CheckedWorkload checked = check("{files: ligands/*.sdf}", "\"/in/{file}\"");

    assertThat(checked.plan().count()).isEqualTo(2);
    BatchPlan.Unit second = checked.plan().unit(1);
    assertThat(second.args()).containsExactly("/in/b.sdf");
    assertThat(second.inputs()).extracting(blob -> blob.name()).containsExactly("b.sdf");
    assertThat(checked.files()).hasSize(4);
  }

  @Test
  void eachRowOfATableIsAUnit() throws Exception {
    Files.writeString(folder.resolve("units.csv"), "seed,speed\n7,fast\n8,slow\n");
    CheckedWorkload checked = check("{table: units.csv}", "\"--seed={seed}\", \"{speed}\"");

    assertThat(checked.plan().count()).isEqualTo(2);
    assertThat(checked.plan().unit(1).args()).containsExactly("--seed=8", "slow");
    assertThat(checked.files()).as("the table is signed, not uploaded").hasSize(2);
    assertThat(BatchSpec.parse(JsonFields.of(batch(checked).toJson()))).isEqualTo(batch(checked));
    assertThat(check("{table: units.csv}", "--fast").warnings())
        .extracting(Fault::sentence)
        .containsExactly("no argument names {seed}: every unit is given the same arguments");
  }

  @Test
  void aTableThatDoesNotFitIsToldAtItsPlace() throws Exception {
    Files.writeString(folder.resolve("units.csv"), "seed,speed\n7\n");
    assertThat(faults("{table: units.csv}", "\"{seed}\""))
        .extracting(fault -> fault.line() + " " + fault.path() + " " + fault.sentence())
        .containsExactly(
            "15 units.table units.csv:2:1 has 1 values; the first line names 2 columns");
    Files.writeString(folder.resolve("units.csv"), "seed,speed\n7,fast\n");
    assertThat(faults("{table: units.csv}", "\"{seed}\", \"{sped}\""))
        .extracting(fault -> fault.line() + " " + fault.path())
        .containsExactly("13 release.args[1]");
    assertThat(faults("{table: none.csv}", "\"{seed}\""))
        .extracting(fault -> where(fault.sentence()))
        .containsExactly("none.csv does not exist");
  }

  @Test
  void whatIsMissingIsToldTogetherWithWhatIsWrittenWrongly() throws Exception {
    Files.delete(folder.resolve("dock.wasm"));
    Files.delete(folder.resolve("grid.txt"));
    Faults faults =
        catchThrowableOfType(
            Faults.class,
            () -> check("{files: ligands/*.mol}", "\"{fil}\"", "  toolchain: clang\n", "10x"));
    assertThat(faults.faults())
        .extracting(Fault::path)
        .containsExactlyInAnyOrder(
            "release.module", "release.args[0]", "inputs.grid.txt", "units.files", "needs.atMost");
  }

  @Test
  void everythingThatIsMissingIsToldAtItsPlace() throws Exception {
    Files.delete(folder.resolve("dock.wasm"));
    Files.delete(folder.resolve("grid.txt"));

    assertThat(faults("{files: ligands/*.mol}", "\"{file}\""))
        .extracting(fault -> fault.line() + " " + fault.path() + " " + where(fault.sentence()))
        .containsExactly(
            "12 release.module dock.wasm does not exist",
            "14 inputs.grid.txt grid.txt does not exist",
            "15 units.files ligands/*.mol matches nothing");
  }

  @Test
  void aModuleThatIsNoModuleIsRefused() throws Exception {
    Files.writeString(folder.resolve("dock.wasm"), "#!/bin/sh\n");

    assertThat(faults(RANGE, "\"{first}\""))
        .extracting(Fault::sentence)
        .containsExactly("dock.wasm is not a WebAssembly module: build it for WASI");
  }

  @Test
  void aModuleThatNoAgentWouldRunIsRefusedBeforeItIsSent() throws Exception {
    Files.write(folder.resolve("dock.wasm"), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});

    assertThat(faults(RANGE, "\"{first}\""))
        .extracting(fault -> fault.line() + ":" + fault.column() + " " + fault.sentence())
        .singleElement()
        .asString()
        .startsWith("12:11 dock.wasm is not admitted: ")
        .contains("the module exports no function _start");
  }

  @Test
  void aUnitThatMayRunForHoursIsAdvisedAgainst() throws Exception {
    CheckedWorkload checked =
        check(
            RANGE,
            "\"{first}\"",
            "  toolchain: clang 14.0.6\n  build: {commands: [make], result: a.wasm}\n",
            "31m");

    assertThat(checked.warnings())
        .extracting(Fault::toString)
        .singleElement()
        .asString()
        .startsWith("16:")
        .contains("needs.atMost: a unit may run longer than 30 minutes")
        .contains("cannot be put aside (it exports no function step)")
        .endsWith("make more and smaller units");
  }

  @Test
  void aCommitThatNobodyFilledInIsAWarning() throws Exception {
    check(RANGE, "\"{first}\"");
    Path file = folder.resolve("workload.yaml");
    Files.writeString(file, Files.readString(file).replace(COMMIT, "0".repeat(40)));

    assertThat(WorkloadCheck.check(file).warnings())
        .extracting(Fault::path)
        .containsExactly("release.source.commit");
  }

  @Test
  void theWorkloadThatAFolderBeginsWithIsSoundAndTellsWhatToFillIn() throws Exception {
    CheckedWorkload checked = WorkloadCheck.check(Path.of("../docs/examples/first/almoner.yaml"));

    assertThat(checked.plan().count()).isEqualTo(10);
    assertThat(checked.plan().unit(9).args()).containsExactly("900001", "1000000");
    assertThat(checked.warnings()).extracting(Fault::path).containsExactly("release.source.commit");
  }

  @Test
  void aLinkThatLeadsOutOfTheFolderIsRefused() throws Exception {
    Path elsewhere = Files.createTempFile("elsewhere", ".txt");
    Files.delete(folder.resolve("grid.txt"));
    Files.createSymbolicLink(folder.resolve("grid.txt"), elsewhere);

    assertThat(faults(RANGE, "\"{first}\""))
        .extracting(Fault::sentence)
        .allMatch(sentence -> sentence.startsWith("grid.txt is a link that leads out of "));
    Files.delete(elsewhere);
  }

  @Test
  void aFolderInPlaceOfAFileIsRefused() throws Exception {
    Files.delete(folder.resolve("grid.txt"));
    Files.createDirectory(folder.resolve("grid.txt"));

    assertThat(faults(RANGE, "\"{first}\""))
        .extracting(Fault::sentence)
        .containsExactly("grid.txt is not a file: name one file");
  }

  @Test
  void aUnitsFileThatCannotKeepItsNameIsRefused() throws Exception {
    Files.writeString(folder.resolve("ligands/a b.sdf"), "c");

    assertThat(faults("{files: ligands/*.sdf}", "\"{file}\""))
        .extracting(Fault::sentence)
        .containsExactly(
            "the file a b.sdf cannot keep its name on every computer: rename it to letters,"
                + " digits, . _ -");
  }

  @Test
  void aUnitsFileThatHidesASharedInputIsRefused() throws Exception {
    Files.writeString(folder.resolve("ligands/grid.txt"), "c");

    assertThat(faults("{files: ligands/*.txt}", "\"{file}\""))
        .extracting(fault -> fault.path() + " " + fault.sentence())
        .containsExactly("units field \"units\": file grid.txt is an input too");
  }

  @Test
  void whatIsProbablyNotMeantIsAWarning() throws Exception {
    Files.writeString(folder.resolve("ligands/c.sdf"), "a");
    CheckedWorkload checked = check("{files: ligands/*.sdf}", "--fast", "", "10s");

    assertThat(checked.warnings())
        .extracting(Fault::sentence)
        .containsExactly(
            "no argument names {file}: every unit is given the same arguments",
            "no toolchain is named: nobody can build the module again and compare",
            "c.sdf and a.sdf are the same: their units will be too",
            "units of under a minute spend more on their way than on the work");
  }

  @Test
  void aWorkloadFileThatIsNotThereIsNamed() {
    Faults faults =
        catchThrowableOfType(
            Faults.class, () -> WorkloadCheck.check(folder.resolve("workload.yml")));

    assertThat(faults)
        .hasMessageContaining("workload.yml does not exist: name the workload's YAML file");
  }

  private static BatchSpec batch(CheckedWorkload checked) {
    return checked.batch("log.example/2026", Hash.sha256());
  }

  private List<Fault> faults(String units, String args) {
    Faults faults = catchThrowableOfType(Faults.class, () -> check(units, args));
    assertThat(faults).isNotNull();
    return faults.faults();
  }

  private CheckedWorkload check(String units, String args) throws Faults, IOException {
    return check(
        units,
        args,
        "  toolchain: clang 14.0.6\n  build: {commands: [make], result: a.wasm}\n",
        "10m");
  }

  private CheckedWorkload check(String units, String args, String toolchain, String atMost)
      throws Faults, IOException {
    Path file = folder.resolve("workload.yaml");
    Files.writeString(
        file,
        List.of(
                "apiVersion: almoner/v1",
                "name: docking-pilot",
                "purpose: Find small molecules that bind to a protein of the malaria parasite.",
                "release:",
                "  name: dock",
                "  version: 1.0",
                "  license: MIT",
                "  source: {repository: https://example.org/dock, commit: " + COMMIT + "}",
                toolchain + "  runtime: wasm",
                "  module: dock.wasm",
                "  args: [" + args + "]",
                "inputs: {grid.txt: grid.txt}",
                "units: " + units,
                "needs: {memory: 1GiB, disk: 1MiB, atMost: " + atMost + "}",
                "accept: {agree: 2}",
                "outputs: [pose.sdf]")
            .stream()
            .collect(Collectors.joining("\n", "", "\n")));
    return WorkloadCheck.check(file);
  }

  private static String where(String sentence) {
    return sentence.replaceAll(" \\(looked in .*\\)$", "");
  }
}
