package org.almoner.tax.verify;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;

class TrustFileProperties {
  private static final byte[] FILE =
      new TrustFile(
              "Open Estuary",
              new VerifierKey("log.example", SigningKey.of(new byte[32]).publicKey()),
              List.of(Hash.ZERO))
          .format()
          .toArray();

  @Property(tries = 500)
  void aChangedFileIsReadOrRefusedButNothingElse(
      @ForAll @IntRange(max = 400) int at, @ForAll @Size(min = 1, max = 5) byte[] put) {
    byte[] file = FILE.clone();
    System.arraycopy(put, 0, file, Math.min(at, file.length - put.length), put.length);
    try {
      TrustFile.parse(file);
    } catch (MalformedTrustFile expected) {
      assert expected.getMessage().startsWith("trust file: ");
    }
  }
}
