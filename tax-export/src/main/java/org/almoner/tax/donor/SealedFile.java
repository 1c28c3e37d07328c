package org.almoner.tax.donor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.register.DurableFile;
import org.almoner.tax.register.EventFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One record a donor, sealed under the donor's key, in a file to which lines are only added; the
 * last one of a donor holds. All sealed records are kept in memory, none opened.
 *
 * <p>One line a record: the pseudonym, a space, nonce and ciphertext in hexadecimal digits. Lines
 * that no longer hold are dropped when they are the greater part, and when a donor is erased.
 */
final class SealedFile {
  private static final Logger LOG = LoggerFactory.getLogger(SealedFile.class);
  private static final int SEALED_AT = 2 * DonorId.SIZE + 1;

  /** Fewer dead lines than this are never worth a new file. */
  private static final int DEAD_MIN = 1_000;

  private final Path path;
  private final String purpose;
  private final DonorKeys keys;
  private final Map<DonorId, Bytes> sealed = new TreeMap<>();
  private EventFile file;
  private long lines;

  private SealedFile(Path path, String purpose, DonorKeys keys) {
    this.path = path;
    this.purpose = purpose;
    this.keys = keys;
    this.file = new EventFile(path);
  }

  /**
   * Opens the file.
   *
   * @param purpose what its records are, authenticated with each
   */
  static SealedFile open(Path path, String purpose, DonorKeys keys) throws IOException {
    SealedFile opened = new SealedFile(path, purpose, keys);
    opened.file.open(
        (number, line) -> {
          String text = new String(line.toArray(), StandardCharsets.US_ASCII);
          if (!text.matches("[0-9a-f]{32} ([0-9a-f]{2})+")) {
            throw new IOException(path + " is damaged: line " + number + " is no sealed record");
          }
          opened.lines++;
          opened.sealed.put(
              DonorId.parseHex(text.substring(0, SEALED_AT - 1)),
              Bytes.parseHex(text.substring(SEALED_AT)));
        });
    long shut = opened.sealed.keySet().stream().filter(donor -> !keys.has(donor)).count();
    if (shut > 0) {
      LOG.atWarn()
          .addKeyValue("file", path)
          .addKeyValue("records", shut)
          .log(
              "Records have no key: their donors were erased, or the file of keys is older than"
                  + " this one");
    } else if (opened.lines - opened.sealed.size() > Math.max(DEAD_MIN, opened.sealed.size())) {
      opened.rewrite();
    }
    return opened;
  }

  /** Donors with a record that can be opened, in order. */
  List<DonorId> donors() {
    return sealed.keySet().stream().filter(keys::has).toList();
  }

  boolean has(DonorId donor) {
    return sealed.containsKey(donor) && keys.has(donor);
  }

  /**
   * The record of a donor.
   *
   * @throws IOException when it was altered, or sealed under another key
   */
  Optional<Bytes> find(DonorId donor) throws IOException {
    Bytes octets = sealed.get(donor);
    if (octets == null || !keys.has(donor)) {
      return Optional.empty();
    }
    Optional<Bytes> opened = keys.open(donor, purpose, octets);
    if (opened.isEmpty()) {
      throw new IOException(
          path + " is damaged: the record of " + donor + " does not open under its key");
    }
    return opened;
  }

  /** Puts a record in place of the donor's last; all of {@code records} are on disk on return. */
  void put(Map<DonorId, byte[]> records) throws IOException {
    keys.draw(records.keySet());
    Map<DonorId, Bytes> added = new TreeMap<>();
    List<byte[]> text = new ArrayList<>();
    records.forEach(
        (donor, octets) -> {
          Bytes one = keys.seal(donor, purpose, octets);
          added.put(donor, one);
          text.add(line(donor, one));
        });
    file.append(text);
    lines += text.size();
    sealed.putAll(added);
  }

  /** Drops a donor's record, and every line that no longer holds. */
  void erase(DonorId donor) throws IOException {
    if (sealed.remove(donor) != null) {
      rewrite();
    }
  }

  private void rewrite() throws IOException {
    ByteArrayOutputStream left = new ByteArrayOutputStream();
    sealed.forEach(
        (donor, octets) -> {
          left.writeBytes(line(donor, octets));
          left.write('\n');
        });
    DurableFile.write(path, left.toByteArray());
    file = new EventFile(path);
    lines = sealed.size();
  }

  private static byte[] line(DonorId donor, Bytes octets) {
    return (donor.toHex() + " " + octets.toHex()).getBytes(StandardCharsets.US_ASCII);
  }
}
