package org.almoner.coordinator.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.almoner.coordinator.LogWatch;
import org.almoner.ledger.append.LogRefused;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.selfcheck.SelfAudit;
import org.almoner.ledger.tile.TilePath;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.SigningKey;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.Ignition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each row that a start of the coordinator stands on, with a bit flipped: the log does not open,
 * and the sentence names the row.
 */
class AlteredStoreTests {
  private static final List<Ed25519NoteSigner> SIGNERS =
      List.of(new Ed25519NoteSigner("log.example", SigningKey.of(new byte[32])));

  /** Three levels, each with a partial tile; two with a full one before it. */
  private static final int SIZE = 66_000;

  private static final int SAMPLE = 8;

  @TempDir static Path folder;
  private static IgniteStores ignite;

  @BeforeAll
  static void fill() throws Exception {
    ignite = IgniteStores.open(folder, 64L << 20);
    Sequencer.create("log.example", SIGNERS, ignite.stores().log(), ignite.stores().register());
    Sequencer log = open();
    log.commit(entries(0, SIZE - 600), Bytes.of(new byte[] {1}));
    log.commit(entries(SIZE - 600, SIZE), Bytes.of(new byte[] {2, 2}));
  }

  @AfterAll
  static void close() {
    ignite.close();
  }

  private static List<Bytes> entries(int from, int to) {
    List<Bytes> list = new ArrayList<>();
    for (int i = from; i < to; i++) {
      list.add(Bytes.of(new byte[] {1, 2, (byte) (i >> 16), (byte) (i >> 8), (byte) i}));
    }
    return list;
  }

  private static Sequencer open() throws LogRefused, IOException {
    return Sequencer.open(
        "log.example", SIGNERS, ignite.stores().log(), ignite.stores().register());
  }

  private static <V> IgniteCache<String, V> cache(String name) {
    return Ignition.ignite("almoner-" + folder.toAbsolutePath()).cache(name);
  }

  /** Why the log does not open; empty when it does. */
  private static String refusal() {
    try {
      open();
      return "";
    } catch (LogRefused | IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void theStoreItselfOpens() {
    assertThat(refusal()).isEmpty();
  }

  @Test
  void aTileOfTheRightEdgeWithAFlippedBitIsRefusedByName() {
    Map<String, String> named = new LinkedHashMap<>();
    named.put("tile/0/257", "lead to root|tile/0/257");
    named.put("tile/1/001", "lead to root|tile/1/001");
    named.put("tile/2/000", "lead to root|tile/2/000");
    named.put("tile/0/256", "tile/0/256");
    named.put("tile/1/000", "tile/1/000");
    named.put("tile/entries/257", "tile/entries/257");
    SplittableRandom random = new SplittableRandom(20_261_120);
    IgniteCache<String, byte[]> tiles = cache("tiles");
    named.forEach(
        (key, name) -> {
          byte[] whole = tiles.get(key);
          List<Integer> places = new ArrayList<>(List.of(0, 1, 2, whole.length - 1));
          for (int i = 0; i < SAMPLE; i++) {
            places.add(random.nextInt(whole.length));
          }
          for (int at : places) {
            assertRefused(tiles, key, flipped(whole, at, random.nextInt(8)), name);
          }
          assertRefused(tiles, key, Arrays.copyOf(whole, whole.length - 1), name);
          assertRefused(tiles, key, Arrays.copyOf(whole, 1), name);
          tiles.remove(key);
          assertThat(refusal()).contains(key).contains("is missing");
          tiles.put(key, whole);
        });
    assertThat(refusal()).isEmpty();
  }

  @Test
  void theBatchInFlightWithAFlippedBitIsRefused() {
    IgniteCache<String, byte[]> staged = cache("staged");
    byte[] whole = staged.get("staged");
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 3 * SAMPLE; i++) {
      byte[] altered = flipped(whole, random.nextInt(whole.length), random.nextInt(8));
      assertRefused(staged, "staged", altered, "the staged batch is damaged");
    }
    assertRefused(staged, "staged", Arrays.copyOf(whole, 9), "the staged batch is cut short");
    staged.remove("staged");
    assertThat(refusal()).contains("the store holds no staged batch");
    staged.put("staged", whole);
    assertThat(refusal()).isEmpty();
  }

  @Test
  void theRegistersCheckpointWithAnyFlippedBitIsRefused() {
    IgniteCache<String, String> register = cache("register");
    String whole = register.get("checkpoint");
    byte[] octets = whole.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < octets.length; at++) {
      String altered = new String(flipped(octets, at, at % 7), StandardCharsets.UTF_8);
      register.put("checkpoint", altered);
      assertThat(refusal())
          .as("octet %d", at)
          .startsWith("the register")
          .doesNotContain("null")
          .doesNotContain("\n");
    }
    register.remove("checkpoint");
    assertThat(refusal()).contains("the register holds no checkpoint");
    register.put("checkpoint", whole);
    assertThat(refusal()).isEmpty();
  }

  /** Rows that no start reads, unlike those above. */
  @Test
  void l08ARowAnywhereWithAFlippedBitIsFoundByTheAuditAndEndsSigning() throws Exception {
    assertThat(found()).isEmpty();
    IgniteCache<String, byte[]> tiles = cache("tiles");
    IgniteCache<String, String> register = cache("register");
    SplittableRandom random = new SplittableRandom(8);
    for (String key : List.of("tile/entries/100", "tile/0/100", "tile/1/000", "tile/entries/257")) {
      byte[] whole = tiles.get(key);
      Sequencer writer = open();
      tiles.put(key, flipped(whole, random.nextInt(whole.length), random.nextInt(8)));
      String said = found();
      writer.halt(said);
      String signed = register.get("checkpoint");
      assertThatThrownBy(() -> writer.commit(entries(0, 1), Bytes.of(new byte[0])))
          .hasMessageContaining(key);
      assertThat(register.get("checkpoint")).isEqualTo(signed);
      assertThat(ignite.stores().log().read(TilePath.parse("tile/0/005"))).isPresent();
      tiles.put(key, whole);
    }
    String note = register.get("checkpoint");
    register.put("checkpoint", note.replaceFirst("log", "lof"));
    assertThat(found()).startsWith("the register's checkpoint ");
    register.put("checkpoint", note);
    assertThat(found()).isEmpty();
  }

  /** What one round of the audit finds; empty when all is well. */
  private static String found() {
    SelfAudit audit =
        new SelfAudit(
            "log.example",
            List.of(SIGNERS.get(0).verifier()),
            ignite.stores().log(),
            ignite.stores().register());
    while (audit.progress().rounds() == 0 && !audit.progress().damaged()) {
      audit.step(LogWatch.PLACES_PER_STEP);
    }
    return audit.progress().finding();
  }

  private static byte[] flipped(byte[] whole, int at, int bit) {
    byte[] octets = whole.clone();
    octets[at] ^= (byte) (1 << bit);
    return octets;
  }

  private static void assertRefused(
      IgniteCache<String, byte[]> cache, String key, byte[] altered, String pattern) {
    byte[] whole = cache.get(key);
    cache.put(key, altered);
    String said = refusal();
    cache.put(key, whole);
    assertThat(said)
        .as(key)
        .containsPattern(pattern)
        .contains("restore")
        .doesNotContain("null")
        .doesNotContain("\n");
  }
}
