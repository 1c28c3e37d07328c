package org.almoner.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

class TreeProperties {
  @Property(tries = 60)
  void aGrownEdgeHasTheRootOfTheDefinition(@ForAll @IntRange(max = 1500) int size) {
    List<Bytes> d = NaiveTree.entries(size);
    Frontier frontier = Frontier.empty();
    d.forEach(entry -> frontier.append(TreeHash.leaf(entry), (height, root) -> {}));
    assertThat(frontier.size()).isEqualTo(size);
    assertThat(frontier.root()).isEqualTo(NaiveTree.root(d));
  }

  @Property(tries = 60)
  void everyCompletedSubtreeIsToldOnceWithItsRoot(@ForAll @IntRange(min = 1, max = 300) int size) {
    List<Bytes> d = NaiveTree.entries(size);
    List<List<Hash>> told = new ArrayList<>();
    Frontier frontier = Frontier.empty();
    for (Bytes entry : d) {
      frontier.append(
          TreeHash.leaf(entry),
          (height, root) -> {
            while (told.size() <= height) {
              told.add(new ArrayList<>());
            }
            told.get(height).add(root);
          });
    }
    for (int height = 0; height < told.size(); height++) {
      int width = 1 << height;
      assertThat(told.get(height)).hasSize(size / width);
      for (int i = 0; i < told.get(height).size(); i++) {
        assertThat(told.get(height).get(i))
            .isEqualTo(NaiveTree.root(d.subList(i * width, (i + 1) * width)));
      }
    }
  }

  @Property(tries = 100)
  void proofsOfLargerTreesHold(
      @ForAll @IntRange(min = 1, max = 700) int size,
      @ForAll @IntRange(max = 699) int a,
      @ForAll @IntRange(max = 700) int b)
      throws IOException, ProofRejected {
    List<Bytes> d = NaiveTree.entries(size);
    Hash root = NaiveTree.root(d);
    int index = a % size;
    InclusionProof.build(index, size, NaiveTree.subtrees(d))
        .verify(index, size, NaiveTree.leaf(d.get(index)), root);
    int first = b % (size + 1);
    ConsistencyProof.build(first, size, NaiveTree.subtrees(d))
        .verify(first, NaiveTree.root(d.subList(0, first)), size, root);
  }
}
