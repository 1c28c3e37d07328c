package org.almoner.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.BundleWriter;

/**
 * What was fetched of a batch, in a file beside it: the batch in the first line, then a line for
 * each unit, written when its files are there. Each line is one canonical JSON object; the form is
 * {@code docs/spec/results-manifest.md}.
 */
final class ResultsManifest {
  /** Name of the file. */
  static final String FILE = "manifest.jsonl";

  private static final String FORMAT = "almoner-results/1";
  private static final int FILES_MAX = 10_000;

  private final Path folder;
  private final String batch;
  private final Map<Long, Entry> entries = new LinkedHashMap<>();

  private ResultsManifest(Path folder, String batch) {
    this.folder = folder;
    this.batch = batch;
  }

  /**
   * What was fetched of one unit.
   *
   * @param output digest of the bundle that was agreed on
   * @param count agreed instruction count
   */
  record Entry(long unit, Hash output, long count, List<Unpacked.OneFile> files) {
    Entry {
      files = List.copyOf(files);
    }

    static Entry parse(JsonFields fields) throws MalformedJson {
      long unit = fields.integer("unit", 0, LeaseId.UNIT_MAX);
      Hash output = fields.hash("output");
      long count = fields.integer("count", 0, JsonValue.INTEGER_MAX);
      List<Unpacked.OneFile> files = new ArrayList<>();
      for (JsonFields file : fields.objects("files", 0, FILES_MAX)) {
        files.add(Unpacked.OneFile.parse(file));
      }
      fields.end();
      return new Entry(unit, output, count, files);
    }

    JsonValue.Obj toJson() {
      return JsonValue.Obj.of()
          .put("unit", unit)
          .put("output", output.toHex())
          .put("count", count)
          .put("files", files.stream().map(Unpacked.OneFile::toJson).toList())
          .build();
    }
  }

  /** The manifest in {@code folder}, which must be there. */
  static ResultsManifest read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw Failure.wrongUse(
          "there is no "
              + file
              + ": name the folder that 'almoner workload results BATCH --to DIR' wrote");
    }
    List<String> lines = wholeLines(file);
    if (lines.isEmpty()) {
      throw Failure.failed(file + " is empty; remove it and fetch the results again");
    }
    ResultsManifest manifest = new ResultsManifest(folder, batchOf(file, lines.get(0)));
    for (int i = 1; i < lines.size(); i++) {
      Entry entry = entry(file, i + 1, lines.get(i));
      manifest.entries.put(entry.unit(), entry);
    }
    return manifest;
  }

  /** The manifest of {@code batch} in {@code folder}, begun when there is none. */
  static ResultsManifest openOrBegin(Path folder, String batch) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(FILE);
    if (!Files.exists(file) || wholeLines(file).isEmpty()) {
      JsonValue head = JsonValue.Obj.of().put("format", FORMAT).put("batch", batch).build();
      Files.write(file, line(head));
      return new ResultsManifest(folder, batch);
    }
    ResultsManifest manifest = read(folder);
    if (!manifest.batch.equals(batch)) {
      throw Failure.wrongUse(
          folder + " holds results of batch " + manifest.batch + "; choose another folder");
    }
    // A line that was being written when the program ended is written again.
    Files.writeString(file, String.join("", wholeLines(file).stream().map(l -> l + "\n").toList()));
    return manifest;
  }

  private static List<String> wholeLines(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    int end = text.lastIndexOf('\n') + 1;
    return text.substring(0, end).lines().toList();
  }

  private static String batchOf(Path file, String head) {
    try {
      JsonFields fields = JsonFields.of(CanonicalJson.parse(head.getBytes(StandardCharsets.UTF_8)));
      String format = fields.text("format", 100);
      if (!format.equals(FORMAT)) {
        throw Failure.failed(file + " has the form " + format + "; this program reads " + FORMAT);
      }
      String batch = fields.text("batch", 16);
      fields.end();
      return batch;
    } catch (MalformedJson e) {
      throw Failure.failed(file + ":1 is no head of a manifest: " + e.getMessage());
    }
  }

  private static Entry entry(Path file, int number, String line) {
    try {
      return Entry.parse(JsonFields.of(CanonicalJson.parse(line.getBytes(StandardCharsets.UTF_8))));
    } catch (MalformedJson e) {
      throw Failure.failed(
          file + ":" + number + " does not say what was fetched: " + e.getMessage());
    }
  }

  private static byte[] line(JsonValue value) {
    return (Printed.line(value) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  String batch() {
    return batch;
  }

  List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  Optional<Entry> find(long unit) {
    return Optional.ofNullable(entries.get(unit));
  }

  /** Where the files of a unit lie. */
  Path folderOf(long unit) {
    return folder.resolve(Long.toString(unit));
  }

  /** Adds a unit whose files are there. */
  void add(Entry entry) throws IOException {
    Files.write(folder.resolve(FILE), line(entry.toJson()), StandardOpenOption.APPEND);
    entries.put(entry.unit(), entry);
  }

  /** Whether a file of the unit is gone, so that the unit has to be fetched again. */
  boolean lacksAFile(Entry entry) {
    return entry.files().stream()
        .anyMatch(
            file ->
                !Files.exists(
                    folderOf(entry.unit()).resolve(file.path()), LinkOption.NOFOLLOW_LINKS));
  }

  /** What is not as it was fetched, a sentence each; nothing when all is. */
  List<String> faults(Entry entry) throws IOException {
    List<String> faults = new ArrayList<>();
    for (Unpacked.OneFile file : entry.files()) {
      Path at = folderOf(entry.unit()).resolve(file.path());
      if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
        faults.add(at + " is missing");
      }
    }
    faults.addAll(changed(entry));
    if (faults.isEmpty() && !isAgreed(entry)) {
      faults.add(
          "unit "
              + entry.unit()
              + ": its files are not the output "
              + entry.output()
              + " that was agreed on; the manifest was changed");
    }
    return faults;
  }

  /** Files that are there and not as they were fetched, a sentence each. */
  List<String> changed(Entry entry) throws IOException {
    List<String> changed = new ArrayList<>();
    for (Unpacked.OneFile file : entry.files()) {
      Path at = folderOf(entry.unit()).resolve(file.path());
      if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      if (!Files.isRegularFile(at)) {
        changed.add(at + " was changed: it is no file any more");
      } else if (Files.size(at) != file.bytes()) {
        changed.add(
            at
                + " was changed: it has "
                + Files.size(at)
                + " octets, fetched were "
                + file.bytes());
      } else if (!digest(at).equals(file.sha256())) {
        changed.add(at + " was changed: its SHA-256 is not the one that was fetched");
      }
    }
    return changed;
  }

  private static Hash digest(Path file) throws IOException {
    MessageDigest digest = Hash.newDigest();
    try (InputStream in = Files.newInputStream(file)) {
      in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    }
    return Hash.of(digest.digest());
  }

  /** Whether the files make the very output bundle that was agreed on. */
  private boolean isAgreed(Entry entry) throws IOException {
    BundleWriter bundle = new BundleWriter(OutputStream.nullOutputStream());
    try {
      for (Unpacked.OneFile file : entry.files()) {
        try (InputStream in = Files.newInputStream(folderOf(entry.unit()).resolve(file.path()))) {
          bundle.file(new BundlePath(file.path()), file.bytes(), in);
        }
      }
    } catch (IllegalArgumentException e) {
      return false; // a bundle's files are in ascending order, each once
    }
    return bundle.finish().equals(entry.output());
  }
}
