package org.almoner.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.Test;

/** The public probes of transparency-dev/merkle and the hashes of its reference tree. */
class MerkleProbesTest {
  private static final Path VECTORS = Path.of("src/test/resources/vectors");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyInclusionProbeGetsItsVerdict() throws IOException {
    List<Path> probes = probes("inclusion");
    assertThat(probes).hasSize(98);
    for (Path probe : probes) {
      JsonNode p = JSON.readTree(probe.toFile());
      assertThat(accepts(() -> inclusion(p)))
          .as("%s: %s", probe, p.get("desc"))
          .isEqualTo(!p.get("wantErr").asBoolean());
    }
  }

  @Test
  void everyConsistencyProbeGetsItsVerdict() throws IOException {
    List<Path> probes = probes("consistency");
    assertThat(probes).hasSize(98);
    for (Path probe : probes) {
      JsonNode p = JSON.readTree(probe.toFile());
      boolean wanted = !p.get("wantErr").asBoolean();
      if (probe.endsWith("additional/sizes-are-equal-one-and-proof-is-empty.json")) {
        // Its roots are twelve octets that stand for anything; here a root has 32.
        assertThat(Base64.getDecoder().decode(p.get("root1").asText())).hasSize(12);
        wanted = false;
      }
      assertThat(accepts(() -> consistency(p)))
          .as("%s: %s", probe, p.get("desc"))
          .isEqualTo(wanted);
    }
  }

  @Test
  void theReferenceTreeHasItsKnownRoots() throws IOException {
    JsonNode reference =
        JSON.readTree(VECTORS.resolve("rfc6962-reference/rfc6962_8leaf.json").toFile());
    List<Bytes> entries = new ArrayList<>();
    reference.get("leaf_inputs_hex").forEach(hex -> entries.add(Bytes.parseHex(hex.asText())));
    JsonNode roots = reference.get("root_hash_by_tree_size_hex");
    JsonNode leaves = reference.get("node_hashes_by_level_hex").get(0);
    Frontier frontier = Frontier.empty();
    assertThat(frontier.root().toHex()).isEqualTo(roots.get(0).asText());
    for (int size = 1; size <= entries.size(); size++) {
      Hash leaf = TreeHash.leaf(entries.get(size - 1));
      assertThat(leaf.toHex()).isEqualTo(leaves.get(size - 1).asText());
      frontier.append(leaf, (height, root) -> {});
      assertThat(frontier.root().toHex()).isEqualTo(roots.get(size).asText());
    }
  }

  private static List<Path> probes(String kind) throws IOException {
    try (Stream<Path> files = Files.walk(VECTORS.resolve("merkle-probes/testdata/" + kind))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private interface Verification {
    void run() throws ProofRejected;
  }

  private static boolean accepts(Verification verification) {
    try {
      verification.run();
      return true;
    } catch (ProofRejected | IllegalArgumentException e) {
      return false;
    }
  }

  private static void inclusion(JsonNode p) throws ProofRejected {
    new InclusionProof(hashes(p.get("proof")))
        .verify(
            p.get("leafIdx").asLong(),
            p.get("treeSize").asLong(),
            hash(p.get("leafHash")),
            hash(p.get("root")));
  }

  private static void consistency(JsonNode p) throws ProofRejected {
    new ConsistencyProof(hashes(p.get("proof")))
        .verify(
            p.get("size1").asLong(),
            hash(p.get("root1")),
            p.get("size2").asLong(),
            hash(p.get("root2")));
  }

  private static List<Hash> hashes(JsonNode list) {
    List<Hash> hashes = new ArrayList<>();
    list.forEach(node -> hashes.add(hash(node)));
    return hashes;
  }

  private static Hash hash(JsonNode node) {
    return Hash.of(Base64.getDecoder().decode(node.asText()));
  }
}
