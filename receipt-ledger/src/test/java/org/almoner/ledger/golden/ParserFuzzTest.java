package org.almoner.ledger.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.almoner.ledger.append.LogRefused;
import org.almoner.ledger.append.Staged;
import org.almoner.ledger.tile.EntryBundle;
import org.almoner.ledger.tile.HashTile;
import org.almoner.ledger.tile.MalformedTile;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every parser of the log against octets that come from anywhere. It refuses with the exception it
 * declares, or what it read is written back as it came.
 *
 * <p>As a test of every day it starts from the golden files alone. {@code JAZZER_FUZZ=1} fuzzes for
 * real, one method at a time; see {@code docs/design/ledger-tests.md}.
 */
class ParserFuzzTest {
  private static final String LONG = "1m";

  private static void holds(GoldenFormat format, byte[] octets) {
    try {
      assertThat(format.written(octets)).isEqualTo(octets);
    } catch (Refused refused) {
      assertThat(refused).message().isNotBlank();
    }
  }

  private static Stream<Arguments> seeds(GoldenFormat wanted) {
    List<byte[]> octets = new ArrayList<>();
    for (GoldenFiles files : GoldenFiles.all()) {
      if (files.format() == wanted) {
        octets.addAll(files.valid().values());
        files.invalid().values().forEach(bad -> octets.add(bad.octets()));
      }
    }
    return octets.stream().map(seed -> Arguments.of((Object) seed));
  }

  static Stream<Arguments> noteSeeds() {
    return seeds(GoldenFormat.NOTE);
  }

  @MethodSource("noteSeeds")
  @FuzzTest(maxDuration = LONG)
  void note(byte[] octets) {
    holds(GoldenFormat.NOTE, octets);
  }

  static Stream<Arguments> verifierKeySeeds() {
    return seeds(GoldenFormat.VKEY);
  }

  @MethodSource("verifierKeySeeds")
  @FuzzTest(maxDuration = LONG)
  void verifierKey(byte[] octets) {
    holds(GoldenFormat.VKEY, octets);
  }

  static Stream<Arguments> cosignerKeySeeds() {
    return seeds(GoldenFormat.COSIGNER_VKEY);
  }

  @MethodSource("cosignerKeySeeds")
  @FuzzTest(maxDuration = LONG)
  void cosignerKey(byte[] octets) {
    holds(GoldenFormat.COSIGNER_VKEY, octets);
  }

  static Stream<Arguments> checkpointSeeds() {
    return seeds(GoldenFormat.CHECKPOINT);
  }

  @MethodSource("checkpointSeeds")
  @FuzzTest(maxDuration = LONG)
  void checkpoint(byte[] octets) {
    holds(GoldenFormat.CHECKPOINT, octets);
  }

  static Stream<Arguments> tlogProofSeeds() {
    return seeds(GoldenFormat.TLOG_PROOF);
  }

  @MethodSource("tlogProofSeeds")
  @FuzzTest(maxDuration = LONG)
  void tlogProof(byte[] octets) {
    holds(GoldenFormat.TLOG_PROOF, octets);
  }

  static Stream<Arguments> addCheckpointSeeds() {
    return seeds(GoldenFormat.ADD_CHECKPOINT);
  }

  @MethodSource("addCheckpointSeeds")
  @FuzzTest(maxDuration = LONG)
  void addCheckpoint(byte[] octets) {
    holds(GoldenFormat.ADD_CHECKPOINT, octets);
  }

  static Stream<Arguments> witnessPolicySeeds() {
    return seeds(GoldenFormat.POLICY);
  }

  @MethodSource("witnessPolicySeeds")
  @FuzzTest(maxDuration = LONG)
  void witnessPolicy(byte[] octets) {
    holds(GoldenFormat.POLICY, octets);
  }

  static Stream<Arguments> tilePathSeeds() {
    return seeds(GoldenFormat.TILE_PATH);
  }

  @MethodSource("tilePathSeeds")
  @FuzzTest(maxDuration = LONG)
  void tilePath(byte[] octets) {
    holds(GoldenFormat.TILE_PATH, octets);
  }

  static Stream<Arguments> entrySeeds() {
    return seeds(GoldenFormat.ENTRY);
  }

  @MethodSource("entrySeeds")
  @FuzzTest(maxDuration = LONG)
  void entry(byte[] octets) {
    holds(GoldenFormat.ENTRY, octets);
  }

  static Stream<Arguments> settlementSeeds() {
    return seeds(GoldenFormat.SETTLEMENT);
  }

  @MethodSource("settlementSeeds")
  @FuzzTest(maxDuration = LONG)
  void settlement(byte[] octets) {
    holds(GoldenFormat.SETTLEMENT, octets);
  }

  static Stream<Arguments> keyRotationSeeds() {
    return seeds(GoldenFormat.KEY_ROTATION);
  }

  @MethodSource("keyRotationSeeds")
  @FuzzTest(maxDuration = LONG)
  void keyRotation(byte[] octets) {
    holds(GoldenFormat.KEY_ROTATION, octets);
  }

  static Stream<Arguments> successionSeeds() {
    return seeds(GoldenFormat.SUCCESSION);
  }

