package org.almoner.tax.donor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
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

  private final Path folder;

  private DonorDirectory(Path folder) {
    this.folder = folder;
  }

  /** Opens {@code folder}, made with mode 0700 when it is missing. */
  public static DonorDirectory open(Path folder) throws IOException {
    DurableFile.privateFolder(folder);
    return new DonorDirectory(folder);
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

  /** Erases name and address; whether there were any. */
  public boolean erase(DonorId id) throws IOException {
    return DurableFile.delete(file(id));
  }

  private Path file(DonorId id) {
    return folder.resolve(id.toHex() + ".json");
  }
}
