package org.almoner.ledger.note;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.almoner.protocol.identity.SigningKey;

class NoteProperties {
  private static final Ed25519NoteSigner SIGNER =
      new Ed25519NoteSigner("log.example/2026", SigningKey.of(new byte[SigningKey.SEED_SIZE]));
  private static final String NOTE =
      SignedNote.sign("log.example/2026\n7\nroot\n", List.of(SIGNER)).format();

  @Property
  void aChangedCharacterIsNoticed(
      @ForAll @IntRange(max = 10_000) int place, @ForAll char replacement) {
    int at = place % NOTE.length();
    String changed = NOTE.substring(0, at) + replacement + NOTE.substring(at + 1);
    try {
      SignedNote.parse(changed).open(List.of(SIGNER.verifier()));
      assertThat(changed).isEqualTo(NOTE);
    } catch (MalformedNote | NoteRejected e) {
      assertThat(changed).isNotEqualTo(NOTE);
    }
  }

  @Property
  void anyTextIsReadOrRefusedAndWrittenBackAsItCame(
      @ForAll @StringLength(max = 20) String text, @ForAll @StringLength(max = 20) String line) {
    for (String note : List.of(text, text + "\n\n\u2014 " + line + "\n", text + "\n\n" + NOTE)) {
      try {
        assertThat(SignedNote.parse(note).format()).isEqualTo(note);
      } catch (MalformedNote e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }
}
