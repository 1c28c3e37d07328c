package org.almoner.coordinator.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.almoner.coordinator.opening.KeyId;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;

class ClaimsProperties {
  /** Moves: 0 a line is logged, 1 the agent leaves, the others link it to one of three donors. */
  @Property
  void theKeyOfARecordTellsWhoseItIsAndNoKeyServesTwoDonors(
      @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 4) Integer> moves) throws DamagedRow {
    int drawn = 0;
    Claims claims = new Claims(key(drawn));
    Map<Long, KeyId> sealed = new HashMap<>();
    for (int leaf = 0; leaf < moves.size(); leaf++) {
      int move = moves.get(leaf);
      if (move == 0) {
        sealed.put((long) leaf, claims.key());
      } else if (move == 1 && claims.current().isPresent()) {
        drawn++;
        claims.unlink(leaf, key(drawn));
      } else if (move > 1) {
        boolean moving = claims.current().isPresent();
        drawn += moving ? 1 : 0;
        claims.link(leaf, donor(move), moving ? key(drawn) : claims.key());
      }
      claims = again(claims);
    }
    Set<KeyId> seen = new HashSet<>();
    List<KeyId> all = new ArrayList<>();
    for (int donor = 2; donor <= 4; donor++) {
      Set<KeyId> keys = claims.keysOf(donor(donor));
      all.addAll(keys);
      seen.addAll(keys);
      for (Map.Entry<Long, KeyId> line : sealed.entrySet()) {
        Optional<DonorId> owner = claims.at(line.getKey());
        assertThat(keys.contains(line.getValue()))
            .as("line " + line.getKey())
            .isEqualTo(owner.filter(donor(donor)::equals).isPresent());
      }
    }
    assertThat(all).as("a key serves one donor").hasSameSizeAs(seen);
    assertThat(claims.keys()).containsAll(sealed.values()).containsAll(all);
  }

  private static DonorId donor(int number) {
    byte[] octets = new byte[DonorId.SIZE];
    octets[0] = (byte) number;
    return new DonorId(Bytes.of(octets));
  }

  private static KeyId key(int number) {
    byte[] octets = new byte[KeyId.SIZE];
    octets[0] = (byte) number;
    return new KeyId(Bytes.of(octets));
  }

  private static Claims again(Claims claims) throws DamagedRow {
    RowWriter out = new RowWriter(1);
    claims.write(out);
    return Claims.read(new RowReader("claims", out.finish(), 1));
  }
}