  @MethodSource("successionSeeds")
  @FuzzTest(maxDuration = LONG)
  void succession(byte[] octets) {
    holds(GoldenFormat.SUCCESSION, octets);
  }

  static Stream<Arguments> recallSeeds() {
    return seeds(GoldenFormat.RECALL);
  }

  @MethodSource("recallSeeds")
  @FuzzTest(maxDuration = LONG)
  void recall(byte[] octets) {
    holds(GoldenFormat.RECALL, octets);
  }

  static Stream<Arguments> checkSecretSeeds() {
    return seeds(GoldenFormat.CHECK_SECRET);
  }

  @MethodSource("checkSecretSeeds")
  @FuzzTest(maxDuration = LONG)
  void checkSecret(byte[] octets) {
    holds(GoldenFormat.CHECK_SECRET, octets);
  }

  static Stream<Arguments> ratesSeeds() {
    return seeds(GoldenFormat.RATES);
  }

  @MethodSource("ratesSeeds")
  @FuzzTest(maxDuration = LONG)
  void rates(byte[] octets) {
    holds(GoldenFormat.RATES, octets);
  }

  static Stream<Arguments> totalsSeeds() {
    return seeds(GoldenFormat.TOTALS);
  }

  @MethodSource("totalsSeeds")
  @FuzzTest(maxDuration = LONG)
  void totals(byte[] octets) {
    holds(GoldenFormat.TOTALS, octets);
  }

  static Stream<Arguments> withdrawalSeeds() {
    return seeds(GoldenFormat.WITHDRAWAL);
  }

  @MethodSource("withdrawalSeeds")
  @FuzzTest(maxDuration = LONG)
  void withdrawal(byte[] octets) {
    holds(GoldenFormat.WITHDRAWAL, octets);
  }

  static Stream<Arguments> rotationsSeeds() {
    return seeds(GoldenFormat.ROTATIONS);
  }

  @MethodSource("rotationsSeeds")
  @FuzzTest(maxDuration = LONG)
  void rotations(byte[] octets) {
    holds(GoldenFormat.ROTATIONS, octets);
  }

  static Stream<Arguments> entryBundleSeeds() {
    return Stream.of(1, 3, 256)
        .map(width -> widthThen(width, new EntryBundle(NaiveTree.entries(width)).format()));
  }

  @MethodSource("entryBundleSeeds")
  @FuzzTest(maxDuration = LONG)
  void entryBundle(byte[] widthThenOctets) {
    withWidth(
        widthThenOctets,
        (width, octets) -> assertThat(EntryBundle.parse(octets, width).format()).isEqualTo(octets));
  }

  static Stream<Arguments> hashTileSeeds() {
    return Stream.of(1, 3, 256)
        .map(width -> widthThen(width, Bytes.of(new byte[width * Hash.SIZE])));
  }

  @MethodSource("hashTileSeeds")
  @FuzzTest(maxDuration = LONG)
  void hashTile(byte[] widthThenOctets) {
    withWidth(
        widthThenOctets,
        (width, octets) ->
            assertThat(HashTile.format(HashTile.parse(octets, width).hashes())).isEqualTo(octets));
  }

  /** Reads a tile or a bundle of the width that its path promises. */
  private interface Reading {
    void read(int width, Bytes octets) throws MalformedTile;
  }

  private static Arguments widthThen(int width, Bytes octets) {
    byte[] all = new byte[1 + octets.size()];
    all[0] = (byte) width;
    System.arraycopy(octets.toArray(), 0, all, 1, octets.size());
    return Arguments.of((Object) all);
  }

  private static void withWidth(byte[] widthThenOctets, Reading reading) {
    if (widthThenOctets.length == 0) {
      return;
    }
    int width = widthThenOctets[0] == 0 ? TilePath.FULL : widthThenOctets[0] & 0xff;
    byte[] octets = Arrays.copyOfRange(widthThenOctets, 1, widthThenOctets.length);
    try {
      reading.read(width, Bytes.of(octets));
    } catch (MalformedTile refused) {
      assertThat(refused).message().isNotBlank();
    }
  }

  static Stream<Arguments> stagedSeeds() {
    Bytes rider = Bytes.utf8("rider");
    return Stream.of(
            new Staged(0, 0, List.of(), rider), new Staged(7, 300, NaiveTree.entries(3), rider))
        .map(batch -> Arguments.of((Object) batch.encode()));
  }

  /** The last four octets are made the right checksum, or no fuzzer would ever get behind it. */
  @MethodSource("stagedSeeds")
  @FuzzTest(maxDuration = LONG)
  void staged(byte[] batch) {
    byte[] octets = batch.clone();
    if (octets.length >= Integer.BYTES) {
      int body = octets.length - Integer.BYTES;
      CRC32C crc = new CRC32C();
      crc.update(octets, 0, body);
      ByteBuffer.wrap(octets).putInt(body, (int) crc.getValue());
    }
    try {
      assertThat(Staged.parse(octets).encode()).isEqualTo(octets);
    } catch (LogRefused refused) {
      assertThat(refused).message().isNotBlank();
    }
  }
}
