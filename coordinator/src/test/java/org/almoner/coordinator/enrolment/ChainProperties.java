package org.almoner.coordinator.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Hash;

class ChainProperties {
  @Property
  void aNumberIsUsedOnceInWhateverOrderReportsCome(
      @ForAll @Size(max = 60) List<@LongRange(min = 0, max = 50) Long> numbers) throws DamagedRow {
    Chain chain = new Chain();
    Set<Long> used = new HashSet<>();
    for (long seq : numbers) {
      assertThat(chain.used(seq)).as("number " + seq).isEqualTo(used.contains(seq));
      if (used.add(seq)) {
        chain.add(seq, Hash.sha256(new byte[] {(byte) seq}));
      }
      chain = again(chain);
    }
  }

  @Property
  void gapsAreBoundedAndTheNumbersOfForgottenOnesCountAsUsed(
      @ForAll @LongRange(min = 40, max = 200) long reports) {
    Chain chain = new Chain();
    for (long seq = 1; seq < 2 * reports; seq += 2) {
      chain.add(seq, Hash.ZERO);
    }
    assertThat(chain.gaps()).isEqualTo(Chain.GAPS_MAX);
    assertThat(chain.used(0)).isTrue();
    assertThat(chain.used(2 * reports - 2)).isFalse();
  }

  private static Chain again(Chain chain) throws DamagedRow {
    RowWriter out = new RowWriter(1);
    chain.write(out);
    return Chain.read(new RowReader("chain", out.finish(), 1));
  }
}
