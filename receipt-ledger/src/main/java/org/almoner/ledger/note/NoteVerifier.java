package org.almoner.ledger.note;

import org.almoner.protocol.bytes.Bytes;

/** A trusted key that tells whether it signed a text. */
public interface NoteVerifier {
  /** Name of the key. */
  String name();

  /** First four octets of a digest of name, type and key, as a big-endian number. */
  int keyId();

  /** Whether the key made {@code signature} over {@code text}. */
  boolean verifies(String text, Bytes signature);
}
