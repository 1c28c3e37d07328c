package org.almoner.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.almoner.agent.world.StubRunner;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.result.BundlePath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginesTest {
  private static final Allotment ALLOTMENT = new Allotment(1, 1 << 20, 1 << 20, 60_000);

  private final StubRunner portable = new StubRunner(Engine.PORTABLE);
  private final StubRunner fast = new StubRunner(Engine.FAST);

  @TempDir private Path folder;
  private Path module;

  @BeforeEach
  void write() throws Exception {
    module = Files.write(folder.resolve("module.wasm"), new byte[] {1});
  }

  private static Engines of(Map<Engine, Runner> runners) {
    return new Engines(
        runners, new Offered(List.copyOf(runners.keySet()), List.of(), false, List.of()));
  }

  private Engines both() {
    return of(Map.of(Engine.PORTABLE, portable, Engine.FAST, fast));
  }

  private Task task(String word, Engine... wish) {
    return new Task(
        new Software.Wasm(module, List.of()),
        List.of(word),
        Map.of(),
        ALLOTMENT,
        folder,
        List.of(wish));
  }

  private static Engine ranOn(Engines engines, Task task) throws Exception {
    Running running = engines.start(task);
    var unused = running.await();
    return running.engine();
  }

  @Test
  void theFastOneIsTakenUnlessTheOtherIsWished() throws Exception {
    assertThat(ranOn(both(), task("x"))).isEqualTo(Engine.FAST);
    assertThat(ranOn(both(), task("x", Engine.FAST))).isEqualTo(Engine.FAST);
    assertThat(ranOn(both(), task("x", Engine.PORTABLE))).isEqualTo(Engine.PORTABLE);
  }

  @Test
  void aWishThatCannotBeKeptIsNone() throws Exception {
    assertThat(ranOn(of(Map.of(Engine.PORTABLE, portable)), task("x", Engine.FAST)))
        .isEqualTo(Engine.PORTABLE);
    assertThat(ranOn(of(Map.of(Engine.FAST, fast)), task("x", Engine.PORTABLE)))
        .isEqualTo(Engine.FAST);
  }

  @Test
  void aModuleThatCannotStartThereRunsOnThePortableOneFromThenOn() throws Exception {
    Engines engines = both();
    assertThatThrownBy(() -> engines.start(task("cannot"))).hasMessage("no process can be started");
    assertThat(portable.started).as("the portable one was tried too").hasValue(1);
    assertThat(ranOn(engines, task("x"))).isEqualTo(Engine.PORTABLE);
    assertThat(ranOn(engines, task("x", Engine.FAST))).isEqualTo(Engine.PORTABLE);
  }

  @Test
  void aCrashInTheFastOneMakesTheNextTryInTheOther() throws Exception {
    Engines engines = both();
    assertThat(ranOn(engines, task("crash"))).isEqualTo(Engine.FAST);
    assertThat(ranOn(engines, task("x"))).isEqualTo(Engine.PORTABLE);
    assertThat(ranOn(engines, task("trap", Engine.FAST))).isEqualTo(Engine.PORTABLE);
  }

  @Test
  void aTrapIsTheModulesOwnAndNoReasonToChange() throws Exception {
    Engines engines = both();
    assertThat(ranOn(engines, task("trap"))).isEqualTo(Engine.FAST);
    assertThat(ranOn(engines, task("x"))).isEqualTo(Engine.FAST);
  }

  @Test
  void aNativeProgramNeedsItsEngine() {
    BundlePath name = new BundlePath("prog");
    Task task =
        new Task(
            new Software.Program(name, Map.of(name, module)),
            List.of("x"),
            Map.of(),
            ALLOTMENT,
            folder,
            List.of());
    assertThatThrownBy(() -> both().start(task))
        .hasMessage("this computer runs no native programs");
  }
}
