package org.almoner.tax.donor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.register.DurableFile;

/**
 * Donors by pseudonym, each sealed under a key of its own: AES-256-GCM, with {@code
 * almoner/donor/v1} and the pseudonym authenticated beside.
 *
 * <p>The keys lie in a file apart, beside the folder and named like it with {@code .keys} behind.
 * To erase a donor is to destroy the key. A folder of the older form, one open file a donor, is
 * sealed when it is opened.
 */
public final class DonorDirectory {
  private static final String NAMES_PURPOSE = "almoner/donor/v1";
  private static final String BENEFITS_PURPOSE = "almoner/benefits/v1";
  private static final String NAMES = "names.sealed";
  private static final String BENEFITS = "benefits.sealed";
  private static final String CONFIRMED = "benefits.confirmed";
  private static final String OLD = ".json";
  private static final String ERASED = ".erased";

  private final Path folder;
  private final DonorKeys keys;
  private final SealedFile names;
  private final SealedFile lists;
  private final BenefitsBook benefits;

  private DonorDirectory(Path folder, SecureRandom random) throws IOException {
    this.folder = folder;
    this.keys = DonorKeys.open(folder.resolveSibling(folder.getFileName() + ".keys"), random);
    this.names = SealedFile.open(folder.resolve(NAMES), NAMES_PURPOSE, keys);
    this.lists = SealedFile.open(folder.resolve(BENEFITS), BENEFITS_PURPOSE, keys);
    this.benefits = new BenefitsBook(lists, folder.resolve(CONFIRMED));
  }

  /**
   * Opens {@code folder}, made with mode 0700 when it is missing.
   *
   * @param random draws keys and nonces
   */
  public static DonorDirectory open(Path folder, SecureRandom random) throws IOException {
    DurableFile.privateFolder(folder);
    DonorDirectory directory = new DonorDirectory(folder, random);
    directory.sealOld();
    for (DonorId buried : directory.ids(ERASED)) {
      directory.erase(buried);
    }
    return directory;
  }

  /** Seals files of the older form: all first, then they go, so that none is lost on the way. */
  private void sealOld() throws IOException {
    List<Donor> old = new ArrayList<>();
    for (DonorId id : ids(OLD)) {
      if (!names.has(id)) {
        old.add(readOld(id));
      }
    }
    putAll(old);
    for (DonorId id : ids(OLD)) {
      DurableFile.delete(old(id));
    }
  }

  private Donor readOld(DonorId id) throws IOException {
    Path file = old(id);
    try {
      Donor donor = Donor.parse(JsonFields.of(CanonicalJson.parse(Files.readAllBytes(file))));
      if (!donor.id().equals(id)) {
        throw new IOException(file + " is about another donor, " + donor.id());
      }
      return donor;
    } catch (MalformedJson e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  private List<DonorId> ids(String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> DonorId.parseHex(name.substring(0, name.length() - ending.length())))
          .sorted()
          .toList();
    } catch (IllegalArgumentException e) {
      throw new IOException(folder + " holds a file that is no donor's: " + e.getMessage(), e);
    }
  }

  /** All donors whose names are known, in order of their pseudonyms. */
  public synchronized List<DonorId> all() {
    return names.donors();
  }

  /** Stores {@code donor}, in place of what was known of them before; a consent stays. */
  public void put(Donor donor) throws IOException {
    putAll(List.of(donor));
  }

  /** As {@link #put}, of many: one write for all. */
  public synchronized void putAll(Collection<Donor> donors) throws IOException {
    Map<DonorId, byte[]> records = new TreeMap<>();
    for (Donor donor : donors) {
      List<Consent> consents = record(donor.id()).map(DonorRecord::consents).orElse(List.of());
      records.put(donor.id(), octets(new DonorRecord(donor, consents)));
    }
    names.put(records);
  }

  /** Stores a donor together with what they consented to. */
  public synchronized void put(DonorRecord record) throws IOException {
    names.put(Map.of(record.donor().id(), octets(record)));
  }

  private static byte[] octets(DonorRecord record) {
    return CanonicalJson.encode(record.toJson());
  }

  /**
   * The donor behind a pseudonym.
   *
   * @throws IOException also when the record is not what {@link #put} writes, naming the file
   */
  public Optional<Donor> find(DonorId id) throws IOException {
    return record(id).map(DonorRecord::donor);
  }

  /** Everything held of a donor but benefits. */
  public synchronized Optional<DonorRecord> record(DonorId id) throws IOException {
    Optional<Bytes> octets = names.find(id);
    if (octets.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          DonorRecord.parse(JsonFields.of(CanonicalJson.parse(octets.get().toArray()))));
    } catch (MalformedJson e) {
      throw new IOException(
          folder.resolve(NAMES) + " is damaged at " + id + ": " + e.getMessage(), e);
    }
  }

  /** Whether there is a name. */
  public synchronized boolean has(DonorId id) {
    return names.has(id);
  }

  /** What the charity gave its donors. */
  public BenefitsBook benefits() {
    return benefits;
  }

  /**
   * Keeps for ever that a donor without an account was erased, so that a name which a restored copy
   * brings back is erased again at the next {@link #open}.
   *
   * @param reason the operator's words
   */
  public void bury(DonorId id, String reason, LocalDate on) throws IOException {
    if (!isBuried(id)) {
      JsonValue.Obj tombstone =
          JsonValue.Obj.of()
              .put("donor", id.toHex())
              .put("on", on.toString())
              .put("reason", reason)
              .build();
      DurableFile.write(tombstone(id), CanonicalJson.encode(tombstone));
    }
  }

  /** Whether {@link #bury} was called for the donor. */
  public boolean isBuried(DonorId id) {
    return Files.exists(tombstone(id));
  }

  /** Erases name, address, consent and benefits; whether there were any. */
  public synchronized boolean erase(DonorId id) throws IOException {
    boolean there = keys.has(id);
    // The key first: what is left after a crash cannot be opened any more.
    keys.destroy(id);
    names.erase(id);
    lists.erase(id);
    return DurableFile.delete(old(id)) || there;
  }

  private Path old(DonorId id) {
    return folder.resolve(id.toHex() + OLD);
  }

  private Path tombstone(DonorId id) {
    return folder.resolve(id.toHex() + ERASED);
  }
}
