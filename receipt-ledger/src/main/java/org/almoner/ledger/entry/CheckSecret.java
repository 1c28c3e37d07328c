package org.almoner.ledger.entry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * What decides which of a day's lines a second computer checks.
 *
 * <p>The log holds the hash of the day's secret before the day begins, and the secret once the
 * lines of that day have matured: nobody who sends a line can foresee its draw, and afterwards
 * everybody can repeat it.
 *
 * @param date the UTC day whose lines it decides about: those between its day entry and the next
 * @param hash SHA-256 of the secret
 * @param opened the secret, 32 octets; none in the entry that goes before the day
 */
public record CheckSecret(LocalDate date, Hash hash, List<Bytes> opened) {
  /** Octets of a secret. */
  public static final int SECRET_OCTETS = 32;

  private static final String HMAC = "HmacSHA256";
  private static final byte[] CONTEXT = "almoner/check/v1".getBytes(StandardCharsets.UTF_8);

  /** Refuses a secret that is not the hash's, and years that are not four digits. */
  public CheckSecret {
    date = new Day(date).date();
    opened = List.copyOf(opened);
    for (Bytes octets : opened) {
      if (octets.size() != SECRET_OCTETS || !Hash.sha256(octets.toArray()).equals(hash)) {
        throw new IllegalArgumentException("the secret of " + date + " is not the one of its hash");
      }
    }
  }

  /** What is logged before the day: the hash alone. */
  public static CheckSecret hidden(LocalDate date, Bytes secret) {
    return new CheckSecret(date, Hash.sha256(secret.toArray()), List.of());
  }

  /** What is logged when the day's lines have matured. */
  public static CheckSecret open(LocalDate date, Bytes secret) {
    return new CheckSecret(date, Hash.sha256(secret.toArray()), List.of(secret));
  }

  /** The secret, when this entry opens it. */
  public Optional<Bytes> secret() {
    return opened.stream().findFirst();
  }

  /** Reads an entry of kind check-secret. */
  public static CheckSecret parse(Entry entry) throws MalformedEntry {
    JsonFields fields = entry.fields(Kind.CHECK_SECRET);
    try {
      LocalDate date = LocalDate.parse(fields.text("date", 10));
      CheckSecret read;
      if (fields.has("secret")) {
        read = open(date, Bytes.of(fields.hash("secret").toArray()));
      } else {
        read = new CheckSecret(date, fields.hash("hash"), List.of());
      }
      fields.end();
      return read;
    } catch (MalformedJson | DateTimeException | IllegalArgumentException e) {
      throw new MalformedEntry("entry of kind CHECK_SECRET: " + e.getMessage());
    }
  }

  /** The entry that {@link #parse} reads. */
  public Entry entry() {
    JsonValue.Builder record = JsonValue.Obj.of().put("date", date.toString());
    if (secret().isPresent()) {
      record.put("secret", Hash.of(secret().get().toArray()).toHex());
    } else {
      record.put("hash", hash.toHex());
    }
    return Entry.ofRecord(Kind.CHECK_SECRET, record.build());
  }

  /**
   * Whether the line at {@code leaf} is to be checked, when one line in {@code oneIn} is:
   * HMAC-SHA256 under the secret over the context and the leaf, its first four octets as a number,
   * times {@code oneIn}, is below 2^32.
   *
   * @param oneIn 1 or more; 1 means every line
   */
  public static boolean due(Bytes secret, long leaf, int oneIn) {
    if (oneIn < 1) {
      throw new IllegalArgumentException("one line in " + oneIn + " cannot be drawn");
    }
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.toArray(), HMAC));
      mac.update(CONTEXT);
      mac.update(ByteBuffer.allocate(Long.BYTES).putLong(leaf).array());
      long drawn = Integer.toUnsignedLong(ByteBuffer.wrap(mac.doFinal()).getInt());
      return drawn * oneIn < 1L << Integer.SIZE;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
