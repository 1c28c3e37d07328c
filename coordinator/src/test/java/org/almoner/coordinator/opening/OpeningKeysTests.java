package org.almoner.coordinator.opening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.memory.MemoryLog;
import org.almoner.coordinator.memory.MemoryRegister;
import org.almoner.coordinator.memory.MemoryRows;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.writer.Writer;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningKeysTests {
  private static final String ORIGIN = "log.example/keys";
  private static final Bytes CONTENT = Bytes.utf8("what nobody else may read");
  private static final DonorId DONOR = new DonorId(Bytes.of(new byte[DonorId.SIZE]));

  @TempDir Path folder;
  private final SecureRandom random = new SecureRandom();
  private final MemoryRows rows = new MemoryRows();
  private Path file;
  private FileKeyShelf shelf;
  private Sequencer sequencer;

  @BeforeEach
  void create() throws Exception {
    file = folder.resolve("keys").resolve(FileKeyShelf.FILE);
    shelf = new FileKeyShelf(file);
    var signers = List.of(new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[32])));
    MemoryLog log = new MemoryLog();
    MemoryRegister register = new MemoryRegister();
    Sequencer.create(ORIGIN, signers, log, register);
    sequencer = Sequencer.open(ORIGIN, signers, log, register);
  }

  private OpeningKeys open() throws IOException {
    return OpeningKeys.open(rows, shelf, random);
  }

  /** Draws so many keys in one group that becomes durable. */
  private List<KeyId> draw(OpeningKeys keys, int count) {
    List<KeyId> drawn = new ArrayList<>();
    try (Writer writer =
        Writer.start(
            sequencer, rows, InstantSource.system(), keys::flush, (g, committed) -> {}, 10)) {
      writer
          .submit(
              group -> {
                for (int i = 0; i < count; i++) {
                  drawn.add(keys.draw(group));
                }
                return 0;
              })
          .join();
    }
    return drawn;
  }

  private void erase(List<KeyId> keys) {
    Erasure erasure = new Erasure(DONOR, 1, "asked", true, keys, List.of());
    rows.putAll(new java.util.TreeMap<>(java.util.Map.of(erasure.key(), erasure.image())));
  }

  private void alter(UnaryOperator<byte[]> change) throws IOException {
    Files.write(file, change.apply(Files.readAllBytes(file)));
  }

  @Test
  void whatIsSealedIsOpenedAfterARestartAndByItsOwnNameAlone() throws Exception {
    OpeningKeys keys = open();
    KeyId key = draw(keys, 3).get(1);
    Sealed sealed = keys.seal(key, "leaf 7", CONTENT, "somebody");
    assertThat(sealed.octets().toHex()).doesNotContain(CONTENT.toHex());
    assertThat(open().open(sealed, "leaf 7", "somebody")).isEqualTo(CONTENT);
    assertThatThrownBy(() -> keys.open(sealed, "leaf 8", "somebody"))
        .isInstanceOf(DamagedRow.class)
        .hasMessage("the sealed leaf 8 of somebody is damaged");
    assertThat(keys.seal(key, "leaf 7", CONTENT, "somebody")).isNotEqualTo(sealed);
  }

  @Test
  void everyAlteredOctetOfWhatIsSealedIsNoticed() throws Exception {
    OpeningKeys keys = open();
    KeyId key = draw(keys, 1).get(0);
    Sealed sealed = keys.seal(key, "x", CONTENT, "somebody");
    for (int at = 0; at < sealed.octets().size(); at++) {
      byte[] octets = sealed.octets().toArray();
      octets[at] ^= 1;
      Sealed altered = new Sealed(key, sealed.nonce(), Bytes.of(octets));
      assertThatThrownBy(() -> keys.open(altered, "x", "y")).isInstanceOf(DamagedRow.class);
    }
  }

  @Test
  void theFileIsForItsOwnerAloneAndRefusedOtherwise() throws Exception {
    open();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has mode rw-r----- and may have been read by others");
  }

  @Test
  void aGroupsKeysAreOneWriteBeforeItIsStaged() throws Exception {
    OpeningKeys keys = open();
    long before = Files.size(file);
    draw(keys, 1_000);
    assertThat(Files.size(file)).isEqualTo(before + 1_000L * KeyFile.PIECE);
    keys.flush();
    assertThat(Files.size(file)).as("nothing is written twice").isEqualTo(before + 64_000);
  }

  @Test
  void anErasedKeyIsGoneFromTheFileAndComesBackFromNoCopy() throws Exception {
    OpeningKeys keys = open();
    List<KeyId> drawn = draw(keys, 5);
    Sealed sealed = keys.seal(drawn.get(2), "x", CONTENT, "agent 1");
    byte[] copy = Files.readAllBytes(file);
    erase(List.of(drawn.get(2)));
    keys.destroy(List.of(drawn.get(2)));
    assertThat(hex(Files.readAllBytes(file))).doesNotContain(drawn.get(2).toString());
    assertThat(hex(Files.readAllBytes(file))).contains(drawn.get(3).toString());
    assertErased(keys, sealed);

    Files.write(file, copy);
    Files.write(file.resolveSibling(FileKeyShelf.FILE + ".tmp"), copy);
    OpeningKeys restored = open();
    assertErased(restored, sealed);
    assertThat(hex(Files.readAllBytes(file))).doesNotContain(drawn.get(2).toString());
    assertThat(file.resolveSibling(FileKeyShelf.FILE + ".tmp")).doesNotExist();
    assertThat(draw(restored, 1)).doesNotContainAnyElementsOf(drawn);
    open();
  }

  private static void assertErased(OpeningKeys keys, Sealed sealed) {
    assertThatThrownBy(() -> keys.open(sealed, "x", "agent 1"))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.problem().slug()).isEqualTo("erased"));
  }

  @Test
  void aMissingKeyThatNobodyErasedIsDamageAndSaidToBe() throws Exception {
    OpeningKeys keys = open();
    Sealed strange = new Sealed(KeyId.draw(random), Bytes.of(new byte[12]), CONTENT);
    assertThatThrownBy(() -> keys.open(strange, "x", "agent 1"))
        .isInstanceOfSatisfying(
            Refusal.class,
            r -> {
              assertThat(r.problem().slug()).isEqualTo("opening-lost");
              assertThat(r.problem().status()).isEqualTo(500);
              assertThat(r.problem().detail()).contains("agent 1").contains("nobody erased it");
            });
  }

  @Test
  void aMissingFileBesideAStoreThatUsedItIsRefused() throws Exception {
    draw(open(), 1);
    Files.delete(file);
    assertThatThrownBy(this::open)
        .hasMessageStartingWith("the key file keys/openings.keys is missing, and the store holds");
  }

  @Test
  void anotherStoresFileAndAnOlderStateAreRefused() throws Exception {
    OpeningKeys keys = open();
    draw(keys, 2);
    byte[] older = Files.readAllBytes(file);
    draw(keys, 1);
    Files.write(file, older);
    assertThatThrownBy(this::open)
        .hasMessageContaining("is older than the store: it ends before key 2, and 3 were drawn");
    Files.delete(file);
    OpeningKeys.open(new MemoryRows(), shelf, random);
    assertThatThrownBy(this::open).hasMessageContaining("belongs to another store");
  }

  @Test
  void aTailThatACrashLeftIsIgnoredOnlyIfItWasNeverNeeded() throws Exception {
    OpeningKeys keys = open();
    KeyId key = draw(keys, 4).get(3);
    Sealed sealed = keys.seal(key, "x", CONTENT, "somebody");
    byte[] whole = Files.readAllBytes(file);
    Random seeded = new Random(1);
    for (int cut = 1; cut <= 3 * KeyFile.PIECE; cut += 7) {
      byte[] tail = new byte[cut];
      seeded.nextBytes(tail);
      Files.write(file, concat(whole, tail));
      assertThat(open().open(sealed, "x", "somebody")).isEqualTo(CONTENT);
      assertThat(Files.size(file)).as("cut off").isEqualTo(whole.length);
    }
    for (int cut = 1; cut < 2 * KeyFile.PIECE; cut += 9) {
      Files.write(file, java.util.Arrays.copyOf(whole, whole.length - cut));
      assertThatThrownBy(this::open).hasMessageContaining("put its newest copy back");
    }
  }

  @Test
  void aFlippedBitAnywhereRefusesTheStart() throws Exception {
    draw(open(), 4);
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] altered = whole.clone();
      altered[at] ^= 4;
      Files.write(file, altered);
      assertThatThrownBy(this::open)
          .as("octet " + at)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("the key file keys/openings.keys ");
    }
  }

  @Test
  void keysOfAGroupThatWasNeverStagedDoNoHarm() throws Exception {
    OpeningKeys keys = open();
    draw(keys, 1);
    byte[] orphans = Files.readAllBytes(file);
    rows.putAll(new java.util.TreeMap<>(java.util.Map.of("meta/openings", rowBefore(orphans))));
    KeyId next = draw(open(), 1).get(0);
    OpeningKeys again = open();
    assertThat(again.open(again.seal(next, "x", CONTENT, "y"), "x", "y")).isEqualTo(CONTENT);
  }

  /** The store's row as it was before the first key. */
  private static Bytes rowBefore(byte[] file) {
    Bytes ring = Bytes.of(java.util.Arrays.copyOfRange(file, 24, 40));
    return new org.almoner.coordinator.row.RowWriter(1).fixed(ring).number(0).finish();
  }

  @Test
  void copiesAreDatedAndForgetAfterThirtyDays() throws Exception {
    draw(open(), 3);
    Path copies = folder.resolve("copies");
    LocalDate day = LocalDate.of(2026, 11, 20);
    OpeningKeysBackup first = OpeningKeysBackup.make(file, copies, day);
    assertThat(first.copy()).hasFileName("openings-2026-11-20.keys").hasSameBinaryContentAs(file);
    assertThat(first.keys()).isEqualTo(3);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.copy())))
        .isEqualTo("rw-------");
    Path others = Files.createFile(copies.resolve("openings-notes.keys"));
    assertThat(OpeningKeysBackup.make(file, copies, day.plusDays(30)).removed()).isEmpty();
    OpeningKeysBackup third = OpeningKeysBackup.make(file, copies, day.plusDays(31));
    assertThat(third.removed()).containsExactly(first.copy());
    assertThat(first.copy()).doesNotExist();
    assertThat(others).exists();
    try (var left = Files.list(copies)) {
      assertThat(left).hasSize(3);
    }
  }

  @Test
  void aPieceThatIsJustBeingAppendedIsLeftOutOfACopy() throws Exception {
    draw(open(), 3);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, concat(whole, new byte[20]));
    OpeningKeysBackup made =
        OpeningKeysBackup.make(file, folder.resolve("copies"), LocalDate.EPOCH);
    assertThat(made.keys()).isEqualTo(3);
    Files.copy(made.copy(), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    open();
  }

  @Test
  void aFlippedBitAnywhereRefusesTheCopyAndLeavesThoseThereAre() throws Exception {
    draw(open(), 4);
    Path copies = folder.resolve("copies");
    LocalDate day = LocalDate.of(2026, 10, 1);
    OpeningKeysBackup before = OpeningKeysBackup.make(file, copies, day);
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] altered = whole.clone();
      altered[at] ^= 4;
      Files.write(file, altered);
      assertThatThrownBy(() -> OpeningKeysBackup.make(file, copies, day.plusDays(40)))
          .as("octet " + at)
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith("; it is not copied");
    }
    assertThat(before.copy()).hasBinaryContent(whole);
    assertThat(copies).isDirectoryNotContaining(each -> !each.equals(before.copy()));
  }

  @Test
  void aPieceTakenOutOrTurnedRoundIsNoticed() throws Exception {
    draw(open(), 4);
    byte[] whole = Files.readAllBytes(file);
    byte[] head = java.util.Arrays.copyOf(whole, 2 * KeyFile.PIECE);
    byte[] second = java.util.Arrays.copyOfRange(whole, 2 * KeyFile.PIECE, 3 * KeyFile.PIECE);
    byte[] third = java.util.Arrays.copyOfRange(whole, 3 * KeyFile.PIECE, 4 * KeyFile.PIECE);
    for (byte[] altered : List.of(concat(head, third), concat(concat(head, third), second))) {
      Files.write(file, altered);
      assertThatThrownBy(this::open).hasMessageContaining("is damaged at octet 128");
      assertThatThrownBy(() -> OpeningKeysBackup.make(file, folder, LocalDate.EPOCH))
          .hasMessageContaining("is damaged at octet 128; it is not copied");
    }
  }

  @Test
  void aHoleThatAPowerCutLeftBehindTheUsedKeysIsCutOffWithAllAfterIt() throws Exception {
    OpeningKeys keys = open();
    KeyId used = draw(keys, 1).get(0);
    Sealed sealed = keys.seal(used, "x", CONTENT, "somebody");
    Bytes row = rows.get("meta/openings").orElseThrow();
    draw(keys, 3);
    rows.putAll(new java.util.TreeMap<>(java.util.Map.of("meta/openings", row)));
    alter(
        octets -> {
          java.util.Arrays.fill(octets, 2 * KeyFile.PIECE, 3 * KeyFile.PIECE, (byte) 0);
          return octets;
        });
    assertThatThrownBy(() -> OpeningKeysBackup.make(file, folder, LocalDate.EPOCH))
        .as("a copy is made without knowing what was used")
        .hasMessageContaining("is damaged at octet 128");
    assertThat(open().open(sealed, "x", "somebody")).isEqualTo(CONTENT);
    assertThat(Files.size(file)).isEqualTo(2 * KeyFile.PIECE);
  }

  @Test
  void anotherStoresCopyIsNeverWrittenOverNorRemoved() throws Exception {
    draw(open(), 2);
    Path copies = folder.resolve("copies");
    LocalDate day = LocalDate.of(2026, 10, 1);
    OpeningKeysBackup first = OpeningKeysBackup.make(file, copies, day);
    byte[] octets = Files.readAllBytes(first.copy());
    Path other = folder.resolve("other").resolve(FileKeyShelf.FILE);
    OpeningKeys.open(new MemoryRows(), new FileKeyShelf(other), random);
    for (LocalDate on : List.of(day, day.plusDays(1), day.plusDays(40))) {
      assertThatThrownBy(() -> OpeningKeysBackup.make(other, copies, on))
          .hasMessageContaining("is a copy of another store's keys");
    }
    assertThat(first.copy()).hasBinaryContent(octets);
  }

  @Test
  void aFileThatKnowsFewerKeysThanACopyIsRefused() throws Exception {
    OpeningKeys keys = open();
    draw(keys, 2);
    byte[] older = Files.readAllBytes(file);
    draw(keys, 1);
    Path copies = folder.resolve("copies");
    LocalDate day = LocalDate.of(2026, 10, 1);
    OpeningKeysBackup newest = OpeningKeysBackup.make(file, copies, day);
    Files.write(file, older);
    assertThatThrownBy(() -> OpeningKeysBackup.make(file, copies, day.plusDays(40)))
        .hasMessageContaining("ends before key 2, and ")
        .hasMessageContaining("goes on to key 3");
    assertThat(newest.copy()).exists();
  }

  @Test
  void afterAnErasureTheCopyOfTheSameDayStaysAndIsForgottenLater() throws Exception {
    OpeningKeys keys = open();
    List<KeyId> drawn = draw(keys, 3);
    Path copies = folder.resolve("copies");
    LocalDate day = LocalDate.of(2026, 10, 1);
    OpeningKeysBackup before = OpeningKeysBackup.make(file, copies, day);
    keys.destroy(drawn.subList(0, 1));
    OpeningKeysBackup after = OpeningKeysBackup.make(file, copies, day);
    assertThat(after.copy()).hasFileName("openings-2026-10-01-2.keys").hasSameBinaryContentAs(file);
    assertThat(after.keys()).isEqualTo(2);
    assertThat(OpeningKeysBackup.make(file, copies, day).copy()).isEqualTo(after.copy());
    draw(keys, 1);
    assertThat(OpeningKeysBackup.make(file, copies, day.plusDays(31)).removed())
        .containsExactlyInAnyOrder(before.copy(), after.copy());
  }

  @Test
  void aDamagedCopyIsNotWrittenOver() throws Exception {
    draw(open(), 3);
    Path copies = folder.resolve("copies");
    LocalDate day = LocalDate.of(2026, 10, 1);
    Path damaged = OpeningKeysBackup.make(file, copies, day).copy();
    byte[] octets = Files.readAllBytes(damaged);
    octets[100] ^= 1;
    Files.write(damaged, octets);
    assertThat(OpeningKeysBackup.make(file, copies, day).copy())
        .hasFileName("openings-2026-10-01-2.keys");
    assertThat(damaged).hasBinaryContent(octets);
  }

  @Test
  void aDamagedFileIsNotCopied() throws Exception {
    open();
    alter(octets -> new byte[] {1, 2, 3});
    assertThatThrownBy(() -> OpeningKeysBackup.make(file, folder, LocalDate.EPOCH))
        .hasMessageContaining("is not a file of opening keys; it is not copied");
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = java.util.Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static String hex(byte[] octets) {
    return Bytes.of(octets).toHex();
  }
}
