package org.almoner.workload.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almoner.protocol.lease.Allotment;
import org.almoner.workload.batch.BatchUnits;
import org.almoner.workload.batch.Checks;
import org.almoner.workload.compare.Comparison;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WorkloadFileTest {
  private static final Path GOLDEN = Path.of("src/test/resources/org/almoner/workload/spec");

  @Test
  void theExampleSaysWhatItsCommentsSay() throws Exception {
    Workload workload = parse("valid/mersenne.yaml");

    assertThat(workload.name().text()).isEqualTo("mersenne-exponents");
    assertThat(workload.release().licence().expression()).isEqualTo("AGPL-3.0-or-later");
    assertThat(workload.release().program())
        .isEqualTo(new ProgramSpec.Module(new FilePath("mersenne.wasm")));
    assertThat(workload.units())
        .isEqualTo(new UnitSource.Numbers(new BatchUnits.Range(1, 4500, 250)));
    assertThat(workload.units().example().orElseThrow().count()).isEqualTo(18);
    assertThat(workload.needs()).isEqualTo(new Allotment(1, 64L << 20, 10L << 20, 600_000));
    assertThat(workload.agree()).isEqualTo(2);
    assertThat(workload.outputs())
        .extracting(FilePath::text)
        .containsExactly("mersenne.txt", "residues.txt");
    assertThat(workload.inputs()).isEmpty();
  }

  @Test
  void outputsMayBeComparedByWhatTheyMean() throws Exception {
    String text =
        Files.readString(GOLDEN.resolve("valid/mersenne.yaml"))
            + "compare:\n"
            + "  residues.txt: {as: numbers, tolerance: [text, 1e-3 relative]}\n"
            + "  mersenne.txt: {as: bytes}\n";
    assertThat(parse("valid/mersenne.yaml").compare()).isEqualTo(Comparison.EXACT);
    assertThat(WorkloadFile.parse(text.getBytes(StandardCharsets.UTF_8)).workload().compare())
        .hasToString(
            "residues.txt as numbers (text; 0.001 relative), other files octet by octet, the same"
                + " instruction count");
  }

  @Test
  void anOwnerMayAskForEveryCheck() throws Exception {
    String text = Files.readString(GOLDEN.resolve("valid/mersenne.yaml"));
    assertThat(parse("valid/mersenne.yaml").checks()).isEqualTo(Checks.DRAWN);
    for (Checks checks : Checks.values()) {
      assertThat(read(text, "{agree: 2, checks: " + checks.word() + "}").checks())
          .isEqualTo(checks);
    }
    assertThatThrownBy(() -> read(text, "{agree: 2, checks: all}"))
        .isInstanceOf(Faults.class)
        .hasMessageContaining("\"all\" is no way to check: write drawn or every");
  }

  private static Workload read(String text, String accept) throws Faults {
    String changed = text.replaceFirst("accept: \\{.*}", "accept: " + accept);
    assertThat(changed).contains(accept);
    return WorkloadFile.parse(changed.getBytes(StandardCharsets.UTF_8)).workload();
  }

  @Test
  void theExampleInTheDocsIsTheOneTested() throws Exception {
    assertThat(Files.readAllBytes(Path.of("../docs/examples/mersenne/workload.yaml")))
        .isEqualTo(Files.readAllBytes(GOLDEN.resolve("valid/mersenne.yaml")));
  }

  @Test
  void scalarsKeepTheTextTheyWereWrittenWith() throws Exception {
    ReleaseSpec release = parse("valid/files.yaml").release();

    assertThat(release.version().text()).isEqualTo("1.10");
    assertThat(release.source().commit()).isEqualTo("1234567890".repeat(4));
    assertThat(release.args())
        .containsExactly("--ligand", "/in/{file}", "--set={{index={index}}}", "7", "true", "");
  }

  @Test
  void whatMayBeLeftOutHasAValue() throws Exception {
    Workload workload = parse("valid/files.yaml");

    assertThat(workload.needs().cores()).isEqualTo(1);
    assertThat(workload.release().toolchain()).isEqualTo(Toolchain.UNSTATED);
    assertThat(workload.needs().diskBytes()).isZero();
  }

  @Test
  void inputsAreSortedByTheirNameInTheSandbox() throws Exception {
    assertThat(parse("valid/files.yaml").inputs().toString())
        .isEqualTo("{receptor.pdb=data/receptor.pdb, tables/forces.txt=data/forces.txt}");
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws Exception {
    String text = Files.readString(GOLDEN.resolve("valid/mersenne.yaml"));

    Workload workload =
        WorkloadFile.parse(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8)).workload();

    assertThat(workload.name().text()).isEqualTo("mersenne-exponents");
  }

  @Test
  void windowsLineEndsChangeNothing() throws Exception {
    String text = Files.readString(GOLDEN.resolve("valid/files.yaml")).replace("\n", "\r\n");

    assertThat(WorkloadFile.parse(text.getBytes(StandardCharsets.UTF_8)).workload())
        .isEqualTo(parse("valid/files.yaml"));
  }

  @Test
  void aFaultFoundLaterIsPlacedAtItsField() throws Exception {
    WorkloadFile file = WorkloadFile.parse(Files.readAllBytes(GOLDEN.resolve("valid/files.yaml")));

    assertThat(file.fault("release.module", "is gone"))
        .hasToString("12:11  release.module: is gone");
    assertThat(file.fault("inputs.tables/forces.txt", "is gone").line()).isEqualTo(16);
  }

  @Test
  void aFileOverOneMebibyteIsNotRead() {
    Faults faults =
        catchThrowableOfType(
            Faults.class, () -> WorkloadFile.parse(new byte[WorkloadFile.BYTES_MAX + 1]));

    assertThat(faults)
        .hasMessage(
            "1:1  the file has 1048577 octets; at most 1048576 are read: put long lists into"
                + " input files");
  }

  @Test
  void afterAHundredFaultsTheRestIsCounted() {
    String text =
        Stream.iterate(0, i -> i + 1)
            .limit(150)
            .map(i -> "f" + i + ": 1\n")
            .collect(Collectors.joining());

    List<Fault> faults =
        catchThrowableOfType(
                Faults.class, () -> WorkloadFile.parse(text.getBytes(StandardCharsets.UTF_8)))
            .faults();

    assertThat(faults).hasSize(101);
    assertThat(faults.get(0).sentence()).isEqualTo("there are 158 faults; mend these 100 first");
  }

  /** Each invalid file lies beside the faults it must be refused with, all of them and no other. */
  @TestFactory
  Stream<DynamicTest> eachInvalidFileIsRefusedWithAllItsFaults() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN.resolve("invalid"))) {
      List<Path> invalid = files.filter(p -> p.toString().endsWith(".yaml")).sorted().toList();
      assertThat(invalid).hasSizeGreaterThan(15);
      return invalid.stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(),
                      () -> assertThat(faultsOf(file)).isEqualTo(expectedOf(file))));
    }
  }

  private static String faultsOf(Path file) throws IOException {
    byte[] octets = Files.readAllBytes(file);
    Faults faults = catchThrowableOfType(Faults.class, () -> WorkloadFile.parse(octets));
    assertThat(faults).as("a file in invalid/ must be refused").isNotNull();
    return faults.getMessage() + "\n";
  }

  private static String expectedOf(Path file) throws IOException {
    return Files.readString(Path.of(file.toString().replaceAll("yaml$", "faults")));
  }

  private static Workload parse(String file) throws IOException, Faults {
    return WorkloadFile.parse(Files.readAllBytes(GOLDEN.resolve(file))).workload();
  }

  @Test
  void aNativeReleaseNamesItsFilesForEachPlatform() throws Exception {
    Workload workload = parse("valid/native.yaml");

    assertThat(((ProgramSpec.Programs) workload.release().program()).platforms())
        .containsOnlyKeys("linux-aarch64", "linux-x86_64")
        .containsEntry(
            "linux-x86_64",
            List.of(new FilePath("build/x86_64/fold"), new FilePath("data/forces.txt")));
    assertThat(workload.needs().cores()).isEqualTo(4);
  }
}
