package org.almoner.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.Test;

class ConsistencyProofTest {
  private static final int SIZES = 64;
  private static final List<Bytes> ENTRIES = NaiveTree.entries(SIZES);

  @Test
  void everyPairOfSmallTreesHasTheProofOfTheDefinition() throws IOException {
    for (int second = 0; second <= SIZES; second++) {
      List<Bytes> d = ENTRIES.subList(0, second);
      for (int first = 0; first <= second; first++) {
        ConsistencyProof proof = ConsistencyProof.build(first, second, NaiveTree.subtrees(d));
        assertThat(proof.hashes()).isEqualTo(NaiveTree.consistency(first, d));
        Hash before = root(first);
        Hash after = root(second);
        int m = first;
        int n = second;
        assertThatCode(() -> proof.verify(m, before, n, after)).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void aProofHoldsForNoOtherSizesRootsOrLength() {
    for (int second = 1; second <= SIZES; second++) {
      for (int first = 0; first < second; first++) {
        ConsistencyProof proof =
            new ConsistencyProof(NaiveTree.consistency(first, ENTRIES.subList(0, second)));
        rejected(proof, second, root(first), first, root(second));
        rejected(proof, first, root(second), second, root(first));
        if (first > 0) {
          rejected(proof, first, root(first), second, Hash.ZERO);
          for (int other = 1; other < second; other++) {
            if (other != first) {
              rejected(proof, other, root(first), second, root(second));
            }
          }
        }
        for (ConsistencyProof wrong : damaged(proof)) {
          rejected(wrong, first, root(first), second, root(second));
        }
      }
    }
  }

  private static Hash root(int size) {
    return NaiveTree.root(ENTRIES.subList(0, size));
  }

  private static List<ConsistencyProof> damaged(ConsistencyProof proof) {
    List<ConsistencyProof> damaged = new ArrayList<>();
    List<Hash> hashes = proof.hashes();
    for (int i = 0; i < hashes.size(); i++) {
      damaged.add(new ConsistencyProof(hashes.subList(0, i)));
      List<Hash> changed = new ArrayList<>(hashes);
      changed.set(i, Hash.sha256(hashes.get(i).toArray()));
      damaged.add(new ConsistencyProof(changed));
    }
    for (int at = 0; at <= hashes.size(); at++) {
      List<Hash> longer = new ArrayList<>(hashes);
      longer.add(at, Hash.ZERO);
      damaged.add(new ConsistencyProof(longer));
    }
    return damaged;
  }

  private static void rejected(
      ConsistencyProof proof, long first, Hash before, long second, Hash after) {
    assertThatThrownBy(() -> proof.verify(first, before, second, after))
        .as("%d to %d, %s", first, second, proof)
        .isInstanceOf(ProofRejected.class);
  }

  @Test
  void twoRootsForOneSizeAreNamed() {
    assertThatThrownBy(() -> new ConsistencyProof(List.of()).verify(5, root(5), 5, root(6)))
        .hasMessage("two roots for size 5: " + root(5) + " and " + root(6));
  }

  @Test
  void theEmptyTreeHasOneRootOnly() {
    assertThatThrownBy(() -> new ConsistencyProof(List.of()).verify(0, root(1), 1, root(1)))
        .hasMessage("the root of the empty tree is not " + root(1));
  }
}
