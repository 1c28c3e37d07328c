package org.almoner.tax.pdf;

import org.almoner.protocol.bytes.Bytes;

/**
 * A file carried inside a statement.
 *
 * @param name file name, 1 to 60 of letters, digits, {@code . _ -}
 * @param mediaType such as {@code application/json}
 * @param description what it is, one sentence, for people
 * @param content its octets, at most {@value #BYTES_MAX}
 */
public record Attachment(String name, String mediaType, String description, Bytes content) {
  /** Largest attachment, in octets. */
  public static final int BYTES_MAX = 1 << 20;

  /** Name of the attachment that holds the statement's opening. */
  public static final String STATEMENT = "statement.json";

  /** Name of the attachment that holds the proof of the statement's log entry. */
  public static final String PROOF = "statement.tlog-proof";

  public Attachment {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,59}")) {
      throw new IllegalArgumentException(
          "an attachment's name is 1 to 60 of letters, digits, '.', '_' and '-': " + name);
    }
    if (!mediaType.matches("[a-z]+/[a-z0-9.+-]+")) {
      throw new IllegalArgumentException("not a media type: " + mediaType);
    }
    if (content.size() > BYTES_MAX) {
      throw new IllegalArgumentException(
          name + " has " + content.size() + " octets; at most " + BYTES_MAX + " are attached");
    }
  }

  /** The statement's opening: canonical JSON. */
  public static Attachment statement(Bytes json) {
    return new Attachment(
        STATEMENT, "application/json", "The statement as the log committed to it", json);
  }

  /** The proof that the log holds the statement. */
  public static Attachment proof(Bytes proof) {
    return new Attachment(
        PROOF, "text/plain", "Proof that the public log holds the statement", proof);
  }
}
