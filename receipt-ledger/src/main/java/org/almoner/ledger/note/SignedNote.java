package org.almoner.ledger.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;

/**
 * A text with signatures that nobody has checked yet.
 *
 * @param text ends with a newline; control characters other than newline are refused
 * @param signatures at least one, at most {@value #SIGNATURES_MAX}
 * @see <a href="https://c2sp.org/signed-note">c2sp.org/signed-note</a>
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
  /** Most signatures that are read; the specification asks for no fewer than 16. */
  public static final int SIGNATURES_MAX = 100;

  /** Longest note that is read, in octets. */
  public static final int OCTETS_MAX = 1_000_000;

  /** Refuses a text or a number of signatures that no note may have. */
  public SignedNote {
    signatures = List.copyOf(signatures);
    if (!text.endsWith("\n")) {
      throw new IllegalArgumentException("the text of a note ends with a newline");
    }
    if (text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
      throw new IllegalArgumentException("the text of a note contains a control character");
    }
    if (signatures.isEmpty() || signatures.size() > SIGNATURES_MAX) {
      throw new IllegalArgumentException(
          "a note has 1 to 100 signatures; this has " + signatures.size());
    }
  }

  /** Signs {@code text} with every signer, in their order. */
  public static SignedNote sign(String text, List<? extends NoteSigner> signers) {
    return new SignedNote(text, signers.stream().map(signer -> signer.sign(text)).toList());
  }

  /**
   * Reads a note in UTF-8.
   *
   * @throws MalformedNote saying what is wrong
   */
  public static SignedNote parse(Bytes utf8) throws MalformedNote {
    if (utf8.size() > OCTETS_MAX) {
      throw tooLong();
    }
    try {
      return parse(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8.toArray())).toString());
    } catch (CharacterCodingException e) {
      throw new MalformedNote("the note is not valid UTF-8");
    }
  }

  /**
   * Reads a note.
   *
   * @throws MalformedNote saying what is wrong
   */
  public static SignedNote parse(String note) throws MalformedNote {
    if (note.length() > OCTETS_MAX) {
      throw tooLong();
    }
    if (!note.endsWith("\n")) {
      throw new MalformedNote("the note does not end with a newline");
    }
    int blank = note.lastIndexOf("\n\n");
    if (blank < 0) {
      throw new MalformedNote("the note has no blank line between its text and its signatures");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (int at = blank + 2; at < note.length(); ) {
      int end = note.indexOf('\n', at);
      if (signatures.size() == SIGNATURES_MAX) {
        throw new MalformedNote("the note has more than " + SIGNATURES_MAX + " signatures");
      }
      signatures.add(NoteSignature.parse(note.substring(at, end)));
      at = end + 1;
    }
    try {
      return new SignedNote(note.substring(0, blank + 1), signatures);
    } catch (IllegalArgumentException e) {
      throw new MalformedNote(String.valueOf(e.getMessage()));
    }
  }

  /** The whole note: text, blank line, signature lines. */
  public String format() {
    StringBuilder note = new StringBuilder(text).append('\n');
    for (NoteSignature signature : signatures) {
      note.append(signature.format()).append('\n');
    }
    return note.toString();
  }

  /** The same text with more signatures below those it has. */
  public SignedNote with(List<NoteSignature> more) {
    List<NoteSignature> all = new ArrayList<>(signatures);
    all.addAll(more);
    return new SignedNote(text, all);
  }

  /**
   * Checks the signatures of {@code trusted} keys; lines of any other key are ignored.
   *
   * @throws NoteRejected when no trusted key signed, or when a trusted key's line does not verify
   */
  public VerifiedNote open(Collection<? extends NoteVerifier> trusted) throws NoteRejected {
    List<NoteVerifier> signedBy = new ArrayList<>();
    for (NoteSignature signature : signatures) {
      for (NoteVerifier key : trusted) {
        if (!key.name().equals(signature.name()) || key.keyId() != signature.keyId()) {
          continue;
        }
        if (!key.verifies(text, signature.signature())) {
          throw new NoteRejected("the signature of " + key.name() + " does not fit the text");
        }
        if (!signedBy.contains(key)) {
          signedBy.add(key);
        }
      }
    }
    if (signedBy.isEmpty()) {
      throw new NoteRejected("none of the keys trusted here signed the note");
    }
    return new VerifiedNote(this, signedBy);
  }

  private static MalformedNote tooLong() {
    return new MalformedNote("the note is longer than " + OCTETS_MAX + " octets");
  }
}
