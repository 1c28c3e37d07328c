package org.almoner.coordinator.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.almoner.coordinator.opening.KeyId;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Test;

class AgentTests {
  private static final SigningKey KEY = SigningKey.of(new byte[32]);
  private static final AgentId ID = AgentId.of(KEY.publicKey());

  @Test
  void aCaughtAgentStaysCaughtInItsRow() throws Exception {
    Agent agent = agent();
    agent.distrust(70);
    agent.distrust(50);
    Agent read = Agent.parse(ID, agent.image());
    assertThat(read.distrustedAt(69)).isTrue();
    assertThat(read.distrustedAt(70)).isFalse();
    assertThat(read.image()).isEqualTo(agent.image());
  }

  @Test
  void aRevokedAgentStaysRevokedInItsRow() throws Exception {
    Agent agent = agent();
    agent.revoke();
    Agent read = Agent.parse(ID, agent.image());
    assertThat(read.revoked()).isTrue();
    assertThat(read.suspended()).isFalse();
    assertThat(read.isBelieved()).isFalse();
  }

  @Test
  void aRowOfAnotherVersionIsNamed() {
    byte[] row = agent().image().toArray();
    for (byte version : new byte[] {1, 2, 3, 6}) {
      row[0] = version;
      assertThatThrownBy(() -> Agent.parse(ID, Bytes.of(row)))
          .isInstanceOf(DamagedRow.class)
          .hasMessageContaining("has version " + version + "; this program reads 4 to 5");
    }
  }

  @Test
  void aRowOfTheVersionBeforeIsReadWithANewAccount() throws Exception {
    byte[] row = agent().image().toArray();
    int ends = row.length - 15; // where the track record begins
    byte[] before = Arrays.copyOf(row, ends - 1);
    before[0] = 4;
    // It did not say when a starter was right, before the last two fields.
    System.arraycopy(row, ends - 2, before, ends - 3, 2);
    assertThat(Agent.parse(ID, Bytes.of(before)).machineTime()).isEqualTo(MachineTime.NEW);
  }

  private static Agent agent() {
    return new Agent(ID, KEY.publicKey(), new KeyId(Bytes.of(new byte[KeyId.SIZE])));
  }
}
