package org.almoner.tax.donor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.register.DurableFile;

/**
 * Donors by pseudonym: one file each, readable by the operator's account alone.
 *
 * <p>A file is replaced whole and durably.
 */
public final class DonorDirectory {
  /** Largest file of one donor, in octets. */
  public static final int FILE_BYTES_MAX = 16 * 1024;

  private static final String NAME = ".json";
  private static final String ERASED = ".erased";

  private final Path folder;

  private DonorDirectory(Path folder) {
    this.folder = folder;
  }

  /** Opens {@code folder}, made with mode 0700 when it is missing. */
  public static DonorDirectory open(Path folder) throws IOException {
    DurableFile.privateFolder(folder);
    DonorDirectory directory = new DonorDirectory(folder);
    for (DonorId buried : directory.ids(ERASED)) {
      directory.erase(buried);
    }
    return directory;
  }

  /** All donors whose names are known, in order of their pseudonyms. */
  public List<DonorId> all() throws IOException {
    return ids(NAME);
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

  /** Stores {@code donor}, in place of what was known of them before. */
  public void put(Donor donor) throws IOException {
    DurableFile.write(file(donor.id()), CanonicalJson.encode(donor.toJson()));
  }

  /**
   * The donor behind a pseudonym.
   *
   * @throws IOException also when the file is not what {@link #put} writes, naming it
   */
  public Optional<Donor> find(DonorId id) throws IOException {
    Path file = file(id);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (Files.size(file) > FILE_BYTES_MAX) {
      throw new IOException(file + " is longer than " + FILE_BYTES_MAX + " octets");
    }
    try {
      Donor donor = Donor.parse(JsonFields.of(CanonicalJson.parse(Files.readAllBytes(file))));
      if (!donor.id().equals(id)) {
        throw new IOException(file + " is about another donor, " + donor.id());
      }
      return Optional.of(donor);
    } catch (MalformedJson e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  /** Whether there is a name, whatever is in its file. */
  public boolean has(DonorId id) {
    return Files.exists(file(id));
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

  /** Erases name and address; whether there were any. */
  public boolean erase(DonorId id) throws IOException {
    return DurableFile.delete(file(id));
  }

  private Path file(DonorId id) {
    return folder.resolve(id.toHex() + NAME);
  }

  private Path tombstone(DonorId id) {
    return folder.resolve(id.toHex() + ERASED);
  }
}
