package org.almoner.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.Test;

class InclusionProofTest {
  private static final int SIZES = 64;
  private static final List<Bytes> ENTRIES = NaiveTree.entries(SIZES);

  @Test
  void everyLeafOfEverySmallTreeHasTheProofOfTheDefinition() throws IOException {
    for (int size = 1; size <= SIZES; size++) {
      List<Bytes> d = ENTRIES.subList(0, size);
      Hash root = NaiveTree.root(d);
      for (int index = 0; index < size; index++) {
        InclusionProof proof = InclusionProof.build(index, size, NaiveTree.subtrees(d));
        assertThat(proof.hashes()).isEqualTo(NaiveTree.path(index, d));
        Hash leaf = NaiveTree.leaf(d.get(index));
        int at = index;
        int of = size;
        assertThatCode(() -> proof.verify(at, of, leaf, root)).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void aProofHoldsForNoOtherIndexLeafRootOrLength() {
    for (int size = 1; size <= SIZES; size++) {
      List<Bytes> d = ENTRIES.subList(0, size);
      Hash root = NaiveTree.root(d);
      for (int index = 0; index < size; index++) {
        InclusionProof proof = new InclusionProof(NaiveTree.path(index, d));
        Hash leaf = NaiveTree.leaf(d.get(index));
        for (int other = -1; other <= size; other++) {
          if (other != index) {
            rejected(proof, other, size, leaf, root);
          }
        }
        rejected(proof, index, size, root, leaf.equals(root) ? Hash.ZERO : leaf);
        rejected(proof, index, size, leaf, Hash.ZERO);
        for (InclusionProof wrong : damaged(proof)) {
          rejected(wrong, index, size, leaf, root);
        }
      }
    }
  }

  private static List<InclusionProof> damaged(InclusionProof proof) {
    List<InclusionProof> damaged = new ArrayList<>();
    List<Hash> hashes = proof.hashes();
    for (int i = 0; i < hashes.size(); i++) {
      damaged.add(new InclusionProof(hashes.subList(0, i)));
      List<Hash> changed = new ArrayList<>(hashes);
      changed.set(i, Hash.sha256(hashes.get(i).toArray()));
      damaged.add(new InclusionProof(changed));
    }
    for (int at = 0; at <= hashes.size(); at++) {
      List<Hash> longer = new ArrayList<>(hashes);
      longer.add(at, Hash.ZERO);
      damaged.add(new InclusionProof(longer));
    }
    return damaged;
  }

  private static void rejected(InclusionProof proof, long index, long size, Hash leaf, Hash root) {
    assertThatThrownBy(() -> proof.verify(index, size, leaf, root))
        .as("index %d, size %d, %s", index, size, proof)
        .isInstanceOf(ProofRejected.class);
  }

  @Test
  void anIndexOutsideTheTreeIsNamed() {
    assertThatThrownBy(() -> new InclusionProof(List.of()).verify(3, 3, Hash.ZERO, Hash.ZERO))
        .hasMessage("leaf index 3 lies outside a tree of size 3");
  }

  @Test
  void moreHashesThanATreeIsHighAreRefused() {
    assertThatThrownBy(() -> new InclusionProof(Collections.nCopies(64, Hash.ZERO)))
        .hasMessage("an inclusion proof has at most 63 hashes; this has 64");
  }

  @Test
  void thereIsNoProofForALeafThatIsNotThere() {
    assertThatThrownBy(() -> InclusionProof.build(2, 2, (height, index) -> Hash.ZERO))
        .hasMessage("there is no leaf 2 among 2");
  }
}
