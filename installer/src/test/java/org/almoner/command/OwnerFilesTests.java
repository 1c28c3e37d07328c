package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner alone with a first workload: begun, checked and run without a coordinator. */
class OwnerFilesTests {
  @TempDir Path temp;
  private Path folder;
  private Path workload;

  @BeforeEach
  void begin() {
    folder = temp.resolve("mine");
    workload = folder.resolve("almoner.yaml");
    Said said = Said.by("workload", "init", folder);
    assertThat(said.err()).isEmpty();
    assertThat(said.out())
        .isEqualTo("4 files in " + folder + "; next: almoner workload check " + workload + "\n");
  }

  private void change(String text, String by) throws Exception {
    String before = Files.readString(workload);
    assertThat(before).contains(text);
    Files.writeString(workload, before.replace(text, by));
  }

  @Test
  void theFirstWorkloadIsAcceptedAsItStands() {
    assertThat(folder.resolve("build.sh")).isExecutable();
    Said said = Said.by("workload", "check", workload);
    assertThat(said.code()).isZero();
    assertThat(said.out())
        .contains("warning  " + workload + ":20:13  release.source.commit: no commit is only zeros")
        .contains("ok  10 units");
  }

  @Test
  void nothingIsOverwrittenAndNothingHalfWritten() throws Exception {
    Files.delete(folder.resolve("build.sh"));
    Files.writeString(workload, "years of work");
    Said said = Said.by("workload", "init", folder);
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains(workload + " is there already and nothing was written");
    assertThat(workload).hasContent("years of work");
    assertThat(folder.resolve("build.sh")).doesNotExist();
    assertThat(Said.by("workload", "init", temp.resolve("x"), "--from", "y").err())
        .contains("--from takes first, mersenne or alignment, got y");
  }

  @Test
  void everyFaultIsToldAtOnceForPeopleAndForScripts() throws Exception {
    change("license: MIT  ", "license: Mine");
    change("atMost: 5m", "atMost: soon");
    change("collatz.wasm  ", "nowhere.exe  ");
    Said said = Said.by("workload", "check", workload);
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .contains("almoner.yaml:17:12  release.license: ")
        .contains("almoner.yaml:27:11  release.module: ")
        .contains("needs.atMost: ")
        .contains("has 3 faults; nothing was sent");
    Said json = Said.by("workload", "check", workload, "-o", "json");
    assertThat(json.code()).isEqualTo(2);
    JsonFields found = fields(json.out());
    assertThat(found.bool("ok")).isFalse();
    assertThat(found.objects("faults", 3, 3).get(0).smallInteger("line", 1, 99)).isEqualTo(17);
  }

  @Test
  void aUnitRunsHereAndGivesTheSameTwice() throws Exception {
    change("to: 1000000, step: 100000", "to: 3000, step: 1000");
    Path out = temp.resolve("out");
    Said said =
        Said.by("workload", "run-local", workload, "--units", "0,2", "--out", out, "-o", "json");
    assertThat(said.err()).isEmpty();
    assertThat(said.code()).isZero();
    JsonValue.Array ran = (JsonValue.Array) JsonParser.parse(utf8(said.out()));
    assertThat(ran.items()).hasSize(2);
    JsonFields unit = JsonFields.of((JsonValue.Obj) ran.items().get(1));
    assertThat(unit.smallInteger("exit", 0, 0)).isZero();
    assertThat(unit.integer("count", 1, Long.MAX_VALUE)).isPositive();
    assertThat(out.resolve("0/longest.txt")).hasContent("871 178");
    assertThat(out.resolve("2/longest.txt")).hasContent("2919 216");
    assertThat(out.resolve("1")).doesNotExist();
    assertThat(out.resolve(".run-local")).doesNotExist();
    Said again = Said.by("workload", "run-local", workload, "--units=2", "--out", out);
    assertThat(again.out())
        .contains("unit 2  exit 0  " + unit.integer("count", 1, Long.MAX_VALUE) + " instructions")
        .contains("output " + unit.hash("output").toHex())
        .contains("1 files in " + out.resolve("2"));
  }

  @Test
  void aUnitThatFailsShowsWhatItPrintedAndWhatToDo() throws Exception {
    change("args: [\"{first}\", \"{last}\"]", "args: [\"{last}\", \"{first}\"]");
    Said said = Said.by("workload", "run-local", workload, "--out", temp.resolve("out"));
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("unit 0  exit 2")
        .contains("failed: the program ended with code 2")
        .contains("| collatz wants FIRST LAST with 1 <= FIRST <= LAST <= 4000000000")
        .contains("it was given: [100000, 1]")
        .contains("run-local " + workload + " --units 0' again");
  }

  @Test
  void aUnitThatLeavesNotWhatItPromisedFailsHereAlready() throws Exception {
    change("outputs: [longest.txt]", "outputs: [longest.txt, proof.txt]");
    change("to: 1000000, step: 100000", "to: 100, step: 100");
    Said said = Said.by("workload", "run-local", workload, "--out", temp.resolve("out"));
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("exit 0").contains("failed: it left no /out/proof.txt");
  }

  @Test
  void aUnitThatIsStoppedByItsLimitIsReportedWithoutAnOutput() throws Exception {
    change("to: 1000000, step: 100000", "to: 4000000000, step: 4000000000");
    change("atMost: 5m", "atMost: 1s");
    Said said = Said.by("workload", "run-local", workload, "--out", temp.resolve("out"));
    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out())
        .contains("unit 0  exit 256  0 instructions")
        .contains("ran longer than the 1000 ms it was allotted");
  }

  private static JsonFields fields(String line) throws Exception {
    return JsonFields.of(JsonParser.parseObject(utf8(line)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
