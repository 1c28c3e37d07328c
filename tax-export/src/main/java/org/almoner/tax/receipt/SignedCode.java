package org.almoner.tax.receipt;

import java.nio.ByteBuffer;
import org.almoner.ledger.note.NoteSignature;
import org.almoner.ledger.note.NoteSigner;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.Signature;

/**
 * A statement's code with the signature that the log's key put under it: the signature of a C2SP
 * signed note whose text is the code's.
 *
 * @param code what is signed
 * @param keyId which key signed it
 * @param signature 64 octets of Ed25519
 * @see <a href="https://c2sp.org/signed-note">c2sp.org/signed-note</a>
 */
public record SignedCode(StatementCode code, int keyId, Bytes signature) {
  /** Longest text read, in characters. */
  public static final int TEXT_MAX = 1_000;

  private static final int KEY_ID_BYTES = 4;

  /** Signs. */
  public static SignedCode sign(StatementCode code, NoteSigner key) {
    NoteSignature signature = key.sign(code.text());
    return new SignedCode(code, signature.keyId(), signature.signature());
  }

  /** The ten lines as the code on paper has them. */
  public String text() {
    ByteBuffer both = ByteBuffer.allocate(KEY_ID_BYTES + signature.size()).putInt(keyId);
    signature.putInto(both);
    return code.text() + Bytes.of(both.array()).toBase64() + "\n";
  }

  /**
   * Reads ten lines, as a phone or a scanner gives them: ended in any way, with or without an empty
   * line behind them.
   *
   * @throws MalformedCode naming the line
   */
  public static SignedCode parse(String read) throws MalformedCode {
    if (read.length() > TEXT_MAX) {
      throw new MalformedCode(
          "the text has " + read.length() + " characters; a code has at most " + TEXT_MAX);
    }
    String text = read.replace("\r\n", "\n").replace('\r', '\n').strip();
    int last = text.lastIndexOf('\n');
    if (last < 0) {
      throw new MalformedCode("line 1: expected " + StatementCode.FORM + " and nine lines more");
    }
    StatementCode code = StatementCode.parse(text.substring(0, last + 1));
    try {
      byte[] both = Bytes.parseBase64(text.substring(last + 1)).toArray();
      if (both.length != KEY_ID_BYTES + Signature.SIZE) {
        throw new MalformedCode("line 10 is no signature; was the code cut off?");
      }
      return new SignedCode(
          code, ByteBuffer.wrap(both).getInt(), Bytes.of(both, KEY_ID_BYTES, both.length));
    } catch (IllegalArgumentException e) {
      throw new MalformedCode("line 10 is no base64: " + e.getMessage());
    }
  }

  /** Whether {@code key} signed it. */
  public boolean signedBy(VerifierKey key) {
    return key.keyId() == keyId
        && key.name().equals(code.origin())
        && key.verifies(code.text(), signature);
  }
}
