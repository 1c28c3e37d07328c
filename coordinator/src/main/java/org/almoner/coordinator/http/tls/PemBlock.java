package org.almoner.coordinator.http.tls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;

/**
 * One block of a PEM text.
 *
 * @param label what stands after BEGIN, such as {@code PRIVATE KEY}
 * @param octets the content
 * @param encrypted whether headers of old say that the content is encrypted
 */
record PemBlock(String label, Bytes octets, boolean encrypted) {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  /** All blocks, in their order; text between them is passed over. */
  static List<PemBlock> all(String text, String file) throws IOException {
    List<PemBlock> blocks = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    String label = "";
    boolean encrypted = false;
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.startsWith(BEGIN) && line.endsWith(DASHES) && line.length() > BEGIN.length() + 5) {
        label = line.substring(BEGIN.length(), line.length() - DASHES.length());
        body.setLength(0);
        encrypted = false;
      } else if (!label.isEmpty() && line.equals(END + label + DASHES)) {
        blocks.add(new PemBlock(label, decode(body.toString(), label, file), encrypted));
        label = "";
      } else if (!label.isEmpty() && line.contains(":")) {
        encrypted |= line.startsWith("Proc-Type:") && line.contains("ENCRYPTED");
      } else if (!label.isEmpty()) {
        body.append(line);
      }
    }
    if (!label.isEmpty()) {
      throw new IOException(
          file + " ends inside a block: the line " + END + label + DASHES + " is missing");
    }
    return blocks;
  }

  private static Bytes decode(String base64, String label, String file) throws IOException {
    // What headers of old encrypt is base64, too.
    try {
      return Bytes.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new IOException("the block " + label + " in " + file + " is no base64", e);
    }
  }
}
