package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.almoner.protocol.json.JsonValue;
import org.almoner.trials.world.Caller;
import org.almoner.trials.world.ServedCoordinator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator's log says, at its most talkative, of what nobody else should read. */
class OperatorsLogTest {
  private static final String NAME = "Zephyrine Quetzalcoatl";
  private static final String GUESS = "guessed-token-of-a-stranger";

  @TempDir Path temp;

  @Test
  void neitherNamesNorSecretsStandInItForPrograms() throws Exception {
    String log = logOf("json");
    List<String> lines = log.lines().filter(line -> line.startsWith("{")).toList();
    assertThat(lines).isNotEmpty().allMatch(line -> line.endsWith("}"));
    assertThat(lines).allMatch(line -> line.contains("\"time\":\"20"));
  }

  @Test
  @Tag("long")
  void norForPeople() throws Exception {
    assertThat(logOf("text")).contains("listens on");
  }

  private String logOf(String form) throws Exception {
    try (ServedCoordinator coordinator =
        new ServedCoordinator(
            temp.resolve("coordinator"),
            List.of("--log-format", form, "--log-level", "debug", "--no-starter"))) {
      coordinator.start();
      Caller anyone = Caller.anyone(coordinator.address());
      Caller operator = anyone.with(coordinator.operatorToken());
      var donor = operator.addDonor(NAME);
      String code = operator.drawCode(donor.donor());
      anyone.with(GUESS).get("/api/v1/me");
      anyone.with(donor.token()).get("/api/v1/me");
      operator
          .post(
              "/api/v1/register/donors/" + donor.donor().toHex() + "/erasure",
              JsonValue.Obj.of().put("documents", "destroy").put("reason", "letter").build())
          .good();
      coordinator.process().close();
      String log = coordinator.process().output();
      assertThat(log).contains("A donor was erased");
      Stream.of(NAME, "Zephyrine", donor.token(), code, GUESS, coordinator.operatorToken())
          .forEach(secret -> assertThat(log).doesNotContain(secret));
      return log;
    }
  }
}
