package org.almoner.coordinator.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;

class AgentRowTests {
  private final PublicKey key = SigningKey.generate(new SecureRandom()).publicKey();
  private final AgentId id = AgentId.of(key);
  private final Agent agent = new Agent(id, key);

  @Test
  void howAnAgentDidInStarterUnitsIsKept() throws Exception {
    agent.answeredStarter(Outcome.OUTPUT_DISAGREED, 1_234);
    assertThat(Agent.parse(id, agent.image()).starting()).isEqualTo(new Starting(false, 1_234));
    agent.answeredStarter(Outcome.STARTER, 2_345);
    assertThat(Agent.parse(id, agent.image()).starting()).isEqualTo(new Starting(true, 1_234));
  }

  @Test
  void aStarterThatCannotBeJudgedSaysNothing() {
    agent.answeredStarter(Outcome.NO_QUORUM, 5);
    assertThat(agent.starting()).isEqualTo(Starting.NEW);
  }

  @Test
  void aRowFromBeforeStartersIsReadAndOneOfALaterProgramIsNamed() throws Exception {
    byte[] row = agent.image().toArray();
    int starting = 4; // octets of what came with later versions, at the end of the row
    byte[] before = Arrays.copyOf(row, row.length - starting);
    before[0] = 1;
    assertThat(Agent.parse(id, Bytes.of(before)).starting()).isEqualTo(Starting.NEW);
    row[0] = 9;
    assertThatThrownBy(() -> Agent.parse(id, Bytes.of(row)))
        .isInstanceOf(DamagedRow.class)
        .hasMessageContaining("has version 9; this program reads 1 to 4");
  }
}
