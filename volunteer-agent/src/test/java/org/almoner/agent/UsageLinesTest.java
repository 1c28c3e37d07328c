package org.almoner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.agent.lease.HeldLease;
import org.almoner.agent.lease.VerifiedGrant;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.run.Measured;
import org.almoner.agent.run.Reported;
import org.almoner.agent.world.Identities;
import org.almoner.agent.world.TestCoordinator;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.usage.Held;
import org.almoner.protocol.usage.UsageLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageLinesTest {
  private static final Bytes OCTETS = Bytes.utf8("x".repeat(100_000));

  @TempDir Path folder;

  @Test
  void aLineNamesItsGrantAndClaimsNoMoreThanWasAllotted() throws Exception {
    HeldLease held = held();
    UsageLine line = UsageLines.of(held, run(1_500), bundle());
    assertThat(line.cpuMs()).isEqualTo(1_000);
    assertThat(line.grant()).isEqualTo(held.grant().digest());
    assertThat(line.meter()).isEqualTo(TestCoordinator.METER);
    assertThat(line.release()).isEqualTo(TestCoordinator.work().release());
    assertThat(line.startMs()).isEqualTo(5_100);
    assertThat(line.endMs()).isEqualTo(6_100);
    assertThat(line.memPeakBytes()).isEqualTo(3);
    assertThat(UsageLines.of(held, run(900), bundle()).cpuMs()).isEqualTo(900);
  }

  @Test
  void aLineShowsThatTheBundleWasInHand() throws Exception {
    HeldLease held = held();
    AgentId agent = held.grant().grant().agent();
    assertThat(UsageLines.of(held, run(900), bundle()).held())
        .isEqualTo(Held.of(held.id(), agent, OCTETS));
  }

  private Path bundle() throws Exception {
    return Files.write(folder.resolve("bundle"), OCTETS.toArray());
  }

  private static Reported run(long cpuMs) {
    Measured measured = new Measured(100_100, 101_100, 1_000, cpuMs, 3, 2, 4);
    return new Reported(Engine.FAST, 0, 77, Hash.ZERO, "", List.of(), measured);
  }

  private static HeldLease held() throws Exception {
    SigningKey coordinator = Identities.key("coordinator");
    AgentId agent = AgentId.of(Identities.key("agent").publicKey());
    Lease lease = new Lease(new LeaseId(TestCoordinator.BATCH, 0, 0), List.of(), List.of());
    Grant grant =
        new Grant(
            "log",
            agent,
            5_000,
            9_000,
            TestCoordinator.METER,
            List.of(TestCoordinator.work()),
            List.of(lease));
    Envelope signed = Envelope.sign(Envelope.Kind.GRANT, grant.toJson(), coordinator);
    Pinned pinned = new Pinned("log", "log+0+x", coordinator.publicKey());
    return new HeldLease(VerifiedGrant.of(signed, pinned, agent), lease, 100_000);
  }
}
