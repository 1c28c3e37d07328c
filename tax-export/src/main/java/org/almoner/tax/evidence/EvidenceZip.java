package org.almoner.tax.evidence;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.MalformedJson;

/** The zip file that carries evidence: {@code evidence.json} and a text that says what it is. */
public final class EvidenceZip {
  /** Largest {@code evidence.json}, unpacked, in octets. */
  public static final int JSON_BYTES_MAX = 512 * 1024 * 1024;

  private static final String JSON = "evidence.json";
  private static final String TEXT = "README.txt";
  private static final int BUFFER_BYTES = 65_536;
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0, 0);
  private static final String WHAT_IT_IS =
      """
      This file is the evidence behind a statement of donated computing. It is yours: it
      tells on which days your computers worked, so keep it as you keep bank statements.

      evidence.json holds, for every unit of work your computers returned: the report as
      your computer signed it, the salt that opens its entry in the public log, and the
      proof that the log holds it; and the public entries that say which results counted.

      To check it together with the document:

          almoner verify DOCUMENT.pdf --evidence THIS_FILE.zip --trust TRUST_FILE.json
      """;

  private EvidenceZip() {}

  /** The file's octets; the same evidence gives the same octets. */
  public static byte[] write(Evidence evidence) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(evidence, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to write", e);
    }
    return out.toByteArray();
  }

  /** As the other, into {@code out}, which stays open. */
  public static void write(Evidence evidence, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    // Most of it are hashes: on 7 MB of it the usual level took 1.8 times as long and saved 2.7 %.
    zip.setLevel(Deflater.BEST_SPEED);
    begin(zip, TEXT);
    zip.write(WHAT_IT_IS.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
    begin(zip, JSON);
    BufferedOutputStream json = new BufferedOutputStream(zip, BUFFER_BYTES);
    evidence.write(json);
    json.flush();
    zip.closeEntry();
    zip.finish();
  }

  /**
   * Reads a file.
   *
   * @throws MalformedEvidence when it is no zip file, holds other files or is too large
   */
  public static Evidence read(byte[] octets) throws MalformedEvidence {
    byte[] json = new byte[0];
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(octets))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] content = zip.readNBytes(JSON_BYTES_MAX + 1);
        if (content.length > JSON_BYTES_MAX) {
          throw new MalformedEvidence(
              entry.getName() + " unpacks to more than " + JSON_BYTES_MAX + " octets");
        }
        if (entry.getName().equals(JSON) && json.length == 0) {
          json = content;
        } else if (!entry.getName().equals(TEXT)) {
          throw new MalformedEvidence(
              "expected one " + JSON + " and " + TEXT + ", found " + entry.getName() + " too");
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      // The library's own words are about its fields, and sometimes there are none.
      throw new MalformedEvidence("the zip file is damaged and cannot be unpacked");
    }
    if (json.length == 0) {
      throw new MalformedEvidence("there is no " + JSON + " in it; is it the evidence file?");
    }
    try {
      return Evidence.parse(JsonFields.of(CanonicalJson.parse(json)));
    } catch (MalformedJson e) {
      throw new MalformedEvidence(JSON + ": " + e.getMessage());
    }
  }

  private static void begin(ZipOutputStream zip, String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
  }
}
