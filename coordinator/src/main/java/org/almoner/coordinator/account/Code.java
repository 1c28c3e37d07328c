package org.almoner.coordinator.account;

import java.security.SecureRandom;
import java.time.Duration;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.enrolment.Link;
import org.almoner.protocol.identity.DonorId;

/**
 * A one-time code by which one agent may name its donor. Its text is shown once; kept is the digest
 * {@link Link#digestOf}.
 *
 * @param digest of the text
 * @param donor whose code it is
 * @param expiresMs it is worth nothing from then on, coordinator's clock
 * @param state whether it may be used
 */
public record Code(Hash digest, DonorId donor, long expiresMs, State state) implements Row {
  /** What became of a code. */
  public enum State {
    /** It may be used until it expires. */
    OPEN,
    /** An agent has used it. */
    USED,
    /** It is forgotten: its row is removed. */
    GONE
  }

  /** How long a code may be used. */
  public static final Duration LIFE = Duration.ofHours(24);

  /** Letters and digits that nobody takes for one another: 32, so five bits each. */
  private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

  /** Letters of a code, 60 bits in all. */
  private static final int LETTERS = 12;

  private static final int GROUP = 4;
  private static final int VERSION = 1;

  /** Draws the text of a new code, {@code XXXX-XXXX-XXXX}. */
  public static String draw(SecureRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < LETTERS; i++) {
      if (i > 0 && i % GROUP == 0) {
        text.append('-');
      }
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  /** What is kept of a code's text. */
  public static Hash digestOf(String text) {
    return Link.digestOf(text);
  }

  /** Key of the row of the code with this digest. */
  public static String key(Hash digest) {
    return "code/" + digest.toHex();
  }

  /** Reads a row. */
  public static Code parse(Hash digest, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key(digest), row, VERSION);
    Code code =
        new Code(
            digest,
            new DonorId(in.fixed(DonorId.SIZE)),
            in.number(),
            in.bool() ? State.USED : State.OPEN);
    in.end();
    return code;
  }

  /** The same code in another state. */
  Code as(State next) {
    return new Code(digest, donor, expiresMs, next);
  }

  @Override
  public String key() {
    return key(digest);
  }

  @Override
  public Bytes image() {
    return state == State.GONE
        ? REMOVED
        : new RowWriter(VERSION)
            .fixed(donor.octets())
            .number(expiresMs)
            .bool(state == State.USED)
            .finish();
  }
}
