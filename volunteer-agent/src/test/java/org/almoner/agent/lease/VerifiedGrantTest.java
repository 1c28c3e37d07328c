package org.almoner.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.world.Identities;
import org.almoner.agent.world.TestCoordinator;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.LeaseId;
import org.junit.jupiter.api.Test;

class VerifiedGrantTest {
  private static final SigningKey COORDINATOR = Identities.key("coordinator");
  private static final AgentId AGENT = AgentId.of(Identities.key("agent").publicKey());
  private static final Pinned PINNED =
      new Pinned("log.example.org", "log.example.org+0+x", COORDINATOR.publicKey());

  @Test
  void theCoordinatorsGrantToThisAgentIsBelieved() throws Exception {
    Grant grant = grant("log.example.org", AGENT);
    assertThat(VerifiedGrant.of(signed(grant, COORDINATOR), PINNED, AGENT).grant())
        .isEqualTo(grant);
  }

  @Test
  void eachOtherGrantIsRefusedWithItsReason() {
    refused(
        signed(grant("log.example.org", AGENT), Identities.key("a stranger")),
        "the grant is signed by key");
    refused(
        signed(grant("log.example.org/2", AGENT), COORDINATOR),
        "the grant is of log log.example.org/2, expected log.example.org");
    AgentId other = AgentId.of(Identities.key("other").publicKey());
    refused(signed(grant("log.example.org", other), COORDINATOR), "the grant is for agent");
    Envelope good = signed(grant("log.example.org", AGENT), COORDINATOR);
    refused(
        new Envelope(
            Envelope.Kind.GRANT,
            signed(grant("log.example.org", other), COORDINATOR).payload(),
            good.signer(),
            good.signature()),
        "the signature does not verify");
    refused(
        Envelope.sign(Envelope.Kind.GRANT, TestCoordinator.work().toJson(), COORDINATOR),
        "the grant cannot be believed");
  }

  @Test
  void timesCountFromTheGrantWhateverThisComputersClockSays() throws Exception {
    VerifiedGrant grant =
        VerifiedGrant.of(signed(grant("log.example.org", AGENT), COORDINATOR), PINNED, AGENT);
    Lease lease = grant.grant().leases().get(0);
    for (long receivedMs : new long[] {0, 1_000_000, 9_000_000_000L}) {
      HeldLease held = new HeldLease(grant, lease, receivedMs);
      assertThat(held.onCoordinatorsClock(receivedMs + 70)).isEqualTo(1_000_070);
      assertThat(held.leftMs(receivedMs + 70)).isEqualTo(999_930);
      assertThat(held.onCoordinatorsClock(receivedMs - 5)).isEqualTo(1_000_000);
    }
  }

  private static void refused(Envelope envelope, String sentence) {
    assertThatThrownBy(() -> VerifiedGrant.of(envelope, PINNED, AGENT))
        .isInstanceOf(GrantRejected.class)
        .hasMessageContaining(sentence);
  }

  private static Envelope signed(Grant grant, SigningKey key) {
    return Envelope.sign(Envelope.Kind.GRANT, grant.toJson(), key);
  }

  private static Grant grant(String origin, AgentId agent) {
    return new Grant(
        origin,
        agent,
        1_000_000,
        2_000_000,
        TestCoordinator.METER,
        List.of(TestCoordinator.work()),
        List.of(new Lease(new LeaseId(TestCoordinator.BATCH, 0, 0), List.of(), List.of())));
  }
}
