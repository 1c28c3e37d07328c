package org.almoner.protocol.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Set;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.OutputBundle;
import org.junit.jupiter.api.Test;

class HeldTests {
  private static final LeaseId LEASE = new LeaseId(Samples.BATCH, 17, 1);
  private static final Bytes BUNDLE =
      Bytes.of(
          new OutputBundle(
                  List.of(
                      new OutputBundle.OutputFile(
                          new BundlePath("mersenne.txt"), Bytes.utf8("521\n607\n"))))
              .encode());

  @Test
  void itIsTheDigestThatThePageShows() {
    Bytes input =
        Bytes.parseHex(
            "616c6d6f6e65722f68656c642f76310a"
                + "00112233445566aa"
                + "0000000000000011"
                + "0001"
                + Samples.AGENT.toHex()
                + BUNDLE.toHex());
    Hash held = Held.of(LEASE, Samples.AGENT, BUNDLE);
    assertThat(held).isEqualTo(Hash.sha256(input.toArray()));
    assertThat(Samples.AGENT.toHex())
        .isEqualTo("139e3940e64b5491722088d9a0d741628fc826e09475d341a780acde3c4b8070");
    assertThat(held.toHex())
        .isEqualTo("7339c63efa26da54d8214df6d1649bab97e1485378689a81ed9f9bee428b790a");
  }

  @Test
  void piecesGiveTheSameAsTheWhole() throws Exception {
    Hash whole = Held.of(LEASE, Samples.AGENT, BUNDLE);
    ByteArrayInputStream stream = new ByteArrayInputStream(BUNDLE.toArray());
    assertThat(Held.of(LEASE, Samples.AGENT, stream)).isEqualTo(whole);
    Held pieces = Held.begin(LEASE, Samples.AGENT);
    for (int i = 0; i < BUNDLE.size(); i++) {
      pieces.add(BUNDLE.toArray(), i, 1);
    }
    assertThat(pieces.finish()).isEqualTo(whole);
  }

  @Test
  void eachLeaseAgentAndBundleHasItsOwn() {
    AgentId other = new AgentId(Hash.sha256(new byte[] {3}));
    LeaseId nextUnit = new LeaseId(Samples.BATCH, 18, 1);
    LeaseId nextReplica = new LeaseId(Samples.BATCH, 17, 2);
    assertThat(
            Set.of(
                Held.of(LEASE, Samples.AGENT, BUNDLE),
                Held.of(LEASE, other, BUNDLE),
                Held.of(nextUnit, Samples.AGENT, BUNDLE),
                Held.of(nextReplica, Samples.AGENT, BUNDLE),
                Held.of(LEASE, Samples.AGENT, Bytes.utf8("almoner-output/1\n"))))
        .hasSize(5);
  }
}
