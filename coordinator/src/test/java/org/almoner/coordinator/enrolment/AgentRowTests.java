package org.almoner.coordinator.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.almoner.coordinator.opening.KeyId;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;

class AgentRowTests {
  private final PublicKey key = SigningKey.generate(new SecureRandom()).publicKey();
  private final AgentId id = AgentId.of(key);
  private final Agent agent = new Agent(id, key, new KeyId(Bytes.of(new byte[KeyId.SIZE])));

  @Test
  void howAnAgentDidInStarterUnitsIsKept() throws Exception {
    agent.answeredStarter(Outcome.OUTPUT_DISAGREED, 1_234);
    assertThat(Agent.parse(id, agent.image()).starting()).isEqualTo(new Starting(false, 1_234, 0));
    agent.answeredStarter(Outcome.STARTER, 2_345);
    assertThat(Agent.parse(id, agent.image()).starting())
        .isEqualTo(new Starting(true, 1_234, 2_345));
  }

  @Test
  void aWrongAnswerAfterARightOneIsNotForgiven() throws Exception {
    agent.answeredStarter(Outcome.STARTER, 1_000);
    agent.answeredStarter(Outcome.COUNT_DISAGREED, 2_000);
    assertThat(Agent.parse(id, agent.image()).starting())
        .isEqualTo(new Starting(false, 2_000, 1_000));
    assertThat(agent.starting().wrong()).isTrue();
  }

  @Test
  void aStarterThatCannotBeJudgedSaysNothing() {
    agent.answeredStarter(Outcome.NO_QUORUM, 5);
    assertThat(agent.starting()).isEqualTo(Starting.NEW);
  }
}
