package org.almoner.coordinator.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    Agent agent = new Agent(ID, KEY.publicKey());
    agent.distrust(70);
    agent.distrust(50);
    Agent read = Agent.parse(ID, agent.image());
    assertThat(read.distrustedAt(69)).isTrue();
    assertThat(read.distrustedAt(70)).isFalse();
    assertThat(read.image()).isEqualTo(agent.image());
  }

  @Test
  void aRevokedAgentStaysRevokedInItsRow() throws Exception {
    Agent agent = new Agent(ID, KEY.publicKey());
    agent.revoke();
    Agent read = Agent.parse(ID, agent.image());
    assertThat(read.revoked()).isTrue();
    assertThat(read.suspended()).isFalse();
    assertThat(read.isBelieved()).isFalse();
  }

  @Test
  void aRowOfAnEarlierVersionIsReadAndWrittenInTheNewest() throws Exception {
    Bytes newest = new Agent(ID, KEY.publicKey()).image();
    for (Bytes earlier :
        java.util.List.of(cut(newest, 4, 1), cut(newest, 2, 2), cut(newest, 1, 3))) {
      Agent read = Agent.parse(ID, earlier);
      assertThat(read.distrustedAt(0)).isFalse();
      assertThat(read.isBelieved()).isTrue();
      assertThat(read.image()).isEqualTo(newest);
    }
  }

  @Test
  void aRowOfALaterVersionIsNamed() {
    byte[] row = new Agent(ID, KEY.publicKey()).image().toArray();
    row[0] = 5;
    assertThatThrownBy(() -> Agent.parse(ID, Bytes.of(row)))
        .isInstanceOf(DamagedRow.class)
        .hasMessageContaining("has version 5; this program reads 1 to 4");
  }

  /** The row without its last {@code octets}, which that version did not have. */
  private static Bytes cut(Bytes row, int octets, int version) {
    byte[] earlier = java.util.Arrays.copyOf(row.toArray(), row.size() - octets);
    earlier[0] = (byte) version;
    return Bytes.of(earlier);
  }
}
