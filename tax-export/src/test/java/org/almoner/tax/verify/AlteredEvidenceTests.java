package org.almoner.tax.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.almoner.ledger.entry.Outcome;
import org.almoner.ledger.tally.Statement;
import org.almoner.tax.issue.SmallLog;
import org.almoner.tax.issue.StatementOpening;
import org.almoner.tax.pdf.PdfEvidence;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An evidence file is exactly its octets: every bit of every one of them is flipped, also those of
 * its container that carry no meaning, and its container is written in other ways.
 */
class AlteredEvidenceTests {
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;

  @TempDir static Path folder;
  private static byte[] zip;
  private static EvidenceStep step;

  @BeforeAll
  static void issue() throws Exception {
    SmallLog log = new SmallLog(folder.resolve("log"));
    List<Long> leaves = log.report(Issued.ADA, Issued.NOVEMBER, 2);
    log.settle(leaves.get(0), Outcome.ACCEPTED);
    Issued issued = Issued.from(log, SmallLog.verifierKey(), folder.resolve("issued"));
    zip = issued.evidence().toArray();
    Statement statement =
        StatementOpening.parse(PdfEvidence.read(issued.pdf().toArray()).statement()).statement();
    step = new EvidenceStep(statement, List.of(issued.trust()));
  }

  /** What the step says; empty when it lets the file pass. */
  private static String said(byte[] file) {
    try {
      step.run(file);
      return "";
    } catch (StepFailed e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void theFileItselfPasses() {
    assertThat(said(zip)).isEmpty();
  }

  @Test
  void noFlippedBitOfAnyPartPasses() {
    Map<String, Integer> passed = new TreeMap<>();
    String[] parts = parts();
    for (int at = 0; at < zip.length; at++) {
      byte[] flipped = zip.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      String said = said(flipped);
      if (said.isEmpty()) {
        passed.merge(parts[at], 1, Integer::sum);
      }
      assertThat(said)
          .as("octet %d, %s", at, parts[at])
          .doesNotContain("null")
          .doesNotContain("\n");
    }
    assertThat(passed).as("octets of which a flipped bit passed").isEmpty();
  }

  @Test
  void everyPartOfTheFileIsFlipped() {
    assertThat(Arrays.stream(parts()).distinct())
        .containsExactlyInAnyOrder(
            "local header",
            "name",
            "README.txt",
            "evidence.json",
            "data descriptor",
            "directory",
            "end of directory");
  }

  @Test
  void theSameContentInAnotherContainerIsNotTheFile() throws Exception {
    Map<String, byte[]> files = files();
    Map<String, byte[]> altered = new LinkedHashMap<>();
    altered.put("another order", written(List.of("evidence.json", "README.txt"), files, false, ""));
    altered.put("a comment", written(List.copyOf(files.keySet()), files, false, "seen"));
    altered.put("an extra field", written(List.copyOf(files.keySet()), files, true, ""));
    altered.put("without the text", written(List.of("evidence.json"), files, false, ""));
    altered.put("an octet behind", Arrays.copyOf(zip, zip.length + 1));
    altered.put("an octet before", prefixed());
    altered.put("octets between entries", between());
    altered.put("a length that lies", lengthThatLies());
    altered.forEach(
        (what, file) -> assertThat(said(file)).as(what).isNotEmpty().doesNotContain("\n"));
  }

  @Test
  void aSecondEntryOfTheSameNameIsNamed() throws Exception {
    Map<String, byte[]> files = files();
    byte[] two =
        written(List.of("README.txt", "evidence.json", "evidence.jso2"), with2(), false, "");
    byte[] renamed = renamed(two, "evidence.jso2", "evidence.json");
    assertThat(said(renamed)).contains("found evidence.json too");
    assertThat(files).hasSize(2);
  }

  private static Map<String, byte[]> with2() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>(files());
    files.put("evidence.jso2", files.get("evidence.json"));
    return files;
  }

  private static byte[] renamed(byte[] file, String from, String to) {
    String text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    return text.replace(from, to).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static byte[] prefixed() {
    byte[] file = new byte[zip.length + 1];
    System.arraycopy(zip, 0, file, 1, zip.length);
    return file;
  }

  private static byte[] between() {
    int second = starts(LOCAL).get(1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(zip, 0, second);
    out.write('x');
    out.write(zip, second, zip.length - second);
    return out.toByteArray();
  }

  /** The directory says that the evidence has one octet less when packed. */
  private static byte[] lengthThatLies() {
    byte[] file = zip.clone();
    ByteBuffer octets = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int at = starts(CENTRAL).get(1) + 20;
    octets.putInt(at, octets.getInt(at) - 1);
    return file;
  }

  private static Map<String, byte[]> files() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    return files;
  }

  private static byte[] written(
      List<String> order, Map<String, byte[]> files, boolean extra, String comment)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream to = new ZipOutputStream(out)) {
      to.setLevel(Deflater.BEST_COMPRESSION);
      to.setComment(comment);
      for (String name : order) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
        if (extra) {
          entry.setExtra(new byte[] {(byte) 0xfe, (byte) 0xca, 1, 0, 7});
        }
        to.putNextEntry(entry);
        to.write(files.get(name));
        to.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static List<Integer> starts(int signature) {
    ByteBuffer octets = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> starts = new ArrayList<>();
    for (int at = 0; at + 4 <= zip.length; at++) {
      if (octets.getInt(at) == signature) {
        starts.add(at);
      }
    }
    return starts;
  }

  /** For each octet the part of the container that it belongs to. */
  private static String[] parts() {
    ByteBuffer octets = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> local = starts(LOCAL);
    List<Integer> central = starts(CENTRAL);
    String[] parts = new String[zip.length];
    for (int i = 0; i < local.size(); i++) {
      int start = local.get(i);
      int end = i + 1 < local.size() ? local.get(i + 1) : central.get(0);
      int name = start + 30;
      int data = name + octets.getShort(start + 26);
      Arrays.fill(parts, start, name, "local header");
      Arrays.fill(parts, name, data, "name");
      Arrays.fill(
          parts,
          data,
          end - 16,
          new String(zip, name, data - name, java.nio.charset.StandardCharsets.US_ASCII));
      Arrays.fill(parts, end - 16, end, "data descriptor");
    }
    Arrays.fill(parts, central.get(0), zip.length - 22, "directory");
    Arrays.fill(parts, zip.length - 22, zip.length, "end of directory");
    return parts;
  }
}
